"""Every rule, in the order in which they are documented."""

from __future__ import annotations

from saferboard.papercheck.finding import Rule
from saferboard.papercheck.rules import (
    difference_does_not_follow,
    direction_against_sign,
    empty_cells,
    leftovers,
    majority_below_half,
    money,
    names,
    numbering,
    particulars,
    percentage_cut_off,
    percentage_does_not_follow,
    periods,
    points_called_per_cent,
    share_does_not_follow,
    small_counts,
    tables,
    two_values,
)
from saferboard.vocabulary.problem import Problem

RULES: tuple[Rule, ...] = (
    percentage_does_not_follow.RULE,
    percentage_cut_off.RULE,
    direction_against_sign.RULE,
    direction_against_sign.ARROW_RULE,
    difference_does_not_follow.RULE,
    points_called_per_cent.RULE,
    share_does_not_follow.RULE,
    majority_below_half.RULE,
    *tables.RULES,
    *periods.RULES,
    *leftovers.RULES,
    *empty_cells.RULES,
    *numbering.RULES,
    *money.RULES,
    *two_values.RULES,
    *particulars.RULES,
    *small_counts.RULES,
    *names.RULES,
)


def rules_named(keys: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules with these keys; all of them for no keys. Raises Problem for an unknown one."""
    known = {rule.key: rule for rule in RULES}
    for key in keys:
        if key not in known:
            raise Problem(
                f"There is no rule “{key}”.", remedy=f"The rules are: {', '.join(known)}."
            )
    return tuple(rule for rule in RULES if not keys or rule.key in keys)
