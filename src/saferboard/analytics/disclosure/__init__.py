"""The only door by which counts of people leave (methods, section 8).

Figures that the publisher has published openly are not its business; it is for local returns
and counts of cases. `suppress_facts` is what measures and packs call; `protect` is the mechanism,
`Table` a cross-tabulation, `ReleaseLog` the memory of what has left before.
"""

from saferboard.analytics.disclosure.cells import Cell, Protection, State, protect
from saferboard.analytics.disclosure.counts import Suppressed, suppress_facts
from saferboard.analytics.disclosure.releases import ReleasedCount, ReleaseLog, read_log, write_log
from saferboard.analytics.disclosure.rule import Rule
from saferboard.analytics.disclosure.tables import ProtectedTable, Table, protect_table

__all__ = [
    "Cell",
    "ProtectedTable",
    "Protection",
    "ReleaseLog",
    "ReleasedCount",
    "Rule",
    "State",
    "Suppressed",
    "Table",
    "protect",
    "protect_table",
    "read_log",
    "suppress_facts",
    "write_log",
]
