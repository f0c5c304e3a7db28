"""A document as a value: what a pack is made of and what a draft paper is read into."""
