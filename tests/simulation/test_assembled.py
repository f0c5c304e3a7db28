"""The whole path, from a publisher's file to a verdict, keeps the error rate that is stated:
nothing changed in these counts, so that every “clear” is a false one. The seed is fixed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from tests.unit.measures.made import BOROUGHS, borough_csv, lookup_csv, make, months

from saferboard.analytics.measures.summary import summarise_many
from saferboard.analytics.store.lake import Lake
from saferboard.vocabulary.period import Month

pytestmark = pytest.mark.simulation

SPAN = months("2005-01", "2019-12")
SERIES = {
    ("Violence Against the Person", "Violence with Injury"): ("violence-with-injury", 180),
    ("Violence Against the Person", "Violence without Injury"): ("violence-without-injury", 300),
    ("Sexual Offences", "Rape"): ("rape", 30),
    ("Robbery", "Personal Property"): ("personal-robbery", 60),
    ("Theft and Handling", "Theft From Motor Vehicle"): ("theft-from-vehicle", 150),
    ("Theft and Handling", "Theft/Taking Of Motor Vehicle"): ("theft-of-vehicle", 70),
    ("Theft and Handling", "Theft From Shops"): ("shoplifting", 110),
    ("Theft and Handling", "Other Theft Person"): ("theft-from-person", 45),
}
# Far enough apart that no two of them compare the same months.
ENDS = [Month(year, 12) for year in (2009, 2011, 2013, 2015, 2017, 2019)]


def test_clear_verdicts_without_a_change_are_rare_through_the_whole_path(tmp_path: Path) -> None:
    random = np.random.default_rng(20261121)
    season = 1 + 0.15 * np.cos(2 * np.pi * np.arange(len(SPAN)) / 12)
    days = np.array([(month + 1).first_day - month.first_day for month in SPAN])
    length = np.array([day.days for day in days]) / 30.4
    counts = {}
    for (major, minor), (_, mean) in SERIES.items():
        for borough in BOROUGHS:
            phi = random.uniform(1.2, 2.5)
            expected = mean * season * length
            counts[major, minor, borough] = random.negative_binomial(
                expected / (phi - 1), 1 / phi
            ).tolist()
    folder = make(tmp_path, {"borough.csv": borough_csv(SPAN, counts), "lookup.csv": lookup_csv()})
    quarter: Counter[str] = Counter()
    year: Counter[str] = Counter()
    keys = [key for key, _ in SERIES.values()]
    with Lake.open(folder) as lake:
        for end in ENDS:
            for result in summarise_many(lake, list(BOROUGHS), to=end, measures=keys):
                for one in result.measures:
                    assert one.quarter is not None and one.year is not None
                    quarter[one.quarter.verdict] += 1
                    year[one.year.verdict] += 1
    given = quarter + year
    assert given.total() == 2 * len(ENDS) * len(BOROUGHS) * len(SERIES)
    assert not {"not comparable", "no comparison"} & set(given)
    clear = given["clear rise"] + given["clear fall"]
    assert 0.02 < clear / given.total() <= 0.06, given
