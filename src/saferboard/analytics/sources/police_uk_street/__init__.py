"""data.police.uk: street-level crime, CSV and API."""
