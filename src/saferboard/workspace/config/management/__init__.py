"""What an operator can do with the workspace, one module a command."""
