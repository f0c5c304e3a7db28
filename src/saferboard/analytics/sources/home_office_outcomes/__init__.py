"""Home Office: outcomes of recorded crime by force, quarter and offence group."""
