"""A whole document with every kind of block, for tests of the renderers."""

from __future__ import annotations

from saferboard.documents.model import (
    Bullets,
    Cell,
    Definitions,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Label,
    Link,
    Look,
    Note,
    Paragraph,
    Picture,
    Prose,
    Quoted,
    Section,
    Strong,
    Table,
    Tag,
    Text,
)
from tests.documents_figures import columns, funnel, rates, trend, ward_map
from tests.documents_parts import SVG_LOGO, bound, head, label, percent, text


def summary_table(key: str, rows: int = 34) -> Table:
    """A wide table: a row per measure, with tags, changes and ranks."""
    names = (
        "Total recorded crime",
        "Residential burglary",
        "Theft from the person",
        "Domestic abuse violence with injury",
        "Anti-social behaviour calls",
    )
    tags = (
        Tag("Clear rise", "bad", "▲"),
        Tag("Clear fall", "good", "▼"),
        Tag("No clear change", "neutral", "–"),
        Tag("Possible rise", "watch", "◆"),
        Tag("Too few to tell", "mixed", "■"),
    )
    body = []
    for i in range(rows):
        name = names[i % 5] + ("" if i < 5 else f", series {i}")
        missing = i % 11 == 7
        body.append(
            (
                Cell(label(name), header=True),
                Cell(
                    (bound(f"{key}/{i}/quarter", None if missing else 201 + 37 * i),), align="right"
                ),
                Cell(
                    text("no comparison")
                    if missing
                    else (percent(f"{key}/{i}/q-change", -12.4 + i),),
                    align="right",
                ),
                Cell((bound(f"{key}/{i}/year", 3301 + 113 * i),), align="right"),
                Cell((percent(f"{key}/{i}/y-change", 8.2 - i),), align="right"),
                Cell((tags[i % 5],)),
                Cell(
                    (bound(f"{key}/{i}/rate", 4.2 + i / 10, f"{4.2 + i / 10:.1f}", "0.0"),),
                    align="right",
                ),
                Cell(
                    (
                        bound(f"{key}/{i}/rank", i % 32 + 1),
                        Text(" of "),
                        bound(f"{key}/{i}/of", 32),
                    ),
                    align="right",
                ),
                Cell(label("to December 2023")),
            )
        )
    return Table(
        key,
        label("Every measure at a glance, quarter and 12 months to December 2023"),
        head(
            "Measure",
            "Quarter",
            "Change",
            "12 months",
            "Change over the year",
            "What the change means",
            "Rate per 1,000",
            "Rank",
            "Period",
        ),
        tuple(body),
        emphasis=frozenset({2}),
        note=text("A rank of one is the lowest rate."),
        wide=True,
    )


def measure_section(number: int) -> Section:
    """A page for one measure: headline, key figures, two charts, sentences, commentary."""
    key = f"measure-{number}"
    name = ("Residential burglary", "Robbery", "Violence with injury", "Theft from vehicle")[
        number % 4
    ]
    quarter = bound(f"{key}/quarter", 805 + number)
    change = percent(f"{key}/change", -12.4 + number)
    return Section(
        anchor=key,
        title=label(f"{name} {number}"),
        layout="measure",
        presenter="Superintendent for the area, Police",
        speaker=(Paragraph((Text("Say first that "), quarter, Text(" offences were recorded."))),),
        blocks=(
            Paragraph(
                (
                    Label(name),
                    Text(" fell: "),
                    quarter,
                    Text(" offences in the quarter, "),
                    change,
                    Text(" on the same quarter a year before."),
                ),
                "headline",
            ),
            KeyFigures(
                (
                    KeyFigure(
                        label("Quarter to December 2023"),
                        (quarter,),
                        (change, Text(" on a year before")),
                        Tag("Clear fall", "good", "▼"),
                    ),
                    KeyFigure(
                        label("12 months to December 2023"),
                        (bound(f"{key}/year", 3301 + number),),
                        (percent(f"{key}/y", 4.1), Text(" on the year before")),
                        Tag("Possible rise", "watch", "◆"),
                    ),
                    KeyFigure(
                        label("Rank in the set"),
                        (bound(f"{key}/rank", 23), Text(" of "), bound(f"{key}/of", 32)),
                        (
                            Text("likely between "),
                            bound(f"{key}/l", 19),
                            Text(" and "),
                            bound(f"{key}/h", 27),
                        ),
                        Tag("No clear change", "neutral", "–"),
                    ),
                )
            ),
            trend(f"{key}-trend", start=180 + 10 * number),
            Paragraph(
                (
                    Text("In the quarter "),
                    quarter,
                    Text(" offences were recorded; that is "),
                    change,
                    Text("."),
                )
            ),
            rates(f"{key}-rate", marked=number % 32),
            Paragraph(
                (
                    Text("What it means: fewer homes were burgled, and "),
                    Strong((Text("more than chance"),)),
                    Text(" explains."),
                ),
                "meaning",
            ),
            Note(
                "break",
                text("A change in recording"),
                (
                    Paragraph(
                        (Text("The definition changed in "), Label("April 2023"), Text(".")),
                    ),
                ),
            ),
            Heading(3, text("Commentary")),
            Paragraph((Quoted("Patrols doubled from 4 to 8 a week.", "commentary.yaml, 3"),)),
            Paragraph((Label("Community Safety Team, 12 January 2024"),), "byline"),
            Paragraph(
                (Text("Source: "), Label("Police recorded crime, published 28 February 2024")),
                "source",
            ),
        ),
    )


