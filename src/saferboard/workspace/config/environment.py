"""What the operator sets from outside: environment variables, read once and in one place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.config.outside import Mail, Provider, read_mail, read_provider

HOME = "SAFERBOARD_HOME"
APPLICATION_URL = "DATABASE_URL"
OWNER_URL = "DATABASE_OWNER_URL"
BACKUP_URL = "DATABASE_BACKUP_URL"
PARTNERSHIP = "SAFERBOARD_PARTNERSHIP"
LAKE = "SAFERBOARD_LAKE"
HOSTS = "SAFERBOARD_HOSTS"
HTTPS = "SAFERBOARD_HTTPS"
ADDRESS = "SAFERBOARD_ADDRESS"
PROXIES = "SAFERBOARD_PROXIES"
MAIL = "SAFERBOARD_MAIL"
MAIL_FROM = "SAFERBOARD_MAIL_FROM"
_KEY_BYTES = 32


@dataclass(frozen=True)
class Environment:
    """`home` holds what is not in the database: keys, uploaded files, the head of the audit
    chain and, where no DATABASE_URL is given, the embedded database. `application`, `owner`
    and `backup` are addresses of one database as three roles; all empty means embedded.
    `partnership` is the partnership's file, `lake` the data store: in `home` unless told.
    `address` is how people reach the workspace, for links in letters.
    `proxies` is how many proxies of one's own stand before the workspace and say where a request
    came from. Without `mail` letters are files in `home`; without `provider` people sign in with
    passwords only."""

    home: Path
    application: str
    owner: str
    backup: str
    hosts: tuple[str, ...]
    https: bool
    partnership: Path
    lake: Path
    address: str = "http://localhost:8000"
    proxies: int = 0
    mail: Mail | None = None
    mail_from: str = "saferboard@localhost"
    provider: Provider | None = None

    @property
    def embedded(self) -> bool:
        """Whether the database is the one that comes along."""
        return not self.application

    @property
    def database_folder(self) -> Path:
        return self.home / "database"

    @property
    def audit_head(self) -> Path:
        return self.home / "audit" / "head.json"

    @property
    def demo_mark(self) -> Path:
        return self.home / "demonstration"

    def key(self, name: str) -> bytes:
        """The secret of 32 bytes called `name`, made at its first use and readable by this
        user only. Raises Problem where the file does not hold a key."""
        file = self.home / "keys" / name
        try:
            return _key_of(file)
        except FileNotFoundError:
            return _made_key(file)


def read_environment(values: Mapping[str, str] | None = None) -> Environment:
    """The environment of this process, or `values` instead. Raises Problem for a DATABASE_URL
    without its owner's, and the other way round: tables would belong to nobody known."""
    given = os.environ if values is None else values
    application, owner = given.get(APPLICATION_URL, ""), given.get(OWNER_URL, "")
    if bool(application) != bool(owner):
        missing = OWNER_URL if application else APPLICATION_URL
        raise Problem(
            f"{missing} is not set: the workspace uses one database as two roles.",
            remedy="Set both, or neither for the embedded database.",
        )
    home = _path(given.get(HOME) or ".saferboard")
    return Environment(
        home=home,
        application=application,
        owner=owner,
        backup=given.get(BACKUP_URL, ""),
        hosts=tuple(host.strip() for host in given.get(HOSTS, "").split(",") if host.strip()),
        https=given.get(HTTPS, "") in ("1", "true", "yes"),
        partnership=_path(given.get(PARTNERSHIP) or home / "partnership.yaml"),
        lake=_path(given.get(LAKE) or home / "lake"),
        address=(given.get(ADDRESS) or "http://localhost:8000").rstrip("/"),
        proxies=_count(given, PROXIES, 1 if given.get(HTTPS) else 0),
        mail=read_mail(given.get(MAIL, "")),
        mail_from=given.get(MAIL_FROM, "") or "saferboard@localhost",
        provider=read_provider(given),
    )


def _count(given: Mapping[str, str], name: str, otherwise: int) -> int:
    text = given.get(name, "")
    if text and not text.isdecimal():
        raise Problem(f"{name} is not a number.", remedy="Say how many proxies there are: 0, 1 …")
    return int(text) if text else otherwise


def _path(given: str | Path) -> Path:
    return Path(given).expanduser().resolve()


def _key_of(file: Path) -> bytes:
    key = bytes.fromhex(file.read_text("ascii").strip())
    if len(key) != _KEY_BYTES:
        raise Problem(
            "This is not a key of 32 bytes.", file=str(file), remedy="Restore it from the backup."
        )
    return key


def _made_key(file: Path) -> bytes:
    """Two processes may start at once: the first link wins and both read the same key."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(secrets.token_hex(_KEY_BYTES), "ascii")
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return _key_of(file)
