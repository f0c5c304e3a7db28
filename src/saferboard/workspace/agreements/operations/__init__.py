"""Changes of the register: each checks, changes and records at once."""
