"""What a password must be, after the advice of the NCSC: long, and none of those that are tried
first. No mixture of signs is asked for, and nobody has to change one because of its age."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from saferboard.workspace.partnership.models import Person
from saferboard.workspace.web.brand import partnership_look

SHORTEST = 12
LONGEST = 256
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_WRITTEN_OTHERWISE = str.maketrans("@4301!5$7", "aaeoiisst")
_LEFT = 8
_FEW = 5


@cache
def common_passwords() -> frozenset[str]:
    """Twenty thousand that were found most often in breaches, in small letters; Django's list."""
    return frozenset(CommonPasswordValidator().passwords)


class NotTooLong:
    """Hashing takes time that grows with the length: somebody could send a book."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError for more than 256 signs."""
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="too_long")

    def get_help_text(self) -> str:
        """For forms."""
        return f"At most {LONGEST} characters."


class NotCommon:
    """Refuses what is tried first: a common password with figures around it, or repeated."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError for a password that others use too."""
        small = password.lower()
        written = {small, small.translate(_WRITTEN_OTHERWISE)}
        cores = {_ENDS.sub("", one) for one in written} | {small}
        units = {_unit(one) for one in cores if one}
        if _runs(small) or units & common_passwords() or any(len(one) < _FEW for one in units):
            raise ValidationError(
                "This password is one of those that are tried first. Three words that do not "
                "belong together make a better one.",
                code="common",
            )

    def get_help_text(self) -> str:
        """For forms."""
        return "Not one that many people use, nor such a one with figures added."


class NotAboutOneself:
    """Refuses a password that is little more than the person's or the partnership's name."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError where hardly anything is left without those names."""
        left = password.lower()
        for word in _known_about(user):
            left = left.replace(word, "")
        if len(left) < _LEFT and len(left) < len(password):
            raise ValidationError(
                "This password is little more than your name or the partnership’s.", code="name"
            )

    def get_help_text(self) -> str:
        """For forms."""
        return "Not your name or the partnership’s."


def _known_about(user: Person | None) -> list[str]:
    """Words that anybody knows, the longest first."""
    said = f"saferboard {partnership_look().name}"
    if user is not None:
        said = f"{said} {user.name} {user.email}"
    words = {word for word in re.split(r"[\W\d_]+", said.lower()) if len(word) > 3}
    return sorted(words, key=len, reverse=True)


def _unit(text: str) -> str:
    """The shortest part of which `text` is a repetition: `abc` of `abcabc`."""
    at = (text + text).find(text, 1)
    return text[:at]


def _runs(text: str) -> bool:
    """Whether each sign follows on the one before by the same step: `123456789012`, `aaaa`."""
    if not text.isdecimal():
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(text)}
    return len(steps) == 1
