"""Views of the register: each translates and nothing else."""
