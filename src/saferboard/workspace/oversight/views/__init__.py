"""The pages of oversight: they translate between requests and what is asked of the record."""
