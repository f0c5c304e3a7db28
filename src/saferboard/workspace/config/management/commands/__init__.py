"""Each thin: it reads options, calls, prints."""
