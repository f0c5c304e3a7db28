"""Secrets of second factors, encrypted in the database with a key that lies outside it."""

from __future__ import annotations

import base64
import hmac
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from saferboard.vocabulary.problem import Problem

_KEY = "second-factors"


@cache
def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(settings.ENVIRONMENT.key(_KEY)))


def sealed(text: str) -> str:
    """The secret as it is stored."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def opened(text: str) -> str:
    """The secret again. Raises Problem where it was stored with another key."""
    try:
        return _fernet().decrypt(text.encode("ascii")).decode()
    except InvalidToken as error:
        raise Problem(
            "Second factors were stored with another key.",
            remedy=f"Restore the key `{_KEY}` from the backup of the home folder.",
        ) from error


def mark(kind: str, text: str) -> str:
    """32 letters by which the same `text` is known again without saying it: an address of e-mail
    that was tried, a network address. Nobody can try guesses against it without the key."""
    made = hmac.new(settings.ENVIRONMENT.key("audit-text"), f"{kind}\0{text}".encode(), sha256)
    return made.hexdigest()[:32]
