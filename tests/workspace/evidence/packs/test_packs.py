"""A pack from its opening to its freezing, on the sample partnership."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.workspace.evidence.conftest import TO

from saferboard.analytics.disclosure import read_log
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.packs.build import Built
from saferboard.vocabulary.partnership import load_partnership
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.access.permission import Refused
from saferboard.workspace.audit.actor import SYSTEM, Actor
from saferboard.workspace.audit.models import Event
from saferboard.workspace.config.roles import Addresses
from saferboard.workspace.evidence.packs import (
    commenting,
    making,
    operations,
    queries,
    reading,
    settling,
    shelf,
)
from saferboard.workspace.evidence.packs.built import FORMATS
from saferboard.workspace.evidence.packs.models import Agreement, Build, Pack, State
from saferboard.workspace.evidence.packs.remarks import commentary_for
from saferboard.workspace.jobs.models import Job
from saferboard.workspace.web.editing import Changed
from saferboard.workspace.web.listing import Listing

KEYS = ("personal-robbery", "confidence-police")
Staff = dict[str, Actor]


def _open(by: Actor, home: Path, **options: Any) -> UUID:
    area = load_partnership(home).area.code
    return operations.open_pack(
        kind="performance",
        area=area,
        to=TO,
        options={"measures": KEYS, **options},
        by=by,
        now=timezone.now(),
    )


def _newest(pack: UUID) -> Build:
    return Build.objects.filter(pack=pack).order_by("-number")[0]


def _make(pack: UUID, by: Actor) -> UUID:
    """Makes the newest build, as the worker does."""
    build = _newest(pack)
    making.make_build(build.id, say=lambda percent, words: None, by=by, now=timezone.now())
    Job.objects.filter(subject=build.id).update(state="done", ended=timezone.now())
    return build.id


def _page(pack: UUID, by: Actor) -> Any:
    return queries.fetch_pack(pack, by=by, now=timezone.now())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first build of these tests is kept for the others: making one takes seconds."""
    return tmp_path_factory.mktemp("kept") / "build"


@pytest.fixture
def built(staff: Staff, home: Path, kept: Path) -> UUID:
    """A draft with one build: made by the first test that asks, copied for the others."""
    by = staff["analyst"]
    pack = _open(by, home)
    if not kept.exists():
        shutil.copytree(shelf.folder_of(_make(pack, by)), kept)
        return pack
    build = _newest(pack)
    shutil.copytree(kept, shelf.folder_of(build.id))
    names = [path for path in kept.iterdir() if path.suffix.removeprefix(".") in FORMATS]
    files = sorted(
        (path for path in names if path.name != "contents.json"),
        key=lambda path: list(FORMATS).index(path.suffix.removeprefix(".")),
    )
    sheet = FactSheet.from_json((kept / "facts.json").read_text("utf-8"))
    used = commentary_for(build.pack.area, TO)
    making.finish(build, Built(tuple(files)), sheet, used, by=by, now=timezone.now())
    Job.objects.filter(subject=build.id).update(state="done", ended=timezone.now())
    return pack


def _settle(pack: UUID, staff: Staff, *, freeze: bool = True) -> UUID:
    now = timezone.now()
    build = Build.objects.filter(pack=pack).order_by("-number")[0].id
    settling.check_pack(pack=pack, build=build, by=staff["analyst"], now=now)
    for side in ("council approver", "police approver"):
        settling.agree_pack(pack=pack, build=build, by=staff[side], now=now)
    if freeze:
        settling.freeze_pack(pack=pack, by=staff["analyst"], now=now)
    return build


