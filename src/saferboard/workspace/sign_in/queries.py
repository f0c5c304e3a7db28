"""What a person's account holds: second factors, devices. Asked by the person themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.crypto import salted_hmac

_FULL = ("totp", "webauthn")
_BROWSERS = (
    ("Edge", r"\bEdg"),
    ("Opera", r"\bOPR/"),
    ("Firefox", r"\bFirefox/|\bFxiOS/"),
    ("Chrome", r"Chrome/|\bCriOS/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Linux", r"Linux"),
)


@dataclass(frozen=True)
class Passkey:
    """A passkey: `key` names it in addresses."""

    key: str
    name: str
    added: datetime
    used: datetime | None


@dataclass(frozen=True)
class Factors:
    """The second factors of a person. `codes_left` is None where there are no recovery codes."""

    app_since: datetime | None
    app_used: datetime | None
    passkeys: tuple[Passkey, ...]
    codes_left: int | None

    @property
    def count(self) -> int:
        """How many there are, recovery codes aside."""
        return len(self.passkeys) + (self.app_since is not None)


@dataclass(frozen=True)
class Device:
    """A place where the person is signed in: `key` names it in forms, `words` describe the browser
    as far as it tells, `here` marks the one that asks."""

    key: str
    words: str
    address: str
    since: datetime
    seen: datetime
    here: bool


def has_factor(person: UUID) -> bool:
    """Whether the person has a second factor, other than recovery codes alone."""
    return bool(Authenticator.objects.filter(user_id=person, type__in=_FULL).exists())


def has_passkey_only(person: UUID) -> bool:
    """Whether there is no code that the person could type."""
    kinds = set(Authenticator.objects.filter(user_id=person).values_list("type", flat=True))
    return kinds == {"webauthn"}


def factors_of(person: UUID) -> Factors:
    """All second factors of the person."""
    rows = list(Authenticator.objects.filter(user_id=person).order_by("created_at"))
    app = next((row for row in rows if row.type == "totp"), None)
    codes = next((row for row in rows if row.type == "recovery_codes"), None)
    return Factors(
        app_since=app.created_at if app else None,
        app_used=app.last_used_at if app else None,
        passkeys=tuple(
            Passkey(key_of("passkey", row.pk), row.wrap().name, row.created_at, row.last_used_at)
            for row in rows
            if row.type == "webauthn"
        ),
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
    )


def passkey_of(person: UUID, key: str) -> Authenticator | None:
    """The row of the person's passkey with this key; None where they have none."""
    rows = Authenticator.objects.filter(user_id=person, type="webauthn")
    return next((row for row in rows if key_of("passkey", row.pk) == key), None)


def devices_of(person: UUID, *, here: str) -> list[Device]:
    """Where the person is signed in now, the newest first; `here` is the key of the asking session.
    What has ended is forgotten on the way."""
    rows = [row for row in UserSession.objects.filter(user_id=person) if not row.purge()]
    rows.sort(key=lambda row: row.last_seen_at, reverse=True)
    return [
        Device(
            key=key_of("device", row.pk),
            words=device_words(row.user_agent),
            address=row.ip,
            since=row.created_at,
            seen=row.last_seen_at,
            here=row.session_key == here,
        )
        for row in rows
    ]


def device_of(person: UUID, key: str) -> UserSession | None:
    """The row of the person's device with this key; None where they have none."""
    rows = UserSession.objects.filter(user_id=person)
    return next((row for row in rows if key_of("device", row.pk) == key), None)


def key_of(kind: str, number: int) -> str:
    """What stands in addresses and forms for a row with a number: 32 letters that nobody can guess
    and that do not tell how many there are."""
    return salted_hmac(f"sign_in.{kind}", str(number), algorithm="sha256").hexdigest()[:32]


def device_words(agent: str) -> str:
    """`Firefox on Windows`, from what a browser says of itself."""
    browser = next((name for name, sign in _BROWSERS if re.search(sign, agent)), "")
    system = next((name for name, sign in _SYSTEMS if re.search(sign, agent)), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "A browser that does not say which"
