"""What a partner reports: one tidy CSV for any measure."""
