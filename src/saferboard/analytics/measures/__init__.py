"""Measures: a definition each, compiled to queries, computed to facts with a verdict."""
