"""The only door by which counts of people leave (methods, section 8)."""
