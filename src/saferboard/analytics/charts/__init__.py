"""Facts to chart specifications."""
