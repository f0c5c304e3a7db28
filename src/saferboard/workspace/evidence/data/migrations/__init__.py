"""Changes of the tables of data files, in their order."""
