"""ONS tables of recorded crime by Community Safety Partnership."""
