"""Metropolitan Police: the monthly crime dashboard, in the long form."""
