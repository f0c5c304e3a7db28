"""Files that people upload or that the program makes: checked when they come, kept outside the web
root by their hash, given out through one query."""
