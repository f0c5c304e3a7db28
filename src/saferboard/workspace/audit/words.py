"""The words of audit rows: encrypted with a key outside the database, known again by a keyed
hash that nobody can try guesses against without the key."""

from __future__ import annotations

import base64
import hmac
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from saferboard.vocabulary.problem import Problem


@cache
def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(settings.ENVIRONMENT.key("audit-text")))


def encrypted(text: str) -> bytes:
    """The words as they are stored."""
    return _fernet().encrypt(text.encode())


def decrypted(cipher: bytes) -> str:
    """The words again. Raises Problem where they were stored with another key."""
    try:
        return _fernet().decrypt(bytes(cipher)).decode()
    except InvalidToken as error:
        raise Problem(
            "These words were encrypted with another key.",
            remedy="Restore the key `audit-text` from the backup of the home folder.",
        ) from error


def mac_of_text(text: str) -> bytes:
    """32 bytes that stay in the chain when the words are shredded."""
    return hmac.new(settings.ENVIRONMENT.key("audit-chain"), text.encode(), sha256).digest()
