"""Check a paper: any officer drops a draft in and gets it back marked. Nothing is kept for longer
than a day."""
