"""Forces are found under every name that publishers print."""

from __future__ import annotations

import pytest

from saferboard.vocabulary.force import force_named, forces


@pytest.mark.parametrize(
    ("printed", "slug"),
    [
        ("Metropolitan Police Service", "metropolitan"),
        ("metropolitan", "metropolitan"),
        ("E23000001", "metropolitan"),
        ("London, City of", "city-of-london"),
        ("City of London Police", "city-of-london"),
        ("Devon & Cornwall Police", "devon-and-cornwall"),
        ("Devon and Cornwall", "devon-and-cornwall"),
        ("Dyfed-Powys", "dyfed-powys"),
        ("Police Service of Northern Ireland", "northern-ireland"),
        ("CIFAS", "cifas"),
    ],
)
def test_a_force_answers_to_the_names_that_publishers_print(printed: str, slug: str) -> None:
    found = force_named(printed)
    assert found is not None
    assert found.slug == slug


def test_forty_three_territorial_forces_have_an_area_of_their_own() -> None:
    areas = [one.area for one in forces().values() if one.territorial and one.area]
    assert len(areas) == len(set(areas)) == 43


def test_fraud_bodies_are_not_territorial() -> None:
    assert not forces()["action-fraud"].territorial


def test_an_unknown_name_is_nobody() -> None:
    assert force_named("Borsetshire Police") is None
