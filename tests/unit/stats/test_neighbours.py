"""Similar areas: nearest by z-scored features, with reasons, and what is missing left out."""

import numpy as np
import pytest

from saferboard.analytics.stats.neighbours import nearest, z_scores

NAN = float("nan")


def test_the_nearest_are_those_of_a_naive_search() -> None:
    features = np.random.default_rng(5).normal(size=(40, 6)) * [1, 10, 100, 1, 1, 1]
    z = (features - features.mean(0)) / features.std(0)
    order = sorted((i for i in range(40) if i != 7), key=lambda i: ((z[i] - z[7]) ** 2).sum())
    found = nearest(features, 7, 5)
    assert [one.area for one in found] == order[:5]
    assert found[0].distance == pytest.approx(np.sqrt(((z[order[0]] - z[7]) ** 2).mean()))


def test_reasons_say_on_what_two_areas_are_alike_and_on_what_not() -> None:
    features = [[10.0, 5, 1], [10.1, 9, 1.5], [30, 30, 30], [50, 50, 50]]
    first = nearest(features, 0, 1, reasons=1)[0]
    assert first.area == 1
    assert first.alike[0].feature == 0
    assert first.unlike[0].feature == 1
    assert first.unlike[0].apart > 0


def test_missing_features_are_left_out_and_too_few_is_no_comparison() -> None:
    features = [[1.0, 1, 1, 1], [1, 1, NAN, 1], [NAN, NAN, NAN, 1], [9, 9, 9, 9]]
    assert [one.area for one in nearest(features, 0, 3)] == [1, 3]


def test_a_feature_without_differences_and_one_without_weight_do_not_count() -> None:
    assert (z_scores([[7.0, 1], [7, 2]])[:, 0] == 0).all()
    features = [[0.0, 0], [0, 9], [5, 0]]
    assert nearest(features, 0, 1, weights=[0, 1])[0].area == 2


@pytest.mark.parametrize("weights", [[1.0], [-1.0, 1.0], [0.0, 0.0]])
def test_wrong_weights_and_rows_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weight"):
        nearest([[1.0, 2], [2, 3]], 0, 1, weights=weights)
    with pytest.raises(ValueError, match="no area"):
        nearest([[1.0, 2]], 3, 1)
