"""Names in a pack: of people, organisations and places, and how each is spelled."""
