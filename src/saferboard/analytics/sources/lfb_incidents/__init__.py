"""London Fire Brigade: incidents, mobilisations and stations."""
