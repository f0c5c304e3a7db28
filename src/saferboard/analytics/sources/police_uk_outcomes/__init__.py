"""data.police.uk: outcomes of crimes, CSV and API."""
