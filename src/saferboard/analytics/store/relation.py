"""The type of a query that has not run yet. Floors that may not import Ibis name it by this."""

from ibis.expr.types import Table as Relation

__all__ = ["Relation"]
