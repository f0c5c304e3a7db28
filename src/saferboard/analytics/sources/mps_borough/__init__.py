"""Metropolitan Police: offences by borough and month, four generations of one file."""
