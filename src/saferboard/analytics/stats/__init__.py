"""Statistics as pure functions on arrays: no files, no clock, no randomness but a seed."""
