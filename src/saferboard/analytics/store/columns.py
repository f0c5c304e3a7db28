"""What a column type of the catalogue is to the engine and to Ibis."""

from __future__ import annotations

from saferboard.analytics.tables.column import ColumnType, LakeTable

SQL: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "whole": "BIGINT",
    "decimal": "DOUBLE",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "truth": "BOOLEAN",
    "bytes": "BLOB",
}
IBIS: dict[ColumnType, str] = {
    "text": "string",
    "whole": "int64",
    "decimal": "float64",
    "date": "date",
    "timestamp": "timestamp",
    "truth": "boolean",
    "bytes": "binary",
}
VINTAGE = "vintage"


def ibis_schema(table: LakeTable) -> dict[str, str]:
    """Column names of `table` as readers see it (with `vintage`) to Ibis types."""
    return {column.name: IBIS[column.type] for column in table.columns} | {VINTAGE: "string"}


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """An SQL literal of the engine: text, numbers, truths, lists and structs (dict)."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(k)}: {literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return "'" + str(value).replace("'", "''") + "'"
