"""What partners report: who owes which return when, how it is filled in, checked, signed off and
taken into the data store."""
