"""What is refused in a file of the wide form: one clear Problem with file, place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading import loads, recognised_by, rows, total, written

from saferboard.vocabulary.problem import Problem

GOOD = """
Group,SubGroup,BOCU,202604,202605,202606
ROBBERY,ROBBERY OF PERSONAL PROPERTY,Barnet,60,61,62
VEHICLE OFFENCES,THEFT FROM A VEHICLE,Barnet,150,151,152
"""


@pytest.mark.parametrize(
    ("edit", "place", "words"),
    [
        (("202605,", "202604,"), "column “202604”", "stands twice"),
        (("202605,202606", "202606,202605"), "column “202605”", "comes after 2026-06"),
        (("202606\n", "202613\n"), "column “202613”", "not a month"),
        (("150,", "-150,"), "line 3, column “202604”", "negative"),
        (("151,", "151.5,"), "line 3, column “202605”", "not a whole number"),
        (("152", ""), "line 3, column “202606”", "not a zero"),
        (("151,", "n/a,"), "line 3, column “202605”", "not a count"),
        (("150,151,152", "150,151"), "line 3", "5 cells where the header has 6"),
        (("60,61,62", "60,61,62,63"), "line 2", "7 cells"),
        (("SubGroup", "Kind"), "line 1", "not one that this publisher has used"),
    ],
)
def test_a_fault_is_named_with_its_place(
    tmp_path: Path, edit: tuple[str, str], place: str, words: str
) -> None:
    path = written(tmp_path / "borough.csv", GOOD.lstrip().replace(*edit, 1))
    with pytest.raises(Problem) as caught:
        loads("mps-borough", path)
    assert caught.value.file == "borough.csv"
    assert place in (caught.value.place or "")
    assert words in caught.value.message
    assert caught.value.remedy


def test_a_header_with_nothing_under_it_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "empty.csv", "Group,SubGroup,BOCU,202604,202605,202606")
    with pytest.raises(Problem, match="nothing under it"):
        loads("mps-borough", path)


def test_an_empty_file_and_a_file_of_something_else_are_nobodys(tmp_path: Path) -> None:
    for name, data in (("empty.csv", b""), ("noise.csv", bytes(range(256)) * 9)):
        (tmp_path / name).write_bytes(data)
        assert recognised_by(tmp_path / name) == []
    assert recognised_by(written(tmp_path / "other.csv", "Name,Price\nTea,2")) == []


def test_the_same_row_twice_is_refused_and_two_cut_labels_are_added(tmp_path: Path) -> None:
    twice = GOOD + "VEHICLE OFFENCES,THEFT FROM A VEHICLE,Barnet,150,151,152\n"
    with pytest.raises(Problem, match="repeats line 3") as caught:
        loads("mps-borough", written(tmp_path / "pasted.csv", twice))
    assert caught.value.place == "line 4"
    cut = GOOD + "VEHICLE OFFENCES,THEFT FROM A VEHICLE,Barnet,1,0,2\n"
    (load,) = loads("mps-borough", written(tmp_path / "cut.csv", cut))
    assert total(load, offence="theft-from-vehicle") == 456


def test_a_header_under_notes_is_found(tmp_path: Path) -> None:
    moved = "Recorded crime\nCreated for the board\n\n" + GOOD.lstrip()
    (load,) = loads("mps-borough", written(tmp_path / "moved.csv", moved))
    assert total(load) == 636
    with pytest.raises(Problem) as caught:
        loads("mps-borough", written(tmp_path / "bad.csv", moved.replace("150,", "-150,")))
    assert caught.value.place == "line 6, column “202604”"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheet_programs_are_read(tmp_path: Path, encoding: str) -> None:
    text = GOOD.replace("ROBBERY OF PERSONAL PROPERTY", "ROBBERY – PERSONAL")
    (load,) = loads("mps-borough", written(tmp_path / "borough.csv", text, encoding))
    assert {row["minor"] for row in rows(load, offence=None)} == {"ROBBERY – PERSONAL"}


def test_bytes_that_are_no_text_are_refused_by_line(tmp_path: Path) -> None:
    path = written(tmp_path / "broken.csv", GOOD)
    path.write_bytes(path.read_bytes().replace(b"VEHICLE OFFENCES", b"VEHICLE \x81\xff"))
    with pytest.raises(Problem, match="not text") as caught:
        loads("mps-borough", path)
    assert caught.value.place == "line 3"
