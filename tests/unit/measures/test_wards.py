"""Wards across an edition of their boundaries: a series is rebuilt from small areas, or refused;
and one dispersion for all wards, from their own months."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.unit.measures.made import add_more, make, months, return_csv

from saferboard.analytics.measures.results import Breakdown
from saferboard.analytics.measures.summary import summarise
from saferboard.analytics.measures.ward_names import WardNames
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.period import Month

BARNET = Area("E09000003", "Barnet", "authority")
SPAN = months("2019-01", "2023-12")
# Small areas, their wards of 2018 and those of 2024: the two of the old ward lie apart since.
SMALL = ["E01000115", "E01000116", "E01000117", "E01000118"]
OLD = ["E05000040", "E05000040", "E05000041", "E05000041"]
NEW = ["E05013628", "E05013629", "E05013629", "E05013629"]


def lookup(year: str, wards: list[str]) -> str:
    head = f"LSOA21CD,LSOA21NM,LSOA21NMW,WD{year}CD,WD{year}NM,WD{year}NMW,"
    lines = [head + f"LAD{year}CD,LAD{year}NM,LAD{year}NMW,ObjectId"]
    for at, (code, ward) in enumerate(zip(SMALL, wards, strict=True)):
        lines.append(
            f"{code},Barnet 001{'ABCD'[at]},,{ward},Ward {ward[-2:]},,E09000003,Barnet,,{at}"
        )
    return "\n".join(lines) + "\n"


def counts() -> np.ndarray:
    """Robberies of each small area: their variance is three times their mean."""
    means = np.array([20.0, 24.0, 28.0, 32.0])
    random = np.random.default_rng(11)
    return random.negative_binomial(means / 2, 1 / 3, (len(SPAN), 4)).T


def lsoa_csv(values: np.ndarray) -> str:
    head = "LSOA Code,LSOA Name,Borough,Major Category,Minor Category"
    lines = [",".join([head, *(f"{m.year}{m.month:02d}" for m in SPAN)])]
    for at, (code, row) in enumerate(zip(SMALL, values, strict=True)):
        cells = ",".join(map(str, row))
        lines.append(
            f"{code},Barnet 001{'ABCD'[at]},E09000003,ROBBERY,ROBBERY OF PERSONAL PROPERTY,{cells}"
        )
    return "\n".join(lines) + "\n"


def wards_of(folder: Path) -> Breakdown:
    with Lake.open(folder) as lake:
        (one,) = summarise(
            lake, BARNET, to=Month(2023, 12), measures=["personal-robbery"], wards=True
        ).measures
        (found,) = one.breakdowns
    return found


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Breakdown:
    values = counts()
    files = {
        "borough.csv": borough(values),
        "lsoa.csv": lsoa_csv(values),
        "wards18.csv": lookup("18", OLD),
        "wards24.csv": lookup("24", NEW),
    }
    return wards_of(make(tmp_path_factory.mktemp("wards"), files))


def borough(values: np.ndarray) -> str:
    head = "MajorText,MinorText,LookUp_BoroughName"
    lines = [",".join([head, *(f"{m.year}{m.month:02d}" for m in SPAN)])]
    cells = ",".join(map(str, values.sum(axis=0)))
    lines.append(f"Robbery,Robbery of Personal Property,Barnet,{cells}")
    return "\n".join(lines) + "\n"


def test_a_series_is_rebuilt_from_small_areas_for_the_newest_wards(rebuilt: Breakdown) -> None:
    """The years before the new wards are theirs too: every small area goes where it lies now."""
    now, before = counts()[:, -12:].sum(axis=1), counts()[:, -24:-12].sum(axis=1)
    by_ward = {row.key: row for row in rebuilt.rows}
    assert set(by_ward) == set(NEW)
    for ward in set(NEW):
        inside = [at for at, one in enumerate(NEW) if one == ward]
        row = by_ward[ward]
        assert row.current.value == now[inside].sum()
        assert row.previous is not None
        assert row.previous.value == before[inside].sum()
    assert "No comparison" not in rebuilt.note


def test_dispersion_is_pooled_over_the_wards(rebuilt: Breakdown) -> None:
    (note,) = {row.change.note for row in rebuilt.rows if row.change}
    assert "pooled over 2 wards" in note
    assert 1.8 < float(note.split()[1].rstrip(",")) < 4.5


def ward_csv(first: str, last: str, wards: list[str]) -> str:
    span = months(first, last)
    head = "Ward Code,Ward Name,Borough,Major Category,Minor Category"
    lines = [",".join([head, *(f"{m.year}{m.month:02d}" for m in span)])]
    for ward in sorted(set(wards)):
        cells = ",".join(["40"] * len(span))
        name = f"Ward {ward[-2:]}"
        lines.append(f"{ward},{name},E09000003,ROBBERY,ROBBERY OF PERSONAL PROPERTY,{cells}")
    return "\n".join(lines) + "\n"


def test_without_small_areas_wards_drawn_anew_have_no_comparison(tmp_path: Path) -> None:
    files = {
        "borough.csv": borough(counts()),
        "old.csv": ward_csv("2021-04", "2022-04", OLD),
        "new.csv": ward_csv("2022-05", "2023-04", NEW),
        "wards18.csv": lookup("18", OLD),
        "wards24.csv": lookup("24", NEW),
    }
    with Lake.open(make(tmp_path, files)) as lake:
        (one,) = summarise(
            lake, BARNET, to=Month(2023, 4), measures=["personal-robbery"], wards=True
        ).measures
    (found,) = one.breakdowns
    assert {row.key for row in found.rows} == set(NEW)
    assert [row.current.value for row in found.rows] == [480, 480]
    for row in found.rows:
        assert row.previous is not None and row.change is not None
        assert row.previous.value is None and row.change.value is None
        assert row.previous.missing == "not comparable"  # why is said once, in the note
        assert row.change.verdict == "no comparison"
        assert "1.50, assumed" in row.change.note
    assert "No comparison with the year before: All 24 wards of the borough" in found.note


def uncoded(text: str) -> str:
    """A ward file in which the publisher left the codes out."""
    for code in {*OLD, *NEW}:
        text = text.replace(f"{code},", ",")
    return text


def robbery_by_ward(lake: Path) -> Breakdown | None:
    with Lake.open(lake) as held:
        (one,) = summarise(
            held, BARNET, to=Month(2023, 4), measures=["personal-robbery"], wards=True
        ).measures
    return one.breakdowns[0] if one.breakdowns else None


@pytest.mark.parametrize("coded", [True, False], ids=["with codes", "by name"])
def test_a_look_up_of_wards_may_come_before_the_figures_or_after(
    tmp_path: Path, coded: bool
) -> None:
    """The edition of the boundaries, and the codes of wards that come by name, are those of the
    look-ups that are loaded when figures are made: not one load is read again for it."""
    wards = ward_csv("2021-05", "2023-04", NEW)
    figures = {"borough.csv": borough(counts()), "new.csv": wards if coded else uncoded(wards)}
    registers = {"wards18.csv": lookup("18", OLD), "wards24.csv": lookup("24", NEW)}
    first = make(tmp_path / "first", registers)
    add_more(first, tmp_path / "first", figures)
    after = make(tmp_path / "after", figures)
    stored = {path: path.read_bytes() for path in after.rglob("*.parquet")}
    alone = robbery_by_ward(after)
    add_more(after, tmp_path / "after", registers)

    now = robbery_by_ward(after)
    assert now is not None
    assert now == robbery_by_ward(first)
    assert (now.edition, {row.key for row in now.rows}) == ("2024", set(NEW))
    assert {path: path.read_bytes() for path in stored} == stored
    if coded:
        assert alone is not None
        assert alone.edition == ""
        assert "Load the ONS look-up of wards" in alone.note
    else:
        assert alone is None


def test_names_are_looked_up_in_one_edition_that_has_them_all() -> None:
    register = {
        "E09000003": {
            "2018": {"edgware": "E05000001", "hale": "E05000002"},
            "2022": {"edgware": "E05000011", "edgwarebury": "E05000012"},
        }
    }
    names = WardNames(register)
    assert names.codes("E09000003", ["Edgware", "Edgwarebury"]) == {
        "Edgware": "E05000011",
        "Edgwarebury": "E05000012",
    }
    assert names.codes("E09000003", ["Edgware", "Hale"]) == {
        "Edgware": "E05000001",
        "Hale": "E05000002",
    }
    # No edition has both: what “Edgware” means cannot be said, and the other name means one ward.
    assert names.codes("E09000003", ["Edgware", "Hale", "Edgwarebury"]) == {
        "Hale": "E05000002",
        "Edgwarebury": "E05000012",
    }
    assert names.codes("E09000015", ["Edgware"]) == {}


def test_a_year_of_wards_that_no_look_up_shows_is_told() -> None:
    old, new = {"edgware": "E05000001", "hale": "E05000002"}, {"edgware": "E05000011"}
    names = WardNames({"E09000003": {"2018": old, "2024": new, "2025": new}})
    area = Area("E09000003", "Barnet", "authority")
    told = names.doubt(area, "1999")
    assert "“wards: 1999”" in told
    assert "only in 2018, 2024, 2025. Tables by ward go by 2025" in told
    assert "Barnet has other wards in 2025" in names.doubt(area, "2018")
    # The same wards in two look-ups, a file that says nothing, an area that no look-up has.
    assert names.doubt(area, "2024") == names.doubt(area, "") == ""
    assert names.doubt(Area("E09000015", "Harrow", "authority"), "1999") == ""


RISKY = {f"E050136{at:02d}": 40 + 3 * at + (160 if at == 23 else 0) for at in range(24)}
"""Robberies a month by ward: 24 wards, one of them far above the others."""


def ward_lookup() -> str:
    head = "WD24CD,WD24NM,LAD24CD,LAD24NM,ObjectId"
    rows = [f"{code},Ward {code[-2:]},E09000003,Barnet,{at}" for at, code in enumerate(RISKY)]
    return "\n".join([head, *rows]) + "\n"


def risky_csv(first: str = "2022-01", last: str = "2023-12") -> str:
    span = months(first, last)
    head = "Ward Code,Ward Name,Borough,Major Category,Minor Category"
    lines = [",".join([head, *(f"{m.year}{m.month:02d}" for m in span)])]
    for code, level in RISKY.items():
        cells = ",".join([str(level)] * len(span))
        lines.append(
            f"{code},Ward {code[-2:]},E09000003,ROBBERY,ROBBERY OF PERSONAL PROPERTY,{cells}"
        )
    return "\n".join(lines) + "\n"


def residents_by_ward(people: int = 15000, codes: Sequence[str] = tuple(RISKY)) -> str:
    return return_csv(
        *(f"residents,{code},,2023-06,,,{people},,,,,Council research team," for code in codes)
    )


def risky_borough() -> str:
    span = months("2022-01", "2023-12")
    head = ",".join(
        ["MajorText,MinorText,LookUp_BoroughName", *(f"{m.year}{m.month:02d}" for m in span)]
    )
    cells = ",".join([str(sum(RISKY.values()))] * len(span))
    return f"{head}\nRobbery,Robbery of Personal Property,Barnet,{cells}\n"


def risky_wards(folder: Path, **more: str) -> Breakdown:
    files = {"borough.csv": risky_borough(), "wards.csv": risky_csv(), "look.csv": ward_lookup()}
    return wards_of(make(folder, {**files, **{f"{name}.csv": text for name, text in more.items()}}))


def test_wards_with_residents_have_rates_and_a_place_within_the_borough(tmp_path: Path) -> None:
    """All wards have 15,000 residents: the order is that of the counts."""
    found = risky_wards(tmp_path, residents=residents_by_ward())
    assert "No rates" not in found.note
    assert found.ranked == 24
    by_code = {row.key: row for row in found.rows}
    places = [by_code[code].rank for code in RISKY]
    assert [one.value for one in places if one] == list(range(1, 25))
    first = by_code["E05013600"]
    assert first.rate is not None and first.rank is not None and first.shrunk is not None
    assert first.rate.value == pytest.approx(10000 * 12 * 40 / 15000)
    assert found.average is not None
    whole = 10000 * 12 * sum(RISKY.values()) / (24 * 15000)
    assert found.average.value == pytest.approx(whole)
    assert first.rate.value < float(first.shrunk.value or 0) < whole
    assert first.rank.interval is not None
    assert (first.rank.interval.low, first.rank.interval.high >= 1) == (1, True)


def test_only_what_is_clearly_off_the_borough_is_said_to_differ(tmp_path: Path) -> None:
    found = risky_wards(tmp_path, residents=residents_by_ward())
    by_code = {row.key: row for row in found.rows}
    assert by_code["E05013623"].differs == "higher"
    assert found.average is not None
    for row in found.rows:
        assert row.shrunk is not None and row.shrunk.interval is not None
        average, interval = float(found.average.value or 0), row.shrunk.interval
        inside = interval.low <= average <= interval.high
        assert (row.differs == "not clear") == inside
    assert {row.differs for row in found.rows} >= {"higher", "not clear"}


def test_without_residents_there_is_no_place_and_the_note_says_what_to_load(
    tmp_path: Path,
) -> None:
    found = risky_wards(tmp_path)
    assert {row.rank for row in found.rows} == {row.rate for row in found.rows} == {None}
    assert "no ward has a denominator" in found.note
    assert "whose measure is residents" in found.note
    assert all(row.share is not None for row in found.rows)


def test_a_ward_without_residents_is_named_and_has_no_place(tmp_path: Path) -> None:
    codes = [code for code in RISKY if code != "E05013600"]
    found = risky_wards(tmp_path, residents=residents_by_ward(codes=codes))
    assert found.ranked == 23
    assert "No rate for want of a denominator: Ward 00." in found.note


def test_where_the_year_is_not_complete_wards_have_the_quarter(tmp_path: Path) -> None:
    files = {
        "borough.csv": risky_borough(),
        "wards.csv": risky_csv("2023-06", "2023-12"),
        "look.csv": ward_lookup(),
        "residents.csv": residents_by_ward(),
    }
    found = wards_of(make(tmp_path, files))
    assert found.period.label() == "October to December 2023"
    by_code = {row.key: row for row in found.rows}
    assert by_code["E05013600"].current.value == 3 * 40
    assert found.ranked == 24
