"""Settings, addresses, the database's roles and the operators' command."""
