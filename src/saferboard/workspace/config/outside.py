"""Services outside that an operator may name: the mail server, and the provider with which people
sign in (OpenID Connect)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from saferboard.vocabulary.problem import Problem

ISSUER = "SAFERBOARD_OIDC_ISSUER"
CLIENT = "SAFERBOARD_OIDC_CLIENT"
SECRET = "SAFERBOARD_OIDC_SECRET"
NAME = "SAFERBOARD_OIDC_NAME"
FACTORS = "SAFERBOARD_OIDC_SECOND_FACTORS"
_HERE = ("localhost", "127.0.0.1", "::1")
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """A mail server. `encrypted` from the first byte (smtps), otherwise by STARTTLS, which only a
    server on this machine may do without."""

    host: str
    port: int
    user: str
    password: str
    encrypted: bool
    starttls: bool


@dataclass(frozen=True)
class Provider:
    """Who knows the people: `issuer` is the address under which its configuration is found, `name`
    what the button says, `factors` the words of its claim `amr` by which it vouches for a second
    factor (RFC 8176)."""

    issuer: str
    client: str
    secret: str
    name: str
    factors: frozenset[str]

    @property
    def origin(self) -> str:
        """Scheme, host and port of the issuer, to which our form may lead."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


def read_mail(address: str) -> Mail | None:
    """The server of `smtp://user:password@host:587` or `smtps://…`; None for an empty address.
    Raises Problem for anything else."""
    if not address:
        return None
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Problem(
            "SAFERBOARD_MAIL is not the address of a mail server.",
            remedy="Write smtp://user:password@host:587, smtps://…, or nothing for files.",
        )
    return Mail(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        encrypted=parts.scheme == "smtps",
        starttls=parts.scheme == "smtp" and parts.hostname not in _HERE,
    )


def read_provider(given: Mapping[str, str]) -> Provider | None:
    """The provider, or None where no issuer is named. Raises Problem where something is missing,
    and for an issuer that is not reached by https: whoever sits between could be anybody. One on
    this machine may do without, for trying it."""
    issuer = given.get(ISSUER, "").rstrip("/")
    if not issuer:
        return None
    missing = [name for name in (CLIENT, SECRET) if not given.get(name)]
    if missing:
        raise Problem(
            f"{ISSUER} is set, {' and '.join(missing)} not.",
            remedy="Set all three as the provider gives them, or none.",
        )
    parts = urlsplit(issuer)
    if parts.scheme != "https" and parts.hostname not in _HERE:
        raise Problem(f"{ISSUER} does not begin with https://.", remedy="Use its https address.")
    words = given.get(FACTORS, "mfa").replace(",", " ").split()
    name = given.get(NAME, "") or "your organisation’s account"
    return Provider(issuer, given[CLIENT], given[SECRET], name, frozenset(words))
