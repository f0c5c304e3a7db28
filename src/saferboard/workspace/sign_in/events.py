"""What sign-in tells of. No row holds an address of e-mail or of a network: marks stand for them,
which the same address gives again."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

SIGNED_IN = EventType(
    "sign-in.session.begun",
    Kind.SIGN_IN,
    "Signed in with {how}; second factor: {factor}.",
    frozenset({"how", "factor", "address"}),
)
SESSION_ENDED = EventType(
    "sign-in.session.ended", Kind.SIGN_IN, "A session ended: {why}.", frozenset({"why"})
)
SESSION_MOVED = EventType(
    "sign-in.session.moved",
    Kind.SIGN_IN,
    "A session was used from another browser; a second factor was asked for again.",
    frozenset({"address"}),
)
CONFIRMED = EventType(
    "sign-in.person.confirmed",
    Kind.SIGN_IN,
    "Showed again who they are: {how}.",
    frozenset({"how"}),
)
PASSWORD_FAILED = EventType(
    "sign-in.password.failed",
    Kind.SIGN_IN,
    "A wrong e-mail address or password was tried.",
    frozenset({"account", "address"}),
)
FACTOR_FAILED = EventType(
    "sign-in.factor.failed",
    Kind.SIGN_IN,
    "A wrong second factor was shown: {kind}.",
    frozenset({"kind", "address"}),
)
LOCKED = EventType(
    "sign-in.account.locked",
    Kind.SIGN_IN,
    "Too many wrong tries: further ones were refused.",
    frozenset({"account", "address"}),
)
RECOVERY_CODE_USED = EventType(
    "sign-in.recovery-code.used",
    Kind.SIGN_IN,
    "Used a recovery code; {left} are left.",
    frozenset({"left"}),
)
PROVIDER_REFUSED = EventType(
    "sign-in.provider.refused",
    Kind.SIGN_IN,
    "The provider’s answer was not accepted: {why}.",
    frozenset({"why", "address"}),
)
RESET_ASKED = EventType(
    "sign-in.reset.asked",
    Kind.SIGN_IN,
    "A new password was asked for.",
    frozenset({"account", "address"}),
)
FACTOR_ADDED = EventType(
    "sign-in.factor.added", Kind.ALTERATION, "Added a second factor: {kind}.", frozenset({"kind"})
)
FACTOR_REMOVED = EventType(
    "sign-in.factor.removed",
    Kind.ALTERATION,
    "Removed a second factor: {kind}.",
    frozenset({"kind"}),
)
PASSWORD_SET = EventType(
    "sign-in.password.set", Kind.ALTERATION, "Set a password: {why}.", frozenset({"why"})
)
PROVIDER_LINKED = EventType(
    "sign-in.provider.linked",
    Kind.ALTERATION,
    "The provider’s account was linked by its verified address of e-mail.",
)
FACTORS_RESET = EventType(
    "sign-in.factors.reset",
    Kind.ADMINISTRATION,
    "Took away the second factors of somebody who had lost them: {count}.",
    frozenset({"count"}),
)
