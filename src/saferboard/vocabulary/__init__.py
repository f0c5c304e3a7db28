"""Nouns that every part of saferboard shares: areas, periods, the partnership, problems."""
