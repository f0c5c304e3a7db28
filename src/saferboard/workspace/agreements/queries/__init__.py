"""What the pages of the register show: each fetches and checks in one call, recorded first."""
