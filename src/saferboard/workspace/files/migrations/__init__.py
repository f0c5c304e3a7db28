"""Changes of the tables of files, in their order."""
