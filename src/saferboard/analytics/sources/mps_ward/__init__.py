"""Metropolitan Police: offences by ward and month, in the wide form."""
