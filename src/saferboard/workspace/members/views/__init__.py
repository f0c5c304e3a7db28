"""Views of members: each translates and nothing else."""
