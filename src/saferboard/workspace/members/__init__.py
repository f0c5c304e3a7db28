"""Who belongs to the partnership: agencies, seats, invitations, leaving, roles, access reviews."""
