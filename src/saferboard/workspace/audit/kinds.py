"""Kinds of events: those that the Data Protection Act 2018, section 62, asks to be logged, and
those that an operator is asked about."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The first six are the Act's own words."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    REFUSAL = "refusal"
    SIGN_IN = "sign-in"
    ADMINISTRATION = "administration"

    @property
    def before_the_answer(self) -> bool:
        """Whether the row is committed by itself before anything is answered: what is only
        read or refused has no transaction of its own to stand in."""
        return self in (Kind.CONSULTATION, Kind.DISCLOSURE, Kind.REFUSAL, Kind.SIGN_IN)
