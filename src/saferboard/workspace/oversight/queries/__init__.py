"""What the pages of oversight show: fetched, checked and recorded in one call."""
