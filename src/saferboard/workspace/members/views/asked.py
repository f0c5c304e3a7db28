"""What addresses ask for, made safe to ask the database."""

from __future__ import annotations

from uuid import UUID

LONGEST = 100


def checked_text(given: str) -> str:
    """Words of a filter: without what a database cannot hold, and not endless."""
    return " ".join(given.replace("\0", "").split())[:LONGEST]


def checked_key(given: str) -> UUID | None:
    """An id of a filter; None for anything else."""
    try:
        return UUID(given)
    except ValueError:
        return None
