"""Outlines of areas: GeoJSON of any edition, and TopoJSON."""
