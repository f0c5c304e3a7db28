"""What the pages of members show: each fetches and checks in one call, and is recorded first."""
