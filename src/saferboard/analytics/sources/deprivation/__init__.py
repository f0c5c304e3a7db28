"""English indices of deprivation by LSOA."""
