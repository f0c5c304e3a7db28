"""How much of a thing a person may see."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """What one may not see does not exist; presence says that there is something and no more."""

    NOTHING = 0
    PRESENCE = 1
    SUMMARY = 2
    FULL = 3


class Restriction(StrEnum):
    """`protected`: others learn that it is there and may break the glass; `sealed`: others learn
    nothing, and there is no glass."""

    OPEN = "open"
    PROTECTED = "protected"
    SEALED = "sealed"


class Why(StrEnum):
    """The reason of a decision, as a code. Words for them stand in `reasons.yaml`."""

    EXCLUDED = "excluded"
    SEALED = "sealed"
    PROTECTED = "protected"
    EMERGENCY = "emergency"
    NAMED = "named"
    CIRCLE = "circle"
    AGENCY_ROLE = "agency-role"
    NO_AGREEMENT = "no-agreement"
    NO_MEMBERSHIP = "no-membership"
    NO_PARTY = "no-party"
    NO_ROLE = "no-role"
