"""Changes of the tables of access, in their order."""
