"""What the lake holds: tables as typed, described columns. The reference is made from these."""
