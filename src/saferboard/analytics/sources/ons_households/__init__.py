"""Households and homes by local authority."""
