"""Who may see and do what, and why: roles, agreements, the resolver, emergency access."""
