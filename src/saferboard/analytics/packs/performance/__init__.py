"""The performance pack: the summary page of 2017 and the page per measure of 2024."""
