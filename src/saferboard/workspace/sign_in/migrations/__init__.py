"""The table of the counts of wrong tries."""
