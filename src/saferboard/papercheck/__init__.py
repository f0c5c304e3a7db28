"""Reads a draft board paper, finds what it claims, and says what cannot be right."""
