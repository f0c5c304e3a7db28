"""data.police.uk: stop and search, CSV and API."""
