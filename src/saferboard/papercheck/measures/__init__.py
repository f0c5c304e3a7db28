"""Figures about measures of the catalogue: which measure, place and period a paper speaks of."""
