"""Papers of every kind into passages and grids that know their place."""