def test_a_pack_is_opened_with_its_build_asked_for_in_one_step(staff: Staff, home: Path) -> None:
    pack = _open(staff["analyst"], home, baseline=2023)
    build = Build.objects.get(pack=pack)
    job = Job.objects.get()
    assert (job.work, job.subject, job.person) == (
        "packs.pack.build", build.id, staff["analyst"].person,
    )  # fmt: skip
    page = _page(pack, staff["member"])
    assert (page.build, page.job.state, page.line.state) == (None, "waiting", "Draft")
    assert page.asked == (
        ("Measures", "personal-robbery, confidence-police"),
        ("Compared with the year", "2023"),
    )
    assert page.may == frozenset()
    with pytest.raises(Problem, match="such a pack already"):
        _open(staff["analyst"], home, baseline=2023)
    assert operations.ask_build(pack=pack, by=staff["analyst"], now=timezone.now()) == build.id
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"measures": ["no-such-measure"]}, "no measure"),
        ({"baseline": 1200}, "1990"),
        ({"wards": "all"}, "wards"),
        ({"as_known": "yesterday"}, "a day such as"),
        ({"ward": "x" * 101}, "100"),
    ],
)
def test_a_wrong_option_is_said_and_opens_nothing(
    staff: Staff, home: Path, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(Problem, match=words):
        _open(staff["analyst"], home, **options)
    with pytest.raises(Problem, match="not one of the partnership"):
        operations.open_pack(
            kind="ward", area="E09000001", to=TO, options={}, by=staff["analyst"],
            now=timezone.now(),
        )  # fmt: skip
    assert not Pack.objects.exists()
    assert not Job.objects.exists()


def test_a_build_has_five_formats_pages_charts_and_its_facts(
    staff: Staff, built: UUID, home: Path
) -> None:
    by = staff["member"]
    page = _page(built, by)
    assert [one.format for one in page.build.files] == [
        "html", "pdf", "pptx", "docx", "xlsx", "json",
    ]  # fmt: skip
    assert page.build.failed == ()
    for file in page.build.files:
        taken = reading.take_file(built, file.format, by=by, now=timezone.now())
        assert taken is not None
        assert shelf.hash_of(taken.path) == file.sha256
    assert Event.objects.using("owner").filter(event="packs.pack.taken").count() == 6
    section = reading.fetch_section(built, "personal-robbery", by=by, now=timezone.now())
    assert section is not None
    assert 'href="../figures/personal-robbery/' in section.html
    assert '<script type="application/json" id="figure-trend-personal-robbery' in section.html
    assert " style=" not in section.html
    chart = reading.fetch_chart(built, "trend-personal-robbery-wide.svg", by=by, now=timezone.now())
    assert chart is not None
    assert chart.read_bytes().startswith(b"<svg")
    assert [path.name for path in (home / "packs").iterdir()] == [str(page.build.id)]


def test_a_figure_leads_to_its_value_definition_and_files(staff: Staff, built: UUID) -> None:
    taken = reading.take_file(built, "json", by=staff["member"], now=timezone.now())
    assert taken is not None
    sheet = FactSheet.from_json(taken.path.read_text("utf-8"))
    fact = next(
        one for one in sheet if one.measure == "personal-robbery" and one.kind == "change_percent"
    )
    shown = reading.fetch_figure(built, fact.id, by=staff["member"], now=timezone.now())
    assert shown is not None
    figure = shown.figure
    assert figure.means == fact.verdict
    assert figure.definition is not None
    assert figure.definition.title == "Robbery of personal property"
    assert [one.load for one in figure.sources] == list(fact.vintages)
    assert all(mac for source in figure.sources for _, mac in source.files)
    assert figure.likely.count("%") == 2
    assert reading.fetch_figure(built, "none", by=staff["member"], now=timezone.now()) is None


def test_what_is_not_there_is_none_and_leads_nowhere(staff: Staff, built: UUID) -> None:
    by, now = staff["member"], timezone.now()
    for anchor in ("../../partnership", "nothing", "contents.json", ""):
        assert reading.fetch_section(built, anchor, by=by, now=now) is None
        assert reading.fetch_chart(built, anchor, by=by, now=now) is None
        assert reading.take_file(built, anchor, by=by, now=now) is None
    assert _page(uuid4(), by) is None
    assert reading.fetch_section(uuid4(), "summary", by=by, now=now) is None


def test_a_pack_goes_through_its_states_and_is_frozen(
    staff: Staff, built: UUID, home: Path
) -> None:
    build = _settle(built, staff)
    page = _page(built, staff["member"])
    assert (page.line.state, page.build.id, page.frozen_by) == ("Frozen", build, "analyst")
    assert [(one.side, one.person) for one in page.agreed] == [
        ("Council", "council approver"),
        ("Police", "police approver"),
    ]
    released = read_log(home).releases
    assert len(released) == 1
    assert (
        Event.objects.using("owner")
        .filter(event__startswith="packs.pack.")
        .exclude(event="packs.pack.read")
        .count()
        == 5
    )  # opened, checked, agreed twice, frozen


def test_a_frozen_pack_and_a_finished_build_never_change(
    staff: Staff, built: UUID, database: Addresses
) -> None:
    build = _settle(built, staff)
    now = timezone.now()
    for change in (
        lambda: operations.ask_build(pack=built, by=staff["analyst"], now=now),
        lambda: settling.send_back(pack=built, why="No", by=staff["analyst"], now=now),
        lambda: settling.freeze_pack(pack=built, by=staff["analyst"], now=now),
    ):
        with pytest.raises(Problem, match="is frozen"):
            change()
    with psycopg.connect(database.owner, autocommit=True) as owner:
        for statement, row in (
            ("update packs_pack set area_name = 'x' where id = %s", built),
            ("update packs_pack set state = 'draft', settled_id = null where id = %s", built),
            ("delete from packs_pack where id = %s", built),
            ("update packs_build set files = '[]' where id = %s", build),
            ("delete from packs_build where id = %s", build),
        ):
            with pytest.raises(psycopg.Error, match=r"Cannot|Invalid"):
                owner.execute(statement, [row])


def test_states_are_not_jumped_in_the_database_either(built: UUID) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Pack.objects.filter(id=built).update(state=State.FROZEN)


def test_a_frozen_pack_is_followed_by_one_edition(staff: Staff, built: UUID) -> None:
    by, now = staff["analyst"], timezone.now()
    with pytest.raises(Problem, match="follows a frozen"):
        operations.open_edition(pack=built, by=by, now=now)
    _settle(built, staff)
    new = operations.open_edition(pack=built, by=by, now=now)
    assert _page(new, by).line.edition == 2
    assert _page(built, by).newer == new
    with pytest.raises(Problem, match="follows a frozen"):
        operations.open_edition(pack=built, by=by, now=now)


def test_police_and_council_each_agree_once_and_by_different_people(
    staff: Staff, built: UUID
) -> None:
    now = timezone.now()
    build = Build.objects.get(pack=built).id
    with pytest.raises(Problem, match="is draft"):
        settling.agree_pack(pack=built, build=build, by=staff["police approver"], now=now)
    settling.check_pack(pack=built, build=build, by=staff["analyst"], now=now)
    with pytest.raises(Problem, match="by the police and by the council"):
        settling.agree_pack(pack=built, build=build, by=staff["health approver"], now=now)
    with pytest.raises(Problem, match="Another build"):
        settling.agree_pack(pack=built, build=uuid4(), by=staff["police approver"], now=now)
    settling.agree_pack(pack=built, build=build, by=staff["police approver"], now=now)
    with pytest.raises(Problem, match="for the police already"):
        settling.agree_pack(pack=built, build=build, by=staff["police approver"], now=now)
    both = Actor(staff["police approver"].person, staff["council approver"].agency)
    with pytest.raises(Refused):
        settling.agree_pack(pack=built, build=build, by=both, now=now)
    with pytest.raises(Refused):
        settling.agree_pack(
            pack=built, build=build, by=Actor(staff["council approver"].person), now=now
        )
    assert Pack.objects.get(id=built).state == State.CHECKED
    assert Agreement.objects.count() == 1
    assert "agree" not in _page(built, staff["police approver"]).may
    assert "agree" in _page(built, staff["council approver"]).may


def test_sent_back_it_needs_a_reason_a_check_and_both_sides_again(
    staff: Staff, built: UUID
) -> None:
    _settle(built, staff, freeze=False)
    now = timezone.now()
    with pytest.raises(Problem, match="reason"):
        settling.send_back(pack=built, why=" ", by=staff["police approver"], now=now)
    settling.send_back(pack=built, why="The rank is old", by=staff["police approver"], now=now)
    page = _page(built, staff["member"])
    assert (page.line.state, page.agreed, page.checked_by) == ("Draft", (), "")
    _settle(built, staff)
    assert Agreement.objects.filter(withdrawn_at=None).count() == 2


def test_whoever_has_no_role_for_it_may_not(staff: Staff, built: UUID, home: Path) -> None:
    now = timezone.now()
    build = Build.objects.get(pack=built).id
    for name in ("member", "council approver", "administrator", "stranger"):
        by = staff[name]
        for change in (
            lambda by=by: _open(by, home, baseline=2022),
            lambda by=by: operations.ask_build(pack=built, by=by, now=now),
            lambda by=by: settling.check_pack(pack=built, build=build, by=by, now=now),
            lambda by=by: settling.freeze_pack(pack=built, by=by, now=now),
            lambda by=by: operations.open_edition(pack=built, by=by, now=now),
        ):
            with pytest.raises(Refused):
                change()
    for by in (staff["administrator"], staff["stranger"], SYSTEM):
        for read in (
            lambda by=by: _page(built, by),
            lambda by=by: queries.list_packs(Listing("to", True, 1), by=by, now=now),
            lambda by=by: reading.fetch_section(built, "summary", by=by, now=now),
            lambda by=by: reading.fetch_chart(built, "x.svg", by=by, now=now),
            lambda by=by: reading.take_file(built, "pdf", by=by, now=now),
            lambda by=by: reading.fetch_figure(built, "x", by=by, now=now),
            lambda by=by: reading.list_remarks(built, by=by, now=now),
        ):
            with pytest.raises(Refused):
                read()
    assert (
        Event.objects.using("owner").filter(event="access.permission.refused").count()
        == 4 * 5 + 3 * 7
    )


def test_commentary_is_printed_checked_and_marked_as_older(staff: Staff, built: UUID) -> None:
    by, now = staff["analyst"], timezone.now()
    words = "Robbery fell after 9731 arrests on <b>3 March</b>.\r\n\r\nPatrols go on."

    def write(text: str, version: int, who: Actor = by) -> int:
        return commenting.write_remark(
            pack=built, measure=KEYS[0], text=text, author="Robbery lead",
            organisation="Police", date=date(2025, 7, 8), version=version, by=who, now=now,
        )  # fmt: skip

    with pytest.raises(Refused):
        write(words, 0, staff["member"])
    assert write(words, 0) == 1
    with pytest.raises(Changed) as second:
        write("Something else", 0, staff["second analyst"])
    assert second.value.fields[0].theirs.startswith("Robbery fell")
    assert second.value.by == "analyst"
    shown = reading.fetch_remark(built, KEYS[0], by=by, now=now)
    assert shown is not None
    assert (shown.version, shown.unknown) == (1, ("9731",))
    assert _page(built, by).build.renewed
    with pytest.raises(Problem, match="after this build"):
        settling.check_pack(pack=built, build=_page(built, by).build.id, by=by, now=now)
    operations.ask_build(pack=built, by=by, now=now)
    _make(built, by)
    section = reading.fetch_section(built, KEYS[0], by=by, now=now)
    assert section is not None
    assert "Robbery lead, Police, 8 July 2025" in section.html
    assert "&lt;b&gt;3 March" in section.html
    assert 'not checked: <span class="quoted"' in section.html
    assert not _page(built, by).build.renewed
    later = commentary_for(Pack.objects.get(id=built).area, TO + 3).commentary.of(KEYS[0])
    assert later is not None
    assert later.stale_from == TO
    lines = reading.list_remarks(built, by=by, now=now)
    assert lines is not None
    assert [(one.measure, one.state) for one in lines.lines] == [
        (KEYS[0], "Written"),
        (KEYS[1], "None"),
    ]


def test_commentary_without_an_author_or_measure_or_end_is_refused(
    staff: Staff, built: UUID
) -> None:
    def write(**what: Any) -> None:
        given = {"measure": KEYS[0], "text": "Because.", "author": "Lead", **what}
        commenting.write_remark(
            pack=built, organisation="", date=None, version=0, by=staff["analyst"],
            now=timezone.now(), **given,
        )  # fmt: skip

    for what, words in (
        ({"author": " "}, "who says so"),
        ({"measure": "nothing"}, "no measure"),
        ({"text": "x" * 5001}, "longer than 5000"),
    ):
        with pytest.raises(Problem, match=words):
            write(**what)


def test_a_file_that_was_changed_on_the_disk_is_not_given_and_not_frozen(
    staff: Staff, built: UUID
) -> None:
    build = _settle(built, staff, freeze=False)
    file = next(shelf.folder_of(build).glob("*.docx"))
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(Problem, match="byte for byte"):
        reading.take_file(built, "docx", by=staff["member"], now=timezone.now())
    with pytest.raises(Problem, match="not the one that was agreed"):
        settling.freeze_pack(pack=built, by=staff["analyst"], now=timezone.now())
    assert Pack.objects.get(id=built).state == State.AGREED


def test_a_build_that_is_stopped_half_way_leaves_nothing_and_can_be_done_again(
    staff: Staff, home: Path
) -> None:
    pack = _open(staff["analyst"], home)
    build = Build.objects.get(pack=pack).id

    def stop(percent: int, words: str) -> None:
        if percent >= 90:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make_build(build, say=stop, by=SYSTEM, now=timezone.now())
    assert list((home / "packs").iterdir()) == []
    assert Build.objects.get(id=build).finished_at is None
    (home / "packs" / f".making-{build}-lost").mkdir()  # a worker that was killed left this
    (home / "packs" / str(build)).mkdir()  # and this, between renaming and committing
    _make(pack, staff["analyst"])
    assert [one.name for one in (home / "packs").iterdir()] == [str(build)]
    assert len(_page(pack, staff["member"]).build.files) == 6


def test_a_pack_without_data_says_so_and_stays_unbuilt(staff: Staff, home: Path) -> None:
    area = load_partnership(home).area.code
    pack = operations.open_pack(
        kind="performance", area=area, to=TO + 60, options={"measures": ["stops-and-searches"]},
        by=staff["analyst"], now=timezone.now(),
    )  # fmt: skip
    build = Build.objects.get(pack=pack).id
    with pytest.raises(Problem):
        making.make_build(build, say=lambda p, w: None, by=SYSTEM, now=timezone.now())
    Job.objects.update(state="failed", ended=timezone.now(), words="Nothing that is loaded …")
    page = _page(pack, staff["analyst"])
    assert (page.build, page.job.words) == (None, "Nothing that is loaded …")
    assert "build" in page.may
    with pytest.raises(Problem, match="not been built"):
        settling.check_pack(pack=pack, build=build, by=staff["analyst"], now=timezone.now())
