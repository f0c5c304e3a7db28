"""Cross-tabulations of people: primary, secondary, zeros, rounding."""

import pytest

from saferboard.analytics.disclosure import Rule, Table, protect_table
from saferboard.vocabulary.problem import Problem

PLAIN = Table(("a", "b", "c"), ("x", "y", "z"), ((3, 20, 30), (12, 25, 40), (15, 60, 70)))


def test_one_small_cell_never_stands_alone_in_its_row_or_column() -> None:
    shown = protect_table(PLAIN, Rule())
    assert shown.states[0][0] == "primary"
    assert shown.counts[0][0] is None
    for line in (*shown.states, *zip(*shown.states, strict=True)):
        assert sum(state != "shown" for state in line) != 1


def test_totals_stay_where_cells_can_be_withheld_instead() -> None:
    shown = protect_table(PLAIN, Rule())
    assert shown.row_totals == (53, 77, 145)
    assert shown.grand_total == 275


def test_without_totals_nothing_more_is_withheld() -> None:
    bare = Table(PLAIN.rows, PLAIN.columns, PLAIN.counts, False, False, False)
    states = protect_table(bare, Rule()).states
    assert sum(state != "shown" for line in states for state in line) == 1


def test_two_small_cells_whose_sum_fixes_them_get_company() -> None:
    """4 + 4 = 8 with both “fewer than 5” can be nothing else."""
    shown = protect_table(Table(("a",), ("x", "y", "z"), ((4, 4, 30),)), Rule())
    assert "secondary" in shown.states[0] or shown.row_totals[0] is None


def test_a_zero_is_shown_unless_it_says_what_nobody_is() -> None:
    quiet = protect_table(Table(("a", "b"), ("x", "y"), ((0, 9), (8, 7))), Rule())
    assert quiet.states[0][0] == "primary"  # all nine of row a are y
    wide = Table(("a", "b", "c"), ("x", "y", "z"), ((0, 9, 8), (8, 7, 9), (6, 6, 6)))
    assert protect_table(wide, Rule()).counts[0][0] == 0
    always = protect_table(wide, Rule(zeros_always=True))
    assert always.states[0][0] == "primary"


@pytest.mark.parametrize(("threshold", "hidden"), [(5, False), (7, False), (10, True)])
def test_the_threshold_is_a_setting(threshold: int, hidden: bool) -> None:
    table = Table(("a",), ("x", "y"), ((8, 90),), False, False, False)
    assert (protect_table(table, Rule(threshold)).counts[0][0] is None) is hidden


def test_rounding_is_to_the_nearest_five() -> None:
    table = Table(("a",), ("x", "y", "z"), ((12, 13, 0),), grand_total=False)
    shown = protect_table(table, Rule(rounding=5))
    assert shown.counts == ((10, 15, 0),)
    assert shown.row_totals == (25,)


def test_other_thresholds_and_ragged_tables_are_refused() -> None:
    with pytest.raises(Problem, match="Choose 5, 7 or 10"):
        Rule(3)
    with pytest.raises(Problem, match="rounded"):
        Rule(rounding=0)
    with pytest.raises(ValueError, match="fill"):
        Table(("a",), ("x", "y"), ((1,),))
    with pytest.raises(ValueError, match="negative"):
        Table(("a",), ("x",), ((-1,),))
