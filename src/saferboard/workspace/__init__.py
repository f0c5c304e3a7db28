"""The workspace: the web half, in Django. Needs the extra `[workspace]`."""
