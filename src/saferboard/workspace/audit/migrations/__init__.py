"""Changes of the audit's tables, in their order."""
