"""Metropolitan Police: what became of people in custody, by month."""
