"""Results of an invented partnership, as computing would give them, for tests of packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from saferboard.analytics.facts.fact import Fact
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.measures.results import (
    Comparison,
    MeasureResult,
    SummaryResult,
)
from saferboard.analytics.store.vintage import LoadNote, SourceFile, Vintage
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.period import Month, Period
from tests.results_parts import (
    AREA,
    LOAD,
    OLD_LOAD,
    PEERS,
    RESTATED,
    SHEDS,
    TO,
    compared,
    control,
    fact,
    facts_of,
    own_rate,
    rag,
    ranked,
    trend,
    wards,
)


def measure(
    key: str, title: str, quarter: Comparison | None, year: Comparison | None, **more: object
):
    """A measure of the police with a trend, two area sets and a rating."""
    polarity = str(more.pop("polarity", "lower-is-better"))
    level = float(more.pop("level", 150.0))  # type: ignore[arg-type]
    missing_month = more.pop("missing_month", None)
    period = Period.year_to(TO)
    months = more.pop("months", None) or trend(key, level, missing=missing_month)  # type: ignore[arg-type]
    values: dict[str, object] = {
        "priority": "offending",
        "presenter": "The police",
        "source": "police-borough",
        "source_title": "Police borough level crime",
        "rate": own_rate(key),
        "previous_rate": fact(key, "rate", 4.9, period.year_before(), per=1000, of="residents"),
        "ranks": (
            ranked(key, "similar", "Similar areas", PEERS),
            ranked(key, "command", "Command unit", PEERS[:3]),
        ),
        "months": months,
        "exceptions": tuple(months[-3:]),  # type: ignore[index]
        "rag": rag((quarter, year, more.get("latest")), polarity),  # type: ignore[arg-type]
        "vintages": (LOAD,),
        "unit_one": "offence",
        "unit_many": "offences",
        "quarter": quarter,
        "year": year,
        "dispersion": 1.5,
        **more,
    }
    return MeasureResult(
        measure=key,
        title=title,
        area=AREA,
        polarity=polarity,  # type: ignore[arg-type]
        to=values.pop("to", TO),  # type: ignore[arg-type]
        **values,  # type: ignore[arg-type]
    )


def _loads() -> dict[str, Vintage]:
    def load(key: str, first: Month, last: Month, published: date, notes=()) -> Vintage:
        months = tuple(first + step for step in range(last - first + 1))
        return Vintage(
            key, "police-borough", "borough-crime", "The police", "OGL v3", "https://example.org/",
            "second", (SourceFile(f"{key}.csv", "ab" * 32, 1000, 900),),
            {"recorded_offences": 900}, {"metropolis": months}, published, True,
            datetime(2024, 3, 1, 9, 0, tzinfo=UTC), tuple(notes),
        )  # fmt: skip

    unknown = LoadNote("unknown-label", "“Moonlighting” is not a label that we know", 12)
    return {
        LOAD: load(LOAD, Month(2019, 1), Month(2024, 1), date(2024, 1, 31), (unknown,)),
        OLD_LOAD: load(OLD_LOAD, Month(2019, 1), Month(2023, 2), date(2023, 2, 28)),
    }


def measures() -> tuple[MeasureResult, ...]:
    """One measure for each odd case."""
    year, autumn = Period.year_to(TO), Period(date(2023, 9, 1), date(2023, 11, 30), "autumn 2023")
    spring = Period(date(2023, 3, 1), date(2023, 5, 31), "spring 2023")
    fy = Period.financial_year_to_date(TO)
    made: list[MeasureResult] = []

    key = "residential-burglary"
    made.append(
        measure(
            key,
            "Residential burglary",
            compared(key, "quarter", 488, 563, "possible fall", interval=(-26.1, 1.6)),
            compared(
                key, "year", 1861, 1904, "no clear change", interval=(-9.6, 5.6), breaks=(SHEDS,)
            ),
            financial_year=compared(
                key,
                "financial year to date",
                1420,
                1455,
                "no clear change",
                period=fy,
                interval=(-10.0, 7.0),
            ),
            baseline=compared(
                key,
                "baseline",
                1861,
                2157,
                "clear fall",
                against=Period.of_months(Month(2019, 1), Month(2019, 12)),
                interval=(-20.0, -7.0),
            ),
            breaks=(SHEDS,),
            breakdowns=(wards(key, denominators=False),),
            caveats=("Sheds have counted since April 2017.",),
        )
    )
    key = "personal-robbery"
    robbery = compared(key, "year", 828, 631, "clear rise", interval=(15.3, 49.2))
    made.append(
        measure(
            key,
            "Robbery of personal property",
            compared(key, "quarter", 251, 194, "clear rise", interval=(3.0, 62.0)),
            robbery,
            ranks=(
                ranked(key, "similar", "Similar areas", PEERS, moved="worse"),
                ranked(key, "command", "Command unit", PEERS[:3]),
            ),
            breakdowns=(wards(key, denominators=True),),
            level=60.0,
            control=control(key),
        )
    )
    key = "business-burglary"
    made.append(
        measure(
            key,
            "Burglary, business and community",
            compared(key, "quarter", 182, 177, "no clear change", interval=(-20.0, 31.0)),
            compared(key, "year", 558, 780, "clear fall", interval=(-38.0, -17.0)),
            missing_month=20,
        )
    )
    key = "violence-with-injury"
    made.append(
        measure(
            key,
            "Violence with injury",
            compared(key, "quarter", 579, 576, "no clear change", interval=(-12.0, 14.0)),
            compared(
                key, "year", 2368, 2326, "stable", interval=(-5.0, 9.0), now={"provisional": True}
            ),
        )
    )
    key = "lethal-barrel-discharge"
    made.append(
        measure(
            key,
            "Gun crime: lethal barrel discharge",
            compared(key, "quarter", 0, 3, "too few to tell"),
            compared(key, "year", 12, 4, "too few to tell"),
            level=1.0,
        )
    )
    key = "domestic-abuse-violence-with-injury"
    made.append(
        measure(
            key,
            "Domestic abuse violence with injury",
            compared(key, "quarter", 195, 184, "not comparable", breaks=(RESTATED,)),
            compared(key, "year", 741, 730, "not comparable", breaks=(RESTATED,)),
            breaks=(RESTATED,),
            priority="domestic-abuse",
        )
    )
    key = "shoplifting"
    made.append(
        measure(
            key,
            "Shoplifting",
            compared(
                key,
                "quarter",
                None,
                600,
                "no comparison",
                now={"missing": "not published for November 2023"},
            ),
            compared(
                key,
                "year",
                2400,
                2390,
                "stable",
                interval=(-6.0, 8.0),
                stitched=True,
                before={"vintages": (OLD_LOAD,)},
            ),
            vintages=(LOAD, OLD_LOAD),
        )
    )
    local = {
        "source": "local-return",
        "source_title": "Return of the community safety team",
        "presenter": "The council",
        "ranks": (),
        "rate": None,
        "previous_rate": None,
        "priority": "anti-social-behaviour",
    }
    key = "asb-calls"
    made.append(
        measure(
            key,
            "Calls about anti-social behaviour",
            compared(key, "quarter", 12, 0, "too few to tell"),
            compared(key, "year", 240, 240, "no clear change", interval=(-19.0, 23.0)),
            unit_one="call",
            unit_many="calls",
            level=20.0,
            **local,
        )
    )
    key = "prevent-referrals"
    few = {"suppressed": True, "missing": "fewer than 5"}
    made.append(
        measure(
            key,
            "Prevent referrals",
            compared(key, "quarter", None, 8, "no comparison", now=few),
            compared(key, "year", 15, 25, "possible fall", interval=(-68.0, 12.0)),
            polarity="neither",
            unit_one="referral",
            unit_many="referrals",
            level=2.0,
            months=(),
            exceptions=(),
            **{name: value for name, value in local.items() if name != "months"},
        )
    )
    key = "confidence-police"
    made.append(
        measure(
            key,
            "Confidence in the police and the council",
            None,
            None,
            latest=compared(
                key, "wave", 67, 66, "no clear change", period=autumn, against=spring,
                kind="percentage", interval=(-2.8, 4.8), now={"n": 1203}, before={"n": 1198},
            ),
            polarity="higher-is-better",
            unit_one="person",
            unit_many="people",
            months=(),
            exceptions=(),
            to=Month(2023, 11),
            older=True,
            **local,
        )
    )  # fmt: skip
    made.append(
        MeasureResult(
            measure="primary-fires",
            title="Primary fires",
            area=AREA,
            polarity="lower-is-better",
            unit_one="fire",
            unit_many="fires",
            priority="",
            presenter="",
            source="",
            source_title="",
            to=TO,
            missing="No load feeds it: load a fire and rescue return.",
        )
    )
    assert year.end == TO.last_day
    return tuple(made)


def summary(results: tuple[MeasureResult, ...] | None = None) -> SummaryResult:
    """The whole result, with the counts of series looked at."""
    held = measures() if results is None else results
    period = Period.of_months(TO + -2, TO)

    def tally(part: str, value: float) -> Fact:
        return fact("pack", "tally", value, period, part=part, vintages=())

    looked, found, chance = tally("looked-at", 24), tally("exceptions", 8), tally("by-chance", 0.07)
    loads = _loads()
    sheet = FactSheet(
        [*facts_of(held), looked, found, chance],
        {key: {"publisher": one.publisher} for key, one in loads.items()},
        {"area": AREA.code, "to": str(TO)},
    )
    return SummaryResult(
        AREA, TO, "latest", "same-vintage", held, looked, found, chance, loads, sheet
    )


def partnership() -> Partnership:
    """Its file, with priorities and presenters."""
    return Partnership.model_validate(
        {
            "name": "Alderwick Community Safety Partnership",
            "area": {"code": AREA.code, "name": AREA.name},
            "priorities": [
                {
                    "key": "offending",
                    "title": "Offending and violence",
                    "measures": [
                        "residential-burglary",
                        "personal-robbery",
                        "business-burglary",
                        "violence-with-injury",
                        "lethal-barrel-discharge",
                        "shoplifting",
                    ],
                },
                {
                    "key": "domestic-abuse",
                    "title": "Domestic abuse",
                    "measures": ["domestic-abuse-violence-with-injury"],
                },
            ],
            "contact": "community.safety@alderwick.example",
        }
    )


def changed(result: MeasureResult, **more: object) -> MeasureResult:
    """`result` with some fields replaced."""
    return replace(result, **more)  # type: ignore[arg-type]
