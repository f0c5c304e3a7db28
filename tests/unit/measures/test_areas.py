"""Areas: names and codes, two meanings, nearest names, one ground under two codes, area sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from saferboard.analytics.measures.area_sets import (
    all_sets,
    chosen_sets,
    parse_set,
    shipped_sets,
)
from saferboard.analytics.measures.areas import Atlas
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.problem import Problem

AREAS = (
    Area("E09000003", "Barnet", "authority", "2024"),
    Area("E09000015", "Harrow", "authority", "2024"),
    Area("E22000187", "Barnet", "csp", "2023"),
    Area("E23000001", "Metropolitan Police", "force", "2023"),
    Area("E05013637", "Edgware", "ward", "2024", "E09000003"),
    Area("E05000049", "Edgware", "ward", "2011", "E09000003"),
    Area("E05013545", "Edgware", "ward", "2024", "E09000015"),
    Area("E07000001", "Northby", "authority", "2024"),
    Area("E07000002", "Southby", "authority", "2024"),
    Area("E22000900", "Both of them", "csp", "2023"),
)
LINKS = (
    ("E09000003", "E22000187"),
    ("E09000003", "E23000001"),
    ("E09000015", "E23000001"),
    ("E22000187", "E23000001"),
    ("E07000001", "E22000900"),
    ("E07000002", "E22000900"),
)


@pytest.fixture
def atlas() -> Atlas:
    return Atlas(AREAS, LINKS)


def test_a_name_means_the_authority_before_anything_smaller(atlas: Atlas) -> None:
    assert atlas.resolve("barnet").code == "E09000003"
    assert atlas.resolve(" E22000187 ").kind == "csp"
    assert atlas.resolve("e09000003").name == "Barnet"


def test_a_name_with_two_meanings_lists_the_choices(atlas: Atlas) -> None:
    with pytest.raises(Problem) as caught:
        atlas.resolve("Edgware")
    words = caught.value.sentence()
    assert "2 meanings" in words
    assert "Edgware, ward in Barnet (E05013637)" in words
    assert "Edgware, ward in Harrow (E05013545)" in words
    assert "E05000049" not in words, "a ward drawn anew is meant in its newest form"


def test_where_it_lies_settles_it(atlas: Atlas) -> None:
    assert atlas.resolve("Edgware, Harrow").code == "E05013545"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("Barnett", "Did you mean Barnet"),
        ("Xyzzy", "Load a look-up"),
        ("E09999999", "names an area with the code"),
    ],
)
def test_an_unknown_area_is_refused_with_a_way_on(atlas: Atlas, asked: str, words: str) -> None:
    with pytest.raises(Problem) as caught:
        atlas.resolve(asked)
    assert words in caught.value.sentence()


def test_an_empty_store_says_so() -> None:
    with pytest.raises(Problem, match="holds no areas yet"):
        Atlas(()).resolve("Barnet")


def test_one_ground_under_two_codes(atlas: Atlas) -> None:
    assert atlas.same("E09000003") == ("E09000003", "E22000187")
    assert atlas.same("E22000187") == ("E22000187", "E09000003")
    assert atlas.same("E07000001") == ("E07000001",)


def test_quirk_28_parts_are_added_once_and_only_where_each_has_one_whole() -> None:
    atlas = Atlas(AREAS, LINKS)
    assert atlas.whole_parts("E22000900") == ("E07000001", "E07000002")
    shared = Atlas(
        (*AREAS, Area("E22000901", "Another", "csp", "2023")),
        (*LINKS, ("E07000002", "E22000901")),
    )
    assert shared.parts("E22000900") == ("E07000001", "E07000002")
    assert shared.whole_parts("E22000900") == ()


def test_the_sets_of_a_force(atlas: Atlas) -> None:
    (authorities,) = atlas.force_sets("E09000003")
    assert authorities.set.key == "force-authorities"
    assert authorities.set.title == "Local authorities of Metropolitan Police"
    assert authorities.set.members == ("E09000003", "E09000015")
    assert atlas.force_sets("E07000001") == []


def test_the_shipped_sets() -> None:
    sizes = {key: len(one.set.members) for key, one in shipped_sets().items()}
    assert sizes == {"london": 32, "north-west-bcu": 3, "barnet-most-similar": 15}
    assert "E09000001" not in shipped_sets()["london"].set.members, "the City is not in it"
    similar = shipped_sets()["barnet-most-similar"]
    assert list(similar.ended) == ["E06000028"]
    assert similar.centre == "E09000003"


def test_users_add_their_own(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(
        "title: Ours\nmembers:\n  - E09000003\n  - {code: E09000015, name: Harrow}\n", "utf-8"
    )
    partnership = Partnership.model_validate(
        {
            "name": "A partnership",
            "area": {"code": "E09000003", "name": "Barnet"},
            "peer_sets": ["near", "ours"],
            "area_sets": [{"key": "near", "title": "Near", "members": ["E09000003", "E09000005"]}],
        }
    )
    sets = all_sets(partnership, tmp_path)
    assert [one.set.title for one in chosen_sets(sets, partnership, "E09000003")] == [
        "Near",
        "Ours",
    ]


def test_without_a_choice_every_set_of_the_area_but_no_one_elses() -> None:
    keys = [one.set.key for one in chosen_sets(shipped_sets(), None, "E09000015")]
    assert keys == ["london", "north-west-bcu"]


def test_a_set_that_does_not_exist_is_refused() -> None:
    partnership = Partnership.model_validate(
        {
            "name": "A partnership",
            "area": {"code": "E09000003", "name": "Barnet"},
            "peer_sets": ["nearby"],
        }
    )
    with pytest.raises(Problem, match="no area set called “nearby”"):
        chosen_sets(shipped_sets(), partnership, "E09000003")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: One\nmembers: [E09000003]\n", "at least 2"),
        ("title: Bad\nmembers: [E09000003, Barnet]\n", "not a GSS code"),
        ("title: Bad\nmembers: [E09000003, E09000003]\n", "stands twice"),
        ("title: Bad\ncolour: red\nmembers: [E09000003, E09000005]\n", "no field of this name"),
    ],
)
def test_a_bad_set_is_refused_with_its_file(text: str, words: str) -> None:
    with pytest.raises(Problem, match=words) as caught:
        parse_set("bad", text, "bad.yaml")
    assert caught.value.file == "bad.yaml"
