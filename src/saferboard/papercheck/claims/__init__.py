"""How officers write figures: numbers, changes, shares, ranks, rates, money."""
