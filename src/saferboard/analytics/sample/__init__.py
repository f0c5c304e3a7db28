"""A fictional partnership in the publishers' own formats."""
