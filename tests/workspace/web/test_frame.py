"""Who gets through the door, and what stands around a page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.workspace.people import agency, person, signed_in

pytestmark = pytest.mark.usefixtures("database")


def test_whoever_has_not_signed_in_is_led_to_sign_in_with_the_way_back() -> None:
    response = Client().get("/?page=2")
    assert response.status_code == 302
    assert response["Location"].endswith("?next=%2F%3Fpage%3D2")


def test_a_post_without_signing_in_changes_nothing_and_keeps_no_way_back() -> None:
    response = Client().post("/search", {"words": "burglary"})
    assert response.status_code == 302
    assert "burglary" not in response["Location"]


def test_whoever_belongs_to_no_agency_any_more_is_signed_out() -> None:
    left = person("Left Yesterday", until=timezone.now() - timedelta(days=1))
    client = signed_in(left)
    assert client.get("/").status_code == 403
    assert client.get("/").status_code == 302


def test_whoever_is_switched_off_is_out() -> None:
    off = person("Switched Off")
    client = signed_in(off)
    off.is_active = False
    off.save()
    assert client.get("/").status_code == 302


def test_home_names_the_person_and_the_agency_and_is_kept_by_nobody() -> None:
    response = signed_in(person("Ayo Example")).get("/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "Ayo Example, Anytown Council" in text
    assert response["Cache-Control"] == "no-store"


def test_a_person_of_two_agencies_acts_for_the_one_they_choose() -> None:
    first, second = agency("Anytown Council"), agency("Anytown Police", "police")
    both = person("Works Twice", of=first)
    both.memberships.create(agency=second, start=timezone.now() - timedelta(days=1))
    client = signed_in(both)
    assert "Works Twice, Anytown Council" in client.get("/").content.decode()
    client.post("/agency", {"agency": str(second.id)})
    assert "Works Twice, Anytown Police" in client.get("/").content.decode()


def test_an_agency_to_which_one_does_not_belong_cannot_be_chosen() -> None:
    other = agency("Anytown Police", "police")
    client = signed_in(person("Ayo Example", of=agency("Anytown Council")))
    client.post("/agency", {"agency": str(other.id)})
    assert "Ayo Example, Anytown Council" in client.get("/").content.decode()


def test_names_are_text_and_never_markup() -> None:
    text = signed_in(person("<script>alert(1)</script>")).get("/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_no_page_runs_or_styles_anything_inline() -> None:
    response = signed_in(person("Ayo Example")).get("/")
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert " style=" not in response.content.decode()
    assert " onclick=" not in response.content.decode()


def test_a_form_without_its_token_is_answered_with_a_page_that_helps() -> None:
    client = signed_in(person("Ayo Example"), csrf=True)
    response = client.post("/search", {"words": "burglary"})
    assert response.status_code == 403
    assert "This form has run out" in response.content.decode()


@pytest.mark.parametrize("address", ["/nowhere", "/search/", "/help/../../etc/passwd"])
def test_what_is_not_there_is_a_page_that_helps(address: str) -> None:
    response = signed_in(person("Ayo Example")).get(address)
    assert response.status_code == 404
    assert "This page is not there" in response.content.decode()


def test_search_words_stand_in_no_row_of_the_audit() -> None:
    from_search = signed_in(person("Ayo Example"))
    response = from_search.post("/search", {"words": "burglary in the park"})
    assert response.status_code == 200
    assert "0 results" in response.content.decode()


@pytest.mark.parametrize("words", ["", "a", "x" * 101, "with\0nothing"])
def test_search_says_what_it_needs(words: str) -> None:
    response = signed_in(person("Ayo Example")).post("/search", {"words": words})
    assert response.status_code == 400
    assert "letters to search for" in response.content.decode()
