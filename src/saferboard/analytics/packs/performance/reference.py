"""The glossary with its table of detectable rises, and the notes on method."""

from __future__ import annotations

from saferboard.analytics.packs.material import Material
from saferboard.analytics.packs.prose import prose, terms
from saferboard.analytics.packs.writing import words
from saferboard.analytics.stats.change import detectable_rise
from saferboard.documents.model import Cell, Definitions, Label, Paragraph, Section, Table

_PACK = "performance"
_COUNTS = (20, 50, 100, 200, 500, 1000, 2000)
_METHOD = "method-detectable-rise"


def glossary(material: Material, title: str) -> Section:
    """The words of the pack, and how large a rise must be for a count to show it."""
    return Section(
        "glossary",
        (Label(title),),
        (
            Definitions(terms(_PACK, "glossary")),
            Paragraph(
                words(
                    "Small numbers hide large changes. The table gives, for a count in each of two "
                    "periods, the smallest real rise that the comparison would find four times in "
                    "five, if crimes happened independently of each other. They do not, so the "
                    "rises of real series must be larger still."
                )
            ),
            _detectable(material),
        ),
    )


def methods(title: str) -> Section:
    """How the figures are made."""
    return Section("methods", (Label(title),), prose(_PACK, "methods", "methods"))


def _detectable(material: Material) -> Table:
    tallies = material.tallies
    return Table(
        key="detectable-rise",
        caption=words("The smallest rise that two periods of so many can show"),
        head=(
            (
                Cell(words("Offences in a period"), header=True, align="right"),
                Cell(words("Smallest rise found four times in five"), header=True, align="right"),
            ),
        ),
        body=tuple(
            (
                Cell(
                    (tallies.count(f"count-{count}", count, measure=_METHOD),),
                    header=True,
                    align="right",
                ),
                Cell(
                    (
                        tallies.add(
                            f"count-{count}",
                            detectable_rise(count),
                            "share",
                            "%",
                            measure=_METHOD,
                        ),
                    ),
                    align="right",
                ),
            )
            for count in _COUNTS
        ),
    )
