"""Changes of the tables of the paper check, in their order."""
