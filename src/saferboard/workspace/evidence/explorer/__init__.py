"""The explorer: one measure of one area to one month, among its peers, as chart, table, sentence
and what the change means."""
