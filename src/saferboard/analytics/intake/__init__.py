"""Recognise, check, load: from a path somebody gives us to an immutable vintage."""
