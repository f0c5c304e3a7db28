"""Archives that are broken or mean harm: one clear message each, and nothing half-loaded."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from pathlib import Path

import pytest
from tests.made_sources import NOW, SOURCES, street_csv, wide_csv

from saferboard.analytics.intake.add import add
from saferboard.analytics.intake.archive import climbs
from saferboard.analytics.intake.limits import Limits
from saferboard.analytics.intake.report import AddReport
from saferboard.analytics.store.lake import Lake

_WIDE = wide_csv("2023-01", "2023-12", value=3)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    return tmp_path / "lake"


def zipped(path: Path, **members: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), body)
    return path


def put(lake: Path, path: Path, **limits: int) -> AddReport:
    return add(lake, [path], SOURCES, now=NOW, limits=Limits(**limits))


def refused_whole(lake: Path, report: AddReport, words: str) -> None:
    """One message; no load; nothing left in the lake's folder."""
    (one,) = report.refused
    assert words in one.problem.sentence()
    assert one.problem.file
    assert one.problem.remedy
    assert not report.read
    assert Lake.open(lake).vintages == ()
    assert [p.name for p in lake.iterdir() if p.name.endswith(".lock")] == [
        p.name for p in lake.iterdir()
    ]


def test_a_zip_within_a_zip_is_read(lake: Path, tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", wide_csv=_WIDE)
    outer = zipped(tmp_path / "outer.zip", **{"inner.zip": inner.read_bytes()})
    report = put(lake, outer)
    assert report.ok
    assert report.read[0].files[0].name == "outer.zip!inner.zip!wide.csv"


def test_a_gzip_within_a_zip_is_read(lake: Path, tmp_path: Path) -> None:
    outer = zipped(tmp_path / "outer.zip", **{"wide.csv.gz": gzip.compress(_WIDE.encode())})
    assert put(lake, outer).ok


def test_a_zip_in_a_zip_in_a_zip_is_refused(lake: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", wide_csv=_WIDE)
    for name in ("b.zip", "c.zip"):
        path = zipped(tmp_path / name, **{path.name: path.read_bytes()})
    refused_whole(lake, put(lake, path), "zip in a zip in a zip")


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_zip_is_refused_whole(lake: Path, tmp_path: Path, kept: float) -> None:
    members = {f"2022-0{n}-north-street_csv": street_csv(f"2022-0{n}", 40) for n in range(1, 6)}
    path = zipped(tmp_path / "cut.zip", **members)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
    refused_whole(lake, put(lake, path), "cut short or damaged")


def test_a_zip_with_a_damaged_member_is_refused_whole(lake: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("2022-01-north-street.csv", street_csv("2022-01", 40))
        archive.writestr("2022-02-north-street.csv", street_csv("2022-02", 40))
    data = path.read_bytes()
    at = data.rindex(b"Burglary")
    path.write_bytes(data[:at] + b"Burgl@ry" + data[at + 8 :])
    refused_whole(lake, put(lake, path), "cut short or damaged")


def test_a_truncated_gzip_is_refused(lake: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.csv.gz"
    path.write_bytes(gzip.compress(_WIDE.encode())[:60])
    refused_whole(lake, put(lake, path), "gzip file is cut short")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(lake: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", wide_csv=b"0" * 30_000_000)
    refused_whole(lake, put(lake, path), "decompression bomb")


def test_a_zip_bomb_that_lies_about_its_size_is_refused(lake: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", wide_csv=b"0" * 30_000_000)
    data = path.read_bytes()
    # The size of the only member stands in both headers: make each claim 1,000 bytes.
    path.write_bytes(data.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 1_000)))
    refused_whole(lake, put(lake, path), "damaged")


def test_a_gzip_bomb_is_refused(lake: Path, tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 30_000_000))
    refused_whole(lake, put(lake, path), "decompression bomb")


def test_zips_within_a_zip_share_its_limit(lake: Path, tmp_path: Path) -> None:
    inner = {}
    for number in range(4):
        part = zipped(tmp_path / f"{number}.zip", a_csv=bytes([number]) * 300)
        inner[f"{number}.zip"] = part.read_bytes()
    outer = zipped(tmp_path / "outer.zip", **inner)
    refused_whole(lake, put(lake, outer, unpacked=1200), "bytes")
    assert "unpacks to" not in put(lake, outer).refused[0].problem.sentence()


def test_the_limits_can_be_moved(lake: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "fine.zip", a_csv=_WIDE, b_csv=wide_csv("2022-01", "2022-12"))
    refused_whole(lake, put(lake, path, unpacked=100), "unpacks to")
    refused_whole(lake, put(lake, path, members=1), "2 files")
    refused_whole(lake, put(lake, path, ratio=1, small=0), "times its size")
    assert put(lake, path).ok


@pytest.mark.parametrize(
    "name",
    ["../up.csv", "a/../../up.csv", "/etc/up.csv", "C:/up.csv", "..\\up.csv", "\\\\host\\up.csv"],
)
def test_a_path_that_climbs_out_is_refused(lake: Path, tmp_path: Path, name: str) -> None:
    assert climbs(name)
    path = tmp_path / "climber.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.csv", _WIDE)
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, _WIDE)
    refused_whole(lake, put(lake, path), "climbs out")
    assert not (tmp_path / "up.csv").exists()


@pytest.mark.parametrize("name", ["a.csv", "a/b.csv", "2022-01/2022-01-x.csv", "a..b.csv"])
def test_an_honest_path_is_not_refused(name: str) -> None:
    assert not climbs(name)


def test_an_encrypted_member_is_refused(lake: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "locked.zip", wide_csv=_WIDE)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1  # the flag that says "encrypted"
    path.write_bytes(bytes(data))
    refused_whole(lake, put(lake, path), "encrypted")


def test_a_link_is_refused(lake: Path, tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("link.csv")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    refused_whole(lake, put(lake, path), "a link")


def test_two_members_of_one_name_are_refused(lake: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.csv", _WIDE)
        archive.writestr("a.csv", wide_csv("2022-01", "2022-12"))
    refused_whole(lake, put(lake, path), "two files of one name")


def test_a_bad_archive_does_not_keep_a_good_file_out(lake: Path, tmp_path: Path) -> None:
    folder = tmp_path / "download"
    folder.mkdir()
    (folder / "wide.csv").write_text(_WIDE)
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(200))
    report = add(lake, [folder], SOURCES, now=NOW)
    assert len(report.refused) == 1
    assert len(report.read) == 1


def test_a_file_that_only_says_it_is_a_zip_is_refused(lake: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.zip"
    path.write_text("<html>Not found</html>")
    report = put(lake, path)
    assert "No source recognises this file" in report.refused[0].problem.sentence()


def test_members_of_system_folders_are_passed_over(lake: Path, tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("wide.csv", _WIDE)
        archive.writestr("__MACOSX/._wide.csv", b"\0\5\x16\7")
    path = tmp_path / "mac.zip"
    path.write_bytes(stream.getvalue())
    report = put(lake, path)
    assert report.ok
    assert [one.name for one in report.skipped] == ["mac.zip!__MACOSX/._wide.csv"]
