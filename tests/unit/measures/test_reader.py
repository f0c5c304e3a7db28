"""What a reader fetches for all feeds at once is what each would have fetched alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.unit.measures.made import make, months

from saferboard.analytics.measures.areas import Atlas
from saferboard.analytics.measures.compile import ELSEWHERE, Scope
from saferboard.analytics.measures.model import Feed
from saferboard.analytics.measures.reader import Reader
from saferboard.analytics.store.lake import Lake

SPAN = months("2022-01", "2023-12")
HERE = "E09000003"
MINE = ("E05013628", "E05013629")


def feed_of(offence: str) -> Feed:
    return Feed(source="mps-ward", table="recorded_offences", offences=(offence,))


ROBBERY, WEAPONS = feed_of("personal-robbery"), feed_of("possession-of-weapons")


def ward_csv() -> str:
    """Two authorities: mine has robberies, and weapons are found in the other one only."""
    head = "MajorText,MinorText,WardName,WardCode,LookUp_BoroughName"
    lines = [",".join([head, *(f"{one.year}{one.month:02d}" for one in SPAN)])]

    def row(label: str, ward: str, code: str, authority: str, count: int) -> None:
        cells = ",".join(str(count + at) for at in range(len(SPAN)))
        lines.append(f"{label},{ward},{code},{authority},{cells}")

    robbery, weapons = (
        "Robbery,Robbery of Personal Property",
        "Possession of Weapons,Other Firearm Offences",
    )
    row(robbery, "Here East", MINE[0], "Barnet", 3)
    row(robbery, "Here West", MINE[1], "Barnet", 5)
    row(robbery, "There", "E05013650", "Camden", 7)
    row(weapons, "There", "E05013650", "Camden", 1)
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("reader"), {"wards.csv": ward_csv()})


def reader(lake: Lake, scope: Scope | None = None) -> Reader:
    return Reader(lake, Atlas.of(lake, (), None, ()), scope=scope)


@pytest.mark.parametrize("feed", [ROBBERY, WEAPONS], ids=["robbery", "weapons"])
def test_wards_asked_for_count_what_they_count_among_all_wards(lake: Path, feed: Feed) -> None:
    """A load that has an offence in other authorities only still says none for mine."""
    scope = Scope(frozenset((*ROBBERY.offences, *WEAPONS.offences)), frozenset({HERE}))
    with Lake.open(lake) as held:
        every, mine = reader(held).cube(feed, "ward"), reader(held, scope).cube(feed, "ward")
        assert every is not None and mine is not None
        expected, found = every.extract(MINE, SPAN), mine.extract(MINE, SPAN)
        assert expected is not None and found is not None
        np.testing.assert_array_equal(found.counts, expected.counts)
        assert not np.isnan(found.counts).any()
        assert (found.counts.sum() == 0) == (feed is WEAPONS)
        assert ELSEWHERE not in mine and "E05013650" in every and "E05013650" not in mine


def test_what_was_not_to_be_asked_for_is_refused(lake: Path) -> None:
    with (
        Lake.open(lake) as held,
        pytest.raises(ValueError, match="possession-of-weapons"),
    ):
        reader(held, Scope(frozenset(ROBBERY.offences))).cube(WEAPONS, "ward")
