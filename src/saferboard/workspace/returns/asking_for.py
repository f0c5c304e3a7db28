"""What a return asks for: its lines with the words of the register of measures."""

from __future__ import annotations

from saferboard.analytics.measures.model import Definition
from saferboard.analytics.measures.register import definitions
from saferboard.vocabulary.period import Period
from saferboard.workspace.returns.checking import Finding, Key, check
from saferboard.workspace.returns.entries import Asked, Past, Written, from_stored
from saferboard.workspace.returns.models import Due, Filing, Line
from saferboard.workspace.returns.store import reported


def measures() -> dict[str, Definition]:
    """The measures that partners report, by key."""
    return {key: one for key, one in definitions().items() if one.is_return}


def asked_in(due: Due) -> tuple[Asked, ...]:
    """The figures that are asked for now, in their order. A line whose measure is no longer in the
    register is not asked for."""
    known = measures()
    rows = Line.objects.filter(definition=due.definition_id, end=None).order_by("position", "id")
    return tuple(_asked(one, known[one.measure]) for one in rows if one.measure in known)


def period_of(due: Due) -> Period:
    """The period that a return is about."""
    return Period(due.period_start, due.period_end)


def history_for(asked: tuple[Asked, ...]) -> dict[Key, list[Past]]:
    """What was reported before on what is asked for."""
    return reported({one.measure for one in asked}, {one.area for one in asked})


def written_in(filing: Filing | None) -> Written:
    """What was entered; nothing without a filing."""
    if filing is None:
        return Written({})
    return Written(
        from_stored(filing.entries), filing.nil, filing.recording_change, filing.comparable
    )


def findings_of(
    due: Due, filing: Filing, history: dict[Key, list[Past]] | None = None
) -> tuple[Finding, ...]:
    """What the checks say of a version now."""
    asked = asked_in(due)
    past = history_for(asked) if history is None else history
    return check(asked, written_in(filing), period_of(due), past)


def _asked(line: Line, measure: Definition) -> Asked:
    assert measure.kind in ("return-count", "return-percentage", "return-rate", "return-index")
    return Asked(
        line=line.id,
        measure=line.measure,
        title=measure.title,
        kind=measure.kind,
        area=line.area,
        breakdown=line.breakdown,
        lowest=line.lowest,
        highest=line.highest,
        denominator_required=line.denominator_required,
        rare=line.rare,
    )
