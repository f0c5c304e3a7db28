"""Metropolitan Police: offences by LSOA and month, in the wide form."""
