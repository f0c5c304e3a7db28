"""Changes of the partnership's tables, in their order."""
