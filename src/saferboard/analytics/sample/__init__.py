"""A fictional partnership in the publishers' own formats: invented names, codes and counts."""
