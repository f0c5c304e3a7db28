"""Which load answers for which month: the rules of the methods, one test each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.made_vintages import LOADED, span, vintage

from saferboard.analytics.store.releases import choose, known_by, releases
from saferboard.vocabulary.period import Month

UNIT = "north"


def north(name: str, first: str, last: str, **more: object):  # type: ignore[no-untyped-def]
    return vintage(name, {UNIT: span(first, last)}, **more)  # type: ignore[arg-type]


def test_a_history_and_the_recent_file_that_continues_it_are_one_release() -> None:
    history = north("history", "2010-04", "2022-01", split=True)
    recent = north("recent", "2022-02", "2024-01", split=True)
    (release,) = releases([recent, history])
    assert [v.id for v in release.vintages] == ["history", "recent"]
    assert release.published == date(2024, 1, 31)
    assert release.coverage[UNIT] == set(span("2010-04", "2024-01"))
    assert release.vintage_for(UNIT, Month(2022, 1)) == "history"
    assert release.vintage_for(UNIT, Month(2022, 2)) == "recent"
    assert release.notes == ()


def test_quirk_08_overlap_the_recent_file_answers() -> None:
    history = north("history", "2010-04", "2022-02", split=True)
    recent = north("recent", "2022-02", "2024-01", split=True)
    (release,) = releases([history, recent])
    choice = choose([release], UNIT, span("2022-01", "2022-03"))
    assert choice.vintage_of == {
        Month(2022, 1): "history",
        Month(2022, 2): "recent",
        Month(2022, 3): "recent",
    }
    assert not choice.stitched
    assert [note.kind for note in release.notes] == ["overlap"]
    assert "February 2022" in release.notes[0].words


def test_quirk_08_gap_the_seam_month_is_missing() -> None:
    history = north("history", "2010-04", "2021-12", split=True)
    recent = north("recent", "2022-02", "2024-01", split=True)
    (release,) = releases([history, recent])
    choice = choose([release], UNIT, span("2021-12", "2022-02"))
    assert choice.missing == (Month(2022, 1),)
    assert [note.kind for note in release.notes] == ["gap"]
    assert "January 2022" in release.notes[0].words


def test_a_history_that_leaves_more_than_a_month_out_is_a_release_of_its_own() -> None:
    history = north("history", "2010-04", "2021-10", split=True)
    recent = north("recent", "2022-02", "2024-01", split=True)
    assert len(releases([history, recent])) == 2


def test_files_of_another_form_or_data_set_are_not_joined() -> None:
    history = north("history", "2010-04", "2022-01", split=True)
    assert (
        len(releases([history, north("r", "2022-02", "2024-01", split=True, generation="2")])) == 2
    )
    assert len(releases([history, north("r", "2022-02", "2024-01", split=True, dataset="x")])) == 2


def test_loads_that_are_not_halves_are_not_joined() -> None:
    """Months of data.police.uk follow each other, and each was published by itself."""
    months = [north(f"m{n}", f"2024-0{n}", f"2024-0{n}") for n in (1, 2, 3)]
    assert [release.published for release in releases(months)] == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 31),
    ]


def test_a_history_goes_with_its_own_recent_file() -> None:
    """Two monthly releases: the seams would also fit crosswise, by an overlap or a gap."""
    january = (
        north("h1", "2010-04", "2022-01", split=True),
        north("r1", "2022-02", "2024-01", split=True),
    )
    february = (
        north("h2", "2010-04", "2022-02", split=True),
        north("r2", "2022-03", "2024-02", split=True),
    )
    found = releases([*february, *january])
    assert [release.id for release in found] == ["h1+r1", "h2+r2"]


def test_what_was_added_together_belongs_together() -> None:
    later = LOADED + timedelta(days=31)
    history = north("h", "2010-04", "2022-02", split=True, loaded=later)
    exact = north("exact", "2022-03", "2024-02", split=True, loaded=LOADED)
    together = north("together", "2022-02", "2024-01", split=True, loaded=later)
    assert {release.id for release in releases([history, exact, together])} == {
        "h+together",
        "exact",
    }


def test_the_newest_release_that_covers_every_month_answers() -> None:
    old = north("old", "2022-01", "2023-12")
    new = north("new", "2023-01", "2024-12")
    found = releases([old, new])
    both = choose(found, UNIT, span("2023-10", "2023-12"))
    assert set(both.vintage_of.values()) == {"new"}
    wide = choose(found, UNIT, span("2022-10", "2023-03"))
    assert set(wide.vintage_of.values()) == {"old"}
    assert not wide.stitched


def test_when_none_covers_every_month_they_are_stitched_and_it_is_said() -> None:
    old = north("old", "2022-01", "2023-02")
    new = north("new", "2023-01", "2024-12")
    choice = choose(releases([old, new]), UNIT, span("2022-12", "2023-03"))
    assert choice.stitched
    assert choice.vintage_of == {
        Month(2022, 12): "old",
        Month(2023, 1): "new",
        Month(2023, 2): "new",
        Month(2023, 3): "new",
    }
    assert [release.id for release in choice.releases] == ["old", "new"]


def test_a_month_that_nobody_has_is_missing_and_stitches_nothing() -> None:
    load = north("load", "2022-01", "2022-03")
    choice = choose(releases([load]), UNIT, span("2022-03", "2022-05"))
    assert choice.missing == span("2022-04", "2022-05")
    assert not choice.stitched


def test_another_force_has_no_say() -> None:
    load = vintage(
        "load", {"north": span("2022-01", "2022-02"), "south": span("2022-01", "2022-01")}
    )
    choice = choose(releases([load]), "south", span("2022-01", "2022-02"))
    assert choice.missing == (Month(2022, 2),)


def test_of_two_loads_of_one_date_the_later_loaded_is_newer() -> None:
    first = north("b-first", "2022-01", "2022-03")
    again = north("a-again", "2022-01", "2022-03", loaded=LOADED + timedelta(days=1))
    choice = choose(releases([again, first]), UNIT, span("2022-01", "2022-03"))
    assert set(choice.vintage_of.values()) == {"a-again"}


def test_as_known_leaves_out_what_was_published_later() -> None:
    old, new = north("old", "2022-01", "2023-12"), north("new", "2022-01", "2024-01")
    found = releases([old, new])
    assert [release.id for release in known_by(found, date(2024, 1, 30))] == ["old"]
    assert [release.id for release in known_by(found, date(2024, 1, 31))] == ["old", "new"]


def test_a_history_is_known_only_when_its_release_is() -> None:
    history = north("history", "2010-04", "2022-01", split=True)
    recent = north("recent", "2022-02", "2024-01", split=True)
    assert known_by(releases([history, recent]), date(2023, 2, 28)) == ()


def test_a_look_up_without_a_date_is_always_known() -> None:
    undated = vintage("look-up", {})
    dated = vintage("dated", {}, published=date(2024, 5, 1))
    found = releases([undated, dated])
    assert [release.id for release in known_by(found, date(2020, 1, 1))] == ["look-up"]


def test_months_of_two_data_sets_are_never_mixed() -> None:
    found = releases(
        [north("a", "2022-01", "2022-02"), north("b", "2022-01", "2022-02", dataset="x")]
    )
    with pytest.raises(ValueError, match="one data set"):
        choose(found, UNIT, span("2022-01", "2022-02"))
