"""Red, amber, green: every corner of the rule, and the sign-based one of 2017."""

import math

import pytest

from saferboard.analytics.stats import rag

B, W, N, X = "better", "worse", "no clear change", "not rated"


@pytest.mark.parametrize(
    ("effects", "rating"),
    [
        ([], "grey"),
        ([X, X], "grey"),
        ([N, N, X], "grey"),
        ([B], "green"),
        ([B, N, N, N, N, X], "green"),
        ([B, B, W], "amber"),
        ([W, W, W], "red"),
        ([W, W, W, N], "red"),  # exactly three quarters
        ([W, W, W, N, X, X, X], "red"),  # what is not rated has no say
        ([W, W, N], "amber"),  # two thirds
        ([W, W, W, W, W, W, W, B], "amber"),  # any better forbids red
        ([W, N, N, N], "amber"),
    ],
)
def test_the_rating_from_verdicts(effects: list[rag.Effect], rating: str) -> None:
    assert rag.rate(effects)[0] == rating


def test_the_counts_stand_beside_the_rating() -> None:
    rating, counts = rag.rate([B, B, W, N, N, N, N, N, X])
    assert rating == "amber"
    assert (counts.better, counts.worse, counts.no_clear_change, counts.not_rated) == (2, 1, 5, 1)
    assert counts.rated == 8


def test_signs_read_polarity_and_nothing_else() -> None:
    assert rag.sign_effect(-0.1, "lower-is-better") == B
    assert rag.sign_effect(-0.1, "higher-is-better") == W
    assert rag.sign_effect(0, "lower-is-better") == N
    assert rag.sign_effect(3, "neither") == X
    assert rag.sign_effect(None, "lower-is-better") == X
    assert rag.sign_effect(math.nan, "lower-is-better") == X


@pytest.mark.parametrize(
    ("better", "worse", "rating"),
    [
        (12, 0, "green"),
        (0, 12, "red"),
        (1, 11, "red"),
        (2, 10, "amber"),
        (0, 0, "grey"),
        (1, 5, "amber"),
    ],
)
def test_the_rating_of_2017(better: int, worse: int, rating: str) -> None:
    changes = [-1.0] * better + [1.0] * worse
    assert rag.by_signs(changes, "lower-is-better")[0] == rating
    assert rag.by_sign_effects([B] * better + [W] * worse)[0] == rating


def test_the_old_rating_is_amber_when_one_indicator_stood_still() -> None:
    assert rag.by_signs([-1, -2, 0], "lower-is-better")[0] == "amber"


def test_the_old_rating_takes_a_polarity_for_each() -> None:
    assert rag.by_signs([-1, 2], ["lower-is-better", "higher-is-better"])[0] == "green"
