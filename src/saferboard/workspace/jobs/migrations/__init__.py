"""Changes of the jobs' tables, in their order."""
