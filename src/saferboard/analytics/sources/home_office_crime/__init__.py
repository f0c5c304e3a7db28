"""Home Office: recorded crime by force, quarter and offence code."""
