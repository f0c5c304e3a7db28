"""From a published file to a page that explains itself. No web framework in here."""
