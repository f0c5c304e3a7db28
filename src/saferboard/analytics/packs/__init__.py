"""Packs: facts arranged into documents that a board reads."""
