"""What takes longer than a page may: jobs that carry ids only, tell how far they are, and are taken
up again when their worker is lost."""
