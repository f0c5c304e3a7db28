"""A draft goes in and comes back marked, for the one who asked and for a day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from docx import Document as WordDocument
from tests.workspace.evidence.conftest import TO

from saferboard.vocabulary.partnership import load_partnership
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.access.session import acting
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.evidence.paper_check import deleting, operations, queries
from saferboard.workspace.evidence.paper_check.checking import do_check
from saferboard.workspace.evidence.paper_check.models import PaperCheck
from saferboard.workspace.files.models import File
from saferboard.workspace.jobs.models import Job

Staff = dict[str, Actor]
WRONG = "Burglary fell by 50% from 200 to 150 offences. Sentence to finish: TBC."


def word(*lines: str) -> bytes:
    """A Word paper."""
    document = WordDocument()
    for line in lines:
        document.add_paragraph(line)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _ask(by: Actor, papers: Sequence[tuple[str, bytes]], **more: object) -> UUID:
    streams = [(name, io.BytesIO(body)) for name, body in papers]
    return operations.ask_check(papers=streams, by=by, now=timezone.now(), **more)  # type: ignore[arg-type]  # as they come


def _do(check: UUID, by: Actor) -> None:
    """As the worker does."""
    do_check(check, say=lambda percent, words: None, by=by, now=timezone.now())
    Job.objects.filter(subject=check).update(state="done", ended=timezone.now())


def _page(check: UUID, by: Actor) -> queries.CheckPage | None:
    return queries.fetch_check(check, by=by, now=timezone.now())


def test_a_draft_comes_back_marked_as_page_and_as_word_with_comments(
    staff: Staff, home: Path
) -> None:
    by = staff["member"]
    check = _ask(by, [("Draft paper.docx", word("Report", WRONG)), ("note.txt", b"All is well.")])
    waiting = _page(check, by)
    assert waiting is not None
    assert waiting.job is not None
    assert (waiting.line.done, waiting.job.title) == (False, "Checking the papers")
    _do(check, by)
    page = _page(check, by)
    assert page is not None
    assert page.line.papers == ("Draft paper.docx", "note.txt")
    assert any(one.expected == "25%" for one in page.findings)
    assert dict(page.line.counts)["error"] == sum(one.severity == "error" for one in page.findings)
    report = queries.fetch_report(check, by=by, now=timezone.now())
    assert report is not None
    assert "fell by 50%" in report.path.read_text("utf-8")
    assert [one.name for one in page.copies] == ["Draft paper.docx"]
    copy = queries.fetch_copy(check, page.copies[0].file, by=by, now=timezone.now())
    assert copy is not None
    with zipfile.ZipFile(copy.path) as package:
        assert "word/comments.xml" in package.namelist()
    assert not (home / "checking" / str(check)).exists()


def test_figures_are_looked_up_for_an_area(staff: Staff, home: Path) -> None:
    by, area = staff["analyst"], load_partnership(home).area
    text = f"There were 99,999 burglaries in {area.name} in the 12 months to June 2025."
    check = _ask(by, [("a.txt", text.encode())], area=area.code, to=TO)
    _do(check, by)
    page = _page(check, by)
    assert page is not None
    assert page.line.done
    with pytest.raises(Problem, match="not one of the partnership"):
        _ask(by, [("a.txt", b"x")], area="E09000001")


def test_nobody_else_sees_a_check_nor_its_files(staff: Staff, home: Path) -> None:
    by = staff["member"]
    check = _ask(by, [("a.docx", word(WRONG))])
    _do(check, by)
    page = _page(check, by)
    assert page is not None
    others = [staff["analyst"], staff["second analyst"]]
    for other in others:
        assert _page(check, other) is None
        assert queries.fetch_report(check, by=other, now=timezone.now()) is None
        copy = page.copies[0].file
        assert queries.fetch_copy(check, copy, by=other, now=timezone.now()) is None
        assert queries.list_checks(by=other, now=timezone.now()) == []
        with pytest.raises(Refused):
            deleting.delete_check(check=check, by=other, now=timezone.now())
        with acting(other):
            assert not PaperCheck.objects.exists()
            assert not File.objects.exists()
    for stranger in (staff["administrator"], staff["stranger"], SYSTEM):
        with pytest.raises(Refused):
            _page(check, stranger)
        with pytest.raises(Refused):
            _ask(stranger, [("a.txt", b"x")])
    assert queries.fetch_copy(check, uuid4(), by=by, now=timezone.now()) is None


def test_the_record_holds_no_word_of_a_paper(staff: Staff, home: Path) -> None:
    by = staff["member"]
    check = _ask(by, [("Jane Example.docx", word(WRONG))])
    _do(check, by)
    _page(check, by)
    rows = "\n".join(str(one) for one in Event.objects.using("owner").values_list())
    assert "Jane" not in rows
    assert "Burglary" not in rows
    done = Event.objects.using("owner").get(event="papers.check.done")
    assert set(done.details) == {"errors", "warnings", "advice"}


def test_deleted_means_that_nothing_is_left(staff: Staff, home: Path) -> None:
    by = staff["member"]
    check = _ask(by, [("a.docx", word(WRONG))])
    _do(check, by)
    kept = [path for path in (home / "files").rglob("*") if path.is_file()]
    assert len(kept) == 4  # the draft, the report, the findings, the copy
    deleting.delete_check(check=check, by=by, now=timezone.now())
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []
    assert _page(check, by) is None
    with acting(by):
        assert set(File.objects.values_list("name", flat=True)) == {""}
    with pytest.raises(Refused):
        deleting.delete_check(check=check, by=by, now=timezone.now())


def test_after_a_day_it_is_gone_whether_the_worker_runs_or_not(staff: Staff, home: Path) -> None:
    by, now = staff["member"], timezone.now()
    check = _ask(by, [("a.txt", WRONG.encode())])
    _do(check, by)
    almost = now + timedelta(hours=23, minutes=59)
    day = now + timedelta(hours=24, seconds=5)
    assert deleting.delete_expired(now=almost) == 0
    assert queries.fetch_check(check, by=by, now=almost) is not None
    assert queries.fetch_check(check, by=by, now=day) is None
    assert queries.list_checks(by=by, now=day) == []
    assert deleting.delete_expired(now=day) == 1
    assert deleting.delete_expired(now=day) == 0
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []
    assert Event.objects.using("owner").get(event="papers.check.deleted").details == {
        "why": "expired"
    }


def test_deleted_while_it_is_checked_keeps_no_answer(staff: Staff, home: Path) -> None:
    by = staff["member"]
    check = _ask(by, [("a.docx", word(WRONG))])

    def delete(percent: int, words: str) -> None:
        if percent == 90:
            deleting.delete_check(check=check, by=by, now=timezone.now())

    do_check(check, say=delete, by=by, now=timezone.now())
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []
    assert not (home / "checking" / str(check)).exists()
    _do(check, by)  # the job is given out again: nothing to do


def test_one_bad_paper_keeps_the_others_out_and_says_which(staff: Staff, home: Path) -> None:
    by = staff["member"]
    with pytest.raises(Problem, match=r"b\.docx.*damaged"):
        _ask(by, [("a.docx", word("x")), ("b.docx", b"PK\x03\x04 nothing")])
    assert [path for path in (home / "files").rglob("*") if path.is_file()] == []
    for papers in ([], [("a.txt", b"x")] * 11):
        with pytest.raises(Problem, match="at least one paper and at most 10"):
            _ask(by, papers)
    assert not Job.objects.exists()


def test_a_paper_that_cannot_be_read_is_said_to_be_so(staff: Staff, home: Path) -> None:
    by = staff["member"]
    scanned = b"%PDF-1.7\n%%EOF"
    check = _ask(by, [("scan.pdf", scanned)])
    with pytest.raises(Problem, match=r"scan\.pdf"):
        _do(check, by)
    two = _ask(by, [("scan.pdf", scanned), ("a.txt", WRONG.encode())])
    _do(two, by)
    report = queries.fetch_report(two, by=by, now=timezone.now())
    assert report is not None
    assert "Not read, and so not checked" in report.path.read_text("utf-8")


def test_two_papers_of_one_name_are_told_apart(staff: Staff, home: Path) -> None:
    by = staff["member"]
    check = _ask(by, [("a.docx", word(WRONG)), ("a.docx", word(WRONG, "And more."))])
    _do(check, by)
    page = _page(check, by)
    assert page is not None
    assert sorted(one.name for one in page.copies) == ["2 a.docx", "a.docx"]
