"""Policies on the audit, which ask for a duty and so stand above roles."""
