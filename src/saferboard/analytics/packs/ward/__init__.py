"""The ward pack: one page for each ward, with small numbers handled."""
