"""Figures in the workspace: packs, the explorer, the paper check, data files. With the returns the
only apps that ask the analytics."""
