"""The home page, search and help: what the other apps offer, in one place."""
