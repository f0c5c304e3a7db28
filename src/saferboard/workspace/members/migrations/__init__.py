"""Migrations of the tables of members."""
