"""How a table of the lake is described."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "whole", "decimal", "date", "timestamp", "truth", "bytes"]


@dataclass(frozen=True)
class Column:
    """`required` columns are never null; `not_negative` refuses counts below zero."""

    name: str
    type: ColumnType
    about: str
    required: bool = False
    not_negative: bool = False


@dataclass(frozen=True)
class LakeTable:
    """`partition` names the columns whose values become folders (force, year); every table
    also gets the column `vintage`, the id of the load a row came from."""

    name: str
    about: str
    columns: tuple[Column, ...]
    partition: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column called `name`. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
