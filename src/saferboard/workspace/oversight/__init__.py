"""Who did what and who sees what: the record and its reading, emergency access, matters."""
