"""The packs library: a pack is built, read, commented on, checked, agreed by police and council,
and frozen."""
