"""Metropolitan Police: people proceeded against for homicide, by borough and month."""
