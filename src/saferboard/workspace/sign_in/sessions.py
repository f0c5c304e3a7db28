"""What a session remembers of how it began, and when it is over. Times are seconds since 1970, as a
session can hold them."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

_KEY = "sign_in"
_VOUCHED = "sign_in_vouched"
_EVERY = 60
PROVIDER = "provider"


@dataclass(frozen=True)
class Stay:
    """`begun` and `seen` bound the session; `agent` is a mark of the browser in which it began,
    empty until the first request; `factor` the kind of second factor that was shown in it, empty
    while one is still asked for."""

    begun: float
    seen: float
    agent: str = ""
    factor: str = ""

    def over(self, now: float) -> str:
        """Why the session is over: `idle`, `too-long`, or empty while it lasts."""
        if now - self.begun >= settings.SIGN_IN_LONGEST.total_seconds():
            return "too-long"
        if now - self.seen >= settings.SIGN_IN_IDLE.total_seconds():
            return "idle"
        return ""


def agent_mark(agent: str) -> str:
    """What stands for the browser that calls itself `agent`."""
    return sha256(agent.encode()).hexdigest()[:32]


def stay_of(session: SessionBase) -> Stay | None:
    """How the session stands; None where nobody has signed in with it."""
    held: dict[str, Any] | None = session.get(_KEY)
    return Stay(**held) if held else None


def begin(session: SessionBase, *, agent: str = "", factor: str = "") -> Stay:
    """Starts the clock. What was shown as a second factor before signing in was complete counts."""
    now = time.time()
    before = stay_of(session)
    stay = Stay(now, now, agent, factor or (before.factor if before else ""))
    return _keep(session, stay)


def shown(session: SessionBase, factor: str, *, agent: str = "") -> Stay:
    """A second factor was shown, in the browser marked `agent`."""
    now = time.time()
    stay = stay_of(session) or Stay(now, now)
    return _keep(session, replace(stay, factor=factor, agent=agent or stay.agent))


def doubted(session: SessionBase) -> Stay:
    """A second factor has to be shown again before anything else."""
    stay = stay_of(session) or begin(session)
    return _keep(session, replace(stay, factor=""))


def seen(session: SessionBase, stay: Stay, agent: str) -> bool:
    """Notes that the session is used, at most once a minute, and the browser where none is known.
    True where it was noted."""
    now = time.time()
    if stay.agent and now - stay.seen < _EVERY:
        return False
    _keep(session, replace(stay, seen=now, agent=stay.agent or agent))
    return True


def vouch(session: SessionBase, person: str) -> None:
    """The provider says that the person with this id showed a second factor there just now."""
    session[_VOUCHED] = person


def vouched(session: SessionBase, person: str) -> bool:
    """Whether the provider said so of this person in this session."""
    return bool(session.get(_VOUCHED) == person)


def stop_vouching(session: SessionBase) -> None:
    """What the provider said no longer counts."""
    session.pop(_VOUCHED, None)


def _keep(session: SessionBase, stay: Stay) -> Stay:
    session[_KEY] = asdict(stay)
    return stay
