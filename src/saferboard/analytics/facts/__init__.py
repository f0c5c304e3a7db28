"""Facts: computed once, saved beside every pack, and nothing recomputes them downstream."""
