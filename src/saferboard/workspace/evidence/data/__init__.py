"""Data files: what is in the data store, and adding to it with the checks of the command line."""
