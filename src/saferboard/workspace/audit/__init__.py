"""What was done, by whom, to what: append-only, sealed in a chain. Knows no other app."""
