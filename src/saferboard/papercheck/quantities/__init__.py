"""Quantities: what a figure counts, where and when, so that two figures of one can be compared."""
