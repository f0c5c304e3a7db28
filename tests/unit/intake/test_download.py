"""Downloads against a server on this machine: retries, resume, caching, pages in place of files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.intake.publisher import (
    Answer,
    Asked,
    Publisher,
    Reply,
    file_with_ranges,
    publishing,
)

from saferboard.analytics.intake.download import Fetched, client, download
from saferboard.vocabulary.problem import Problem

BODY = b"Code,Value\n" + b"E06000101,1\n" * 60_000


def quiet(done: int, total: int, words: str) -> None:
    return None


def fetch(
    publisher: Publisher, cache: Path, sleep: Callable[[float], None] = lambda seconds: None
) -> Fetched:
    with client() as http:
        return download(
            f"{publisher.address}/data/file.csv",
            cache,
            name="file.csv",
            http=http,
            progress=quiet,
            sleep=sleep,
        )


def test_a_file_arrives_whole_under_its_name(tmp_path: Path) -> None:
    with publishing(file_with_ranges(BODY, '"v1"')) as publisher:
        found = fetch(publisher, tmp_path)
    assert found.path.name == "file.csv"
    assert found.path.read_bytes() == BODY
    assert found.sha256 == hashlib.sha256(BODY).hexdigest()
    assert not found.unchanged
    assert not list(tmp_path.rglob("*.part*"))


def test_busy_is_asked_again_waiting_longer_or_as_told(tmp_path: Path) -> None:
    waits: list[float] = []

    def answer(asked: Asked, number: int) -> Reply:
        if number == 1:
            return Reply(503, b"busy")
        if number == 2:
            return Reply(429, b"busy", {"Retry-After": "7"})
        if number == 3:
            return Reply(500, b"oh")
        return Reply(200, BODY)

    with publishing(answer) as publisher:
        found = fetch(publisher, tmp_path, waits.append)
    assert found.path.read_bytes() == BODY
    assert waits == [1.0, 7.0, 4.0]


def test_a_publisher_that_stays_busy_is_given_up(tmp_path: Path) -> None:
    with publishing(lambda asked, number: Reply(503, b"busy")) as publisher:
        with pytest.raises(Problem, match=r"in 6 tries .*503"):
            fetch(publisher, tmp_path)
        assert len(publisher.asked) == 6


def cut_once(body: bytes, tag: str, at: int) -> Answer:
    whole = file_with_ranges(body, tag)

    def answer(asked: Asked, number: int) -> Reply:
        reply = whole(asked, number)
        if number == 1:
            reply.cut = at
        return reply

    return answer


def test_a_cut_connection_is_resumed_where_it_stopped(tmp_path: Path) -> None:
    with publishing(cut_once(BODY, '"v1"', 300_000)) as publisher:
        found = fetch(publisher, tmp_path)
    assert found.path.read_bytes() == BODY
    first, second = publisher.asked
    assert "range" not in first.headers
    start = int(second.headers["range"].removeprefix("bytes=").removesuffix("-"))
    assert 0 < start <= 300_000
    assert second.headers["if-range"] == '"v1"'


def test_a_later_run_resumes_what_an_earlier_one_left(tmp_path: Path) -> None:
    good = file_with_ranges(BODY, '"v1"')

    def answer(asked: Asked, number: int) -> Reply:
        if number == 1:
            return Reply(200, BODY, {"ETag": '"v1"'}, cut=200_000)
        return Reply(503) if number <= 6 else good(asked, number)

    with publishing(answer) as publisher:
        with pytest.raises(Problem, match="what was fetched so far is kept"):
            fetch(publisher, tmp_path)
        found = fetch(publisher, tmp_path)
    assert found.path.read_bytes() == BODY
    assert publisher.asked[-1].headers["range"] == "bytes=200000-"


def test_a_file_that_changed_meanwhile_starts_again(tmp_path: Path) -> None:
    new = BODY + b"E06000102,2\n"

    def answer(asked: Asked, number: int) -> Reply:
        if number == 1:
            return Reply(200, BODY, {"ETag": '"v1"'}, cut=300_000)
        return file_with_ranges(new, '"v2"')(asked, number)

    with publishing(answer) as publisher:
        found = fetch(publisher, tmp_path)
    assert found.path.read_bytes() == new


def test_a_cut_file_without_a_tag_starts_again(tmp_path: Path) -> None:
    def answer(asked: Asked, number: int) -> Reply:
        return Reply(200, BODY, cut=300_000 if number == 1 else None)

    with publishing(answer) as publisher:
        found = fetch(publisher, tmp_path)
    assert "range" not in publisher.asked[1].headers
    assert found.path.read_bytes() == BODY


def test_a_part_that_is_too_long_is_thrown_away(tmp_path: Path) -> None:
    def answer(asked: Asked, number: int) -> Reply:
        if number == 1:
            return Reply(200, BODY, {"ETag": '"v1"'}, cut=300_000)
        return Reply(416) if number == 2 else Reply(200, BODY[:1000], {"ETag": '"v2"'})

    with publishing(answer) as publisher:
        assert fetch(publisher, tmp_path).size == 1000


def test_what_has_not_changed_is_not_fetched_again(tmp_path: Path) -> None:
    with publishing(file_with_ranges(BODY, '"v1"')) as publisher:
        first = fetch(publisher, tmp_path)
        second = fetch(publisher, tmp_path)
    assert publisher.asked[1].headers["if-none-match"] == '"v1"'
    assert second.unchanged
    assert (second.path, second.sha256) == (first.path, first.sha256)


def test_what_has_changed_replaces_the_copy(tmp_path: Path) -> None:
    def answer(asked: Asked, number: int) -> Reply:
        body, tag = (BODY, '"v1"') if number == 1 else (BODY[:600], '"v2"')
        return file_with_ranges(body, tag)(asked, number)

    with publishing(answer) as publisher:
        fetch(publisher, tmp_path)
        again = fetch(publisher, tmp_path)
    assert not again.unchanged
    assert again.path.read_bytes() == BODY[:600]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(404, b"no"), "does not have this"),
        (Reply(403, b"no"), r"refused \(403\)"),
        (Reply(200, b"<html>Sorry</html>", {"Content-Type": "text/html"}), "web page in place"),
        (Reply(200, b"\n <!DOCTYPE html><html>", {"Content-Type": "text/csv"}), "web page"),
    ],
)
def test_answers_that_are_no_file_are_problems_at_once(
    tmp_path: Path, reply: Reply, message: str
) -> None:
    with publishing(lambda asked, number: reply) as publisher:
        with pytest.raises(Problem, match=message) as refused:
            fetch(publisher, tmp_path)
        assert len(publisher.asked) == 1
    assert refused.value.remedy
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_nobody_there(tmp_path: Path) -> None:
    with publishing(lambda asked, number: Reply()) as publisher:
        pass
    with pytest.raises(Problem, match="did not give the file"):
        fetch(publisher, tmp_path)
