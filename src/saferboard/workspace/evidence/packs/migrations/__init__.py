"""Changes of the tables of packs, in their order."""
