"""Files: what is taken, who gets it, and what is left when one is removed."""

from __future__ import annotations

import errno
import io
import shutil
import zipfile
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction
from django.utils import timezone
from docx import Document as WordDocument
from openpyxl import Workbook
from tests.workspace.staff import make_staff

from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access import operations as access
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.access.session import acting
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.files import operations, queries, storage
from saferboard.workspace.files.archives import Limits
from saferboard.workspace.files.kinds import Accepts, file_kinds
from saferboard.workspace.files.models import File

ALL = Accepts(frozenset(file_kinds()), 2_000_000)


@pytest.fixture
def staff(database: Addresses) -> dict[str, Actor]:
    shutil.rmtree(storage.path_of("00" * 32).parents[1], ignore_errors=True)
    return make_staff()


def _matter(by: Actor) -> UUID:
    return access.open_matter(
        kind="paper", purpose="governance", parties=[], by=by, now=timezone.now()
    )


def _keep(content: bytes, name: str, by: Actor, **where: object) -> UUID:
    given = {"accepts": ALL, **where}
    return operations.keep_file(
        content=io.BytesIO(content), name=name, by=by, now=timezone.now(), **given
    )


def _fetch(file: UUID, by: Actor) -> queries.GivenFile | None:
    return queries.fetch_file(file, by=by, now=timezone.now())


def _word() -> bytes:
    made = io.BytesIO()
    WordDocument().save(made)
    return made.getvalue()


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return made.getvalue()


def _book() -> bytes:
    made = io.BytesIO()
    Workbook().save(made)
    return made.getvalue()


def test_a_file_comes_back_as_it_was_to_whoever_sees_its_matter(staff: dict[str, Actor]) -> None:
    by = staff["analyst"]
    file = _keep(b"a,b\n1,2\n", "figures.csv", by, matter=_matter(by))
    given = _fetch(file, by)
    assert given is not None
    assert given.path.read_bytes() == b"a,b\n1,2\n"
    assert (given.name, given.media, given.inline) == ("figures.csv", "text/plain", False)
    row = Event.objects.using("owner").order_by("-id")[0]
    assert (row.event, row.subject, row.actor) == ("files.file.given", file, by.person)


def test_nobody_else_gets_it_and_absent_looks_alike(staff: dict[str, Actor]) -> None:
    by = staff["analyst"]
    file = _keep(b"words", "note.txt", by, matter=_matter(by))
    for other in ("second analyst", "administrator", "police approver", "stranger"):
        for one in (file, uuid4()):
            assert _fetch(one, staff[other]) is None
            assert Event.objects.using("owner").order_by("-id")[0].event == "files.file.refused"
        with acting(staff[other]):
            assert not File.objects.exists()
    assert _fetch(file, SYSTEM) is None
    assert not File.objects.exists()


def test_a_file_of_a_permission_goes_to_whoever_has_it(staff: dict[str, Actor]) -> None:
    file = _keep(b"words", "note.txt", staff["analyst"], permission="data.load")
    assert _fetch(file, staff["second analyst"]) is not None
    assert _fetch(file, staff["member"]) is None
    with pytest.raises(Refused):
        _keep(b"words", "note.txt", staff["member"], permission="data.load")


def test_whoever_may_not_see_a_matter_adds_nothing_to_it(staff: dict[str, Actor]) -> None:
    matter = _matter(staff["analyst"])
    with pytest.raises(Refused):
        _keep(b"words", "note.txt", staff["second analyst"], matter=matter)
    assert queries.list_files(matter, by=staff["second analyst"], now=timezone.now()) is None
    assert queries.list_files(matter, by=staff["analyst"], now=timezone.now()) == []


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "empty.csv", "empty"),
        (b" \n ", "blank.txt", "empty"),
        (b"%PDF-1.7\n", "paper.docx", "is a PDF"),
        (_word(), "paper.pdf", "is a Word document"),
        (b"<html><script>alert(1)</script>", "figures.csv", "is a web page"),
        (b"<!-- x --> <!DOCTYPE html><p>", "note.txt", "is a web page"),
        (b"MZ\x90\x00\x03", "figures.csv", "is a program"),
        (b"\x7fELF\x02", "paper.pdf", "is a program"),
        (b"\x00\x01\x02\x03", "figures.csv", "no kind that is known"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1abc", "old.doc", "before 2007"),
        (b"PK\x03\x04 but not really", "data.zip", "damaged"),
        (_zip({"word/document.xml": b"", "word/vbaProject.bin": b"x"}), "m.docm", "macros"),
        (_zip({"xl/workbook.xml": b"", "xl/macrosheets/sheet1.xml": b""}), "m.xlsx", "macros"),
        (
            _zip({"word/document.xml": b"", "[Content_Types].xml": b"x.macroEnabled.main+xml"}),
            "m.docx",
            "macros",
        ),
        (b"x" * 2_000_001, "long.txt", "larger than 2 MB"),
        (_word(), "paper", "called “.nothing”"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_not_what_it_says_is_refused(
    staff: dict[str, Actor], content: bytes, name: str, words: str
) -> None:
    with pytest.raises(Problem, match=words):
        _keep(content, name, staff["analyst"], permission="data.load")
    with transaction.atomic(), acting(staff["analyst"]):
        assert not File.objects.exists()
    assert not any(path.is_file() for path in storage.path_of("00" * 32).parents[1].rglob("*"))


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (_word(), "Paper for the board.v2.DOCX", "docx"),
        (_book(), "figures.xlsx", "xlsx"),
        (_zip({"a.csv": b"a\n"}), "data.zip", "zip"),
        (b"%PDF-1.7\n", "paper.pdf", "pdf"),
        ("Überschrift".encode("cp1252"), "note.txt", "text"),
        ("a;b\n".encode("utf-16"), "figures.csv", "text"),
        (b'{"type": "FeatureCollection"}', "wards.geojson", "json"),
        (b"<!doctype html><p>x", "paper.html", "html"),
        (b"\x89PNG\r\n\x1a\n...", "logo.png", "png"),
    ],
)
def test_what_is_what_it_says_is_taken(
    staff: dict[str, Actor], content: bytes, name: str, kind: str
) -> None:
    file = _keep(content, name, staff["analyst"], permission="data.load")
    with acting(staff["analyst"]):
        assert File.objects.get(id=file).kind == kind


