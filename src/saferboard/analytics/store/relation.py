"""The type of a query that has not run yet. Floors that may not import Ibis name it by this.

Ibis takes long to load. Intake unpacks archives meanwhile, so it is loaded where a query is
made, in this floor's functions and with the sources, and not where a query is only named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ibis.expr.types import Table as Relation
else:
    Relation = Any

__all__ = ["Relation"]
