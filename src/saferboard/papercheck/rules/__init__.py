"""One rule a module: a key, a sentence, a severity and what it finds."""