def test_a_bomb_is_refused_before_it_is_unpacked(staff: dict[str, Actor]) -> None:
    bomb = _zip({"a.csv": b"0" * 30_000_000})
    assert len(bomb) < 40_000
    with pytest.raises(Problem, match="unpacks to 30 MB"):
        _keep(bomb, "data.zip", staff["analyst"], permission="data.load")
    many = _zip({f"{n}.csv": b"" for n in range(30)})
    few = Accepts(ALL.kinds, ALL.most_bytes, Limits(parts=20))
    with pytest.raises(Problem, match="30 parts"):
        _keep(many, "data.zip", staff["analyst"], permission="data.load", accepts=few)


def test_a_kind_that_is_not_asked_for_is_refused_with_those_that_are(
    staff: dict[str, Actor],
) -> None:
    only = Accepts(frozenset({"docx", "pdf"}), 1000)
    with pytest.raises(Problem, match=r"not taken here.*PDF, Word document"):
        _keep(b"a,b\n", "a.csv", staff["analyst"], permission="data.load", accepts=only)


def test_a_name_leads_nowhere(staff: dict[str, Actor]) -> None:
    plain = operations.plain_name
    assert plain("../../etc/passwd") == "passwd"
    assert plain("C:\\papers\\draft.docx") == "draft.docx"
    assert plain("a\r\nSet-Cookie: x\x00.txt") == "aSet-Cookie: x.txt"
    assert plain("...") == "file"
    long = plain(f"{'x' * 900}.docx")
    assert len(long) == 200
    assert long.endswith(".docx")


def test_no_room_says_so_and_leaves_nothing(
    staff: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(Problem, match="no room on the server"):
        _keep(b"words", "note.txt", staff["analyst"], permission="data.load")
    assert list((storage.path_of("00" * 32).parents[1] / "arriving").iterdir()) == []


def test_the_same_bytes_lie_once_and_go_with_the_last_file(staff: dict[str, Actor]) -> None:
    by = staff["analyst"]
    first = _keep(b"the same", "one.txt", by, permission="data.load")
    second = _keep(b"the same", "two.txt", by, matter=_matter(by))
    given = _fetch(first, by)
    assert given is not None
    operations.remove_file(file=first, by=by, now=timezone.now())
    assert given.path.exists()
    assert _fetch(first, by) is None
    assert _fetch(second, by) is not None
    operations.remove_file(file=second, by=by, now=timezone.now())
    operations.remove_file(file=second, by=by, now=timezone.now())
    assert not given.path.exists()
    assert Event.objects.using("owner").filter(event="files.file.removed").count() == 2


def test_whoever_may_not_have_a_file_does_not_remove_it(staff: dict[str, Actor]) -> None:
    file = _keep(b"words", "one.txt", staff["analyst"], matter=_matter(staff["analyst"]))
    for who, one in (("member", file), ("analyst", uuid4())):
        with pytest.raises(Refused):
            operations.remove_file(file=one, by=staff[who], now=timezone.now())
    assert _fetch(file, staff["analyst"]) is not None


def test_a_new_version_replaces_the_newest_and_nothing_else(staff: dict[str, Actor]) -> None:
    by, matter = staff["analyst"], _matter(staff["analyst"])
    first = _keep(b"one", "a.txt", by, matter=matter)
    second = _keep(b"two", "a.txt", by, matter=matter, before=first)
    listed = queries.list_files(matter, by=by, now=timezone.now())
    assert listed is not None
    assert [(one.id, one.version) for one in listed] == [(second, 2)]
    with pytest.raises(Problem, match="newer version"):
        _keep(b"three", "a.txt", by, matter=matter, before=first)
    with pytest.raises(Problem, match="newer version"):
        _keep(b"three", "a.txt", by, matter=_matter(by), before=second)


def test_lost_bytes_are_told_and_not_given(staff: dict[str, Actor]) -> None:
    by = staff["analyst"]
    file = _keep(b"words that are lost", "one.txt", by, permission="data.load")
    given = _fetch(file, by)
    assert given is not None
    given.path.unlink()
    with pytest.raises(Problem, match="not in its place"):
        _fetch(file, by)


def test_the_database_keeps_the_bytes_of_a_row_and_the_row(
    staff: dict[str, Actor], database: Addresses
) -> None:
    file = _keep(b"words", "one.txt", staff["analyst"], permission="data.load")
    for statement in (
        "update files_file set sha256 = repeat('0', 64) where id = %s",
        "delete from files_file where id = %s",
        "update files_file set permission = '' where id = %s",
    ):
        with psycopg.connect(database.owner) as owner:
            owner.execute("set saferboard.actor = '00000000-0000-0000-0000-000000000000'")
            with pytest.raises(psycopg.Error):
                owner.execute(statement, [file])


def test_what_is_kept_lies_where_only_the_workspace_reads(staff: dict[str, Actor]) -> None:
    file = _keep(b"words", "one.txt", staff["analyst"], permission="data.load")
    given = _fetch(file, staff["analyst"])
    assert given is not None
    assert Path(given.path).stat().st_mode & 0o777 == 0o400
    assert Path(given.path).parent.stat().st_mode & 0o077 == 0
    assert "one" not in given.path.name
