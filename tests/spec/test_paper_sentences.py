"""Made sentences, right and wrong, in as many ways as officers write them.

They come from no paper: they show how far the forms of the grammar reach beyond the five papers.
Each wrong one has a finding of its check; no right one has any error or warning. Wrong ones that
are not found yet stand in `NOT_YET`, which may shrink, never grow.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from saferboard.papercheck.check import check
from saferboard.papercheck.finding import Pack
from saferboard.papercheck.reading.text import read_text

SENTENCES = Path(__file__).parent / "papers" / "sentences.csv"
NOT_YET = {
    # Whether lower is worse belongs to the measure.
    "The detection rate improved from 12.5% to 11.2%.",
    # Two groups without a repeated form.
    "Men made up 60% and women 45% of victims.",
    "The remaining 45% had no outcome, after 60% were charged.",
    # Parts after a comma alone may be some of more.
    "A total of 45 people attended, 20 adults and 35 children.",
    # Products, and words about several years.
    "That is 1.5 times the 200 offences of last year (340).",
    "Offences fell for the third year: 500, 480 and 495.",
    # Words about two counts in brackets.
    "There were twice as many calls (300) as last year (220).",
    # A year and months that are said to be it.
    "The 2023 calendar year (January to November 2023) is shown.",
    # Lengths of time are no counts.
    "The average response time of 14 minutes is 4 minutes longer than last year's 11 minutes.",
    # Within the tolerance of a fraction in words; above or below another figure than the pair's.
    "Two thirds of the 120 suspects (72) were known to the youth justice team.",
    "Burglary offences in the borough fell to 1,104 in 2023/24, 12% below the 1,200 seen in the "
    "previous year.",
    # A rate without “per”.
    "Of every 1,000 residents 7.2 were victims of burglary: 1,080 burglaries, population 135,000.",
    # “March 84” is read as a month of a year.
    "At the end of March 84 tenants were in arrears by reason of crime, a reduction of 16 on the "
    "110 at the start of the year.",
    # Parts of a whole may overlap.
    "Of the 90 people on the programme, 54 completed it, 20 dropped out and 26 are still on it.",
    # A meeting is no unit of time, and what could be met is no year.
    "The refuge had 380 requests, 40% fewer than could be met in 2021/22, when 475 came.",
    "Attendance at the forum averaged 25: 100 people over five meetings.",
    # An amount a month, an average for each of several, a fraction after the bare word.
    "A payment of £2,500 a month over 12 months comes to £27,500.",
    "On average 22 people came to each of the 9 sessions, 228 in all.",
    "Nuisance reports were down a third on the previous summer, from 270 to 216.",
    # Two sizes of one change.
    "Recorded crime fell to 8,930 offences from 9,400, that is by 470 or 6%.",
    # Some count calendar quarters, and some count the years between.
    "Quarter 3 (July to September 2023) saw fewer calls.",
    "Over the three years 2020/21 to 2023/24 it rose.",
    "Rolling year: January 2023 to January 2024 (12 months).",
}


def lines(verdict: str) -> list[tuple[str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return [
            (row["check"], row["sentence"])
            for row in csv.DictReader(file)
            if row["verdict"] == verdict
        ]


def grave(sentence: str) -> list[str]:
    """The rules that find an error or a warning in a paper of this one sentence."""
    pack = Pack((read_text("paper.txt", sentence),))
    return [one.rule for one in check(pack, severity="warning")]


@pytest.mark.parametrize(("group", "sentence"), lines("wrong"))
def test_wrong_sentence_is_found(group: str, sentence: str) -> None:
    if sentence in NOT_YET:
        assert not grave(sentence), "this one is found now: take it out of NOT_YET"
    else:
        assert grave(sentence)


@pytest.mark.parametrize(("group", "sentence"), lines("right"))
def test_right_sentence_is_left_alone(group: str, sentence: str) -> None:
    assert grave(sentence) == []
