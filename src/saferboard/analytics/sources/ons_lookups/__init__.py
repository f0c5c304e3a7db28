"""ONS look-ups: which area lies in which."""
