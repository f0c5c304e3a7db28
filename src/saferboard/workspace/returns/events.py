"""What returns tell of."""

from __future__ import annotations

from saferboard.workspace.audit.event_types import EventType
from saferboard.workspace.audit.kinds import Kind

RETURN_DEFINED = EventType(
    "returns.return.defined", Kind.ADMINISTRATION, "Said that an agency owes a return ({cycle}).",
    frozenset({"cycle", "agency", "lines"}),
)  # fmt: skip
RETURN_CHANGED = EventType(
    "returns.return.changed", Kind.ADMINISTRATION, "Changed what a return asks for (version "
    "{version}).", frozenset({"version", "lines"}),
)  # fmt: skip
RETURN_ENDED = EventType("returns.return.ended", Kind.ADMINISTRATION, "A return is owed no more.")
PERIODS_ADDED = EventType(
    "returns.periods.added", Kind.ADMINISTRATION, "Put {count} periods of a return on the list.",
    frozenset({"count"}),
)  # fmt: skip
PERIOD_WITHDRAWN = EventType(
    "returns.period.withdrawn", Kind.ADMINISTRATION, "A period of a return is not owed any more."
)
REMINDED = EventType(
    "returns.people.reminded", Kind.ADMINISTRATION, "Reminded {count} people; step {step}.",
    frozenset({"count", "step"}),
)  # fmt: skip
DRAFT_SAVED = EventType(
    "returns.draft.saved", Kind.ALTERATION, "Saved a draft of a return (version {number}).",
    frozenset({"number", "uploaded"}),
)  # fmt: skip
SUBMITTED = EventType(
    "returns.return.submitted", Kind.ALTERATION, "Sent a return to be signed off (version "
    "{number}); {queries} queries were answered.", frozenset({"number", "queries"}),
)  # fmt: skip
SENT_BACK = EventType(
    "returns.return.sent-back", Kind.ALTERATION, "Sent a return back to be changed.",
    frozenset({"number"}),
)  # fmt: skip
SIGNED_OFF = EventType(
    "returns.return.signed-off", Kind.ALTERATION, "Signed a return off (version {number}); without "
    "a second person: {alone}.", frozenset({"number", "alone"}),
)  # fmt: skip
CORRECTION_BEGUN = EventType(
    "returns.correction.begun", Kind.ALTERATION, "Began version {number} of a return.",
    frozenset({"number"}),
)  # fmt: skip
LOADED = EventType(
    "returns.return.loaded", Kind.ALTERATION, "A signed return was taken into the data store.",
    frozenset({"number", "sha256"}),
)  # fmt: skip
NOT_LOADED = EventType(
    "returns.return.not-loaded", Kind.ALTERATION, "The data store refused a signed return.",
    frozenset({"number"}),
)  # fmt: skip
LOAD_ASKED = EventType(
    "returns.load.asked", Kind.ALTERATION, "Asked the data store again to take a signed return."
)
DUES_LISTED = EventType(
    "returns.dues.listed", Kind.CONSULTATION, "Listed {count} returns.",
    frozenset({"count", "late"}),
)  # fmt: skip
REGISTER_LISTED = EventType(
    "returns.register.listed", Kind.CONSULTATION, "Listed {count} kinds of return.",
    frozenset({"count"}),
)  # fmt: skip
DUE_READ = EventType("returns.due.read", Kind.CONSULTATION, "Read a return and its history.")
DUE_REFUSED = EventType(
    "returns.due.refused", Kind.REFUSAL, "Asked for a return that they may not see."
)
LATE_EXPORTED = EventType(
    "returns.late.exported", Kind.DISCLOSURE, "Took the list of late returns ({count}).",
    frozenset({"count"}),
)  # fmt: skip
TEMPLATE_TAKEN = EventType(
    "returns.template.taken", Kind.CONSULTATION, "Took the empty form of a return."
)
