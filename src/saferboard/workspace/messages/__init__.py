"""What people are told: in the app always, by e-mail as they chose, never more than that something
waits and where."""
