"""Migrations of the tables of agreements."""
