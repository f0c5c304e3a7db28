"""Addresses: of the record, and of matters."""
