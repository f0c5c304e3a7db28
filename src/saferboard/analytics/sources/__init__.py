"""One folder per format of a publisher."""
