"""Who is in the partnership: agencies, people, dated memberships, seats, areas. Facts only: who
may change them is decided above, in `access`."""