def everything(measures: int = 3) -> Document:
    """Every block and every kind of chart; `measures` pages between summary and glossary."""
    sections = [
        Section(
            "summary",
            text("Summary"),
            (
                Paragraph(
                    (
                        Text("Of "),
                        bound("tally/measures", 34),
                        Text(" measures, "),
                        bound("tally/worse", 6),
                        Text(" got worse and "),
                        bound("tally/better", 9),
                        Text(" got better."),
                    ),
                    "lead",
                ),
                Bullets(
                    (
                        (
                            Text("Worse: "),
                            Link(label("robbery"), "#measure-0"),
                            Text(", "),
                            percent("robbery/change", 19.6),
                        ),
                        (
                            Text("Better: "),
                            Link(label("the council's page"), "https://example.org/safety"),
                        ),
                    )
                ),
                Bullets(
                    (text("First item of a numbered list"), text("Second item")), numbered=True
                ),
                summary_table("summary-table"),
            ),
            "summary",
        ),
        *(measure_section(number) for number in range(measures)),
        Section(
            "other-charts",
            text("Other charts"),
            (
                columns("quarters"),
                rates("plain-bars", kind="bar"),
                funnel("outcome-funnel"),
                Heading(3, text("A picture that was given")),
                Picture(SVG_LOGO, "image/svg+xml", "The emblem of a made-up council"),
            ),
        ),
        Section("wards", text("Wards"), (ward_map("ward-map"),), "map"),
        Section(
            "notes",
            text("Data notes"),
            tuple(
                Note(
                    kind,
                    (Text(f"Note of the kind {kind}"),),
                    (
                        Paragraph(
                            (
                                Text("Counts below "),
                                bound("tally/least", 5),
                                Text(" are not shown."),
                            )
                        ),
                        Bullets((text("one"), text("two"))),
                    ),
                )
                for kind in ("info", "caution", "break", "missing", "stale")
            ),
        ),
        Section(
            "glossary",
            text("Glossary"),
            (
                Definitions(
                    tuple(
                        (
                            label(term),
                            (
                                Paragraph(
                                    (
                                        Prose(
                                            f"{term} means what it says, as 1 + 1 = 2.",
                                            "glossary.yaml",
                                        ),
                                    )
                                ),
                            ),
                        )
                        for term in ("Offence", "Positive outcome", "Repeat victim", "Likely range")
                    )
                ),
            ),
        ),
    ]
    return Document(
        title="Performance pack",
        subtitle="Quarter to December 2023, with the 12 months to December 2023",
        organisation="Copperdale Community Safety Partnership",
        language="en-GB",
        date="27 February 2024",
        sections=tuple(sections),
        look=Look(logo=Picture(SVG_LOGO, "image/svg+xml", "Copperdale Council")),
        marking="OFFICIAL",
        contact="community.safety@example.org",
        keywords=("crime", "community safety"),
    )
