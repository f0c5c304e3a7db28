"""Changes of who belongs to the partnership: each checks, changes and records at once."""
