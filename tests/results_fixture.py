"""A made-up SummaryResult with every odd case that a pack must be able to print.

The place, the figures and the publisher are invented. Nothing here is computed by the
project: packs are tested on it without a lake, and the real thing is tested elsewhere.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.measures.results import (
    Breakdown,
    BreakdownRow,
    BreakMet,
    Comparison,
    ControlChart,
    Indicator,
    MeasureResult,
    MonthPoint,
    PeerRate,
    Rag,
    RankResult,
    SummaryResult,
)
from saferboard.analytics.store.vintage import LoadNote, SourceFile, Vintage
from saferboard.vocabulary.area import Area
from saferboard.vocabulary.partnership import Partnership
from saferboard.vocabulary.period import Month, Period
from saferboard.vocabulary.verdict import effect

TO = Month(2023, 12)
AREA = Area("E09900001", "Alderwick", "authority")
PEERS = ("Alderwick", "Brockmere", "Chalford", "Dunmarsh", "Eastholm", "Fenbridge", "Greycote")
WARDS = ("Abbey", "Bell Lane", "Castle", "Docks", "Elm Park", "Friary", "Garden Suburb", "Hythe")
LOAD = "police-borough-2024-01"
OLD_LOAD = "police-borough-2023-02"


def fact(measure: str, kind: str, value: float | None, period: Period, **more: object) -> Fact:
    unit = {"percentage": "%", "change_percent": "%", "change_points": "points"}.get(kind, "")
    more.setdefault("vintages", (LOAD,))
    return Fact(
        kind,  # type: ignore[arg-type]
        measure,
        str(more.pop("area", AREA.code)),
        str(more.pop("area_name", AREA.name)),
        period,
        value,
        str(more.pop("unit", unit or "offences")),
        **more,  # type: ignore[arg-type]
    )


def compared(
    measure: str,
    name: str,
    current: float | None,
    previous: float | None,
    verdict: str,
    *,
    period: Period | None = None,
    against: Period | None = None,
    kind: str = "count",
    interval: tuple[float, float] | None = None,
    now: dict[str, object] | None = None,
    before: dict[str, object] | None = None,
    breaks: tuple[BreakMet, ...] = (),
    stitched: bool = False,
) -> Comparison:
    """A comparison as the measures part gives it; the change is worked out here by hand."""
    period = period or (Period.quarter_to(TO) if name == "quarter" else Period.year_to(TO))
    against = against or period.year_before()
    points = kind == "percentage"
    change: float | None = None
    why: str | None = None
    if current is None or previous is None:
        why = "one of the two figures is missing"
    elif points:
        change = current - previous
    elif previous == 0:
        why = "no percentage of zero"
    else:
        change = 100 * (current / previous - 1)
    if verdict == "not comparable":
        change, why = None, "not comparable"
    return Comparison(
        name,  # type: ignore[arg-type]
        period,
        against,
        fact(measure, kind, current, period, **(now or {})),
        fact(measure, kind, previous, against, **(before or {})),
        fact(
            measure,
            "change_points" if points else "change_percent",
            change,
            period,
            against=against,
            interval=Interval(*interval) if interval and change is not None else None,
            verdict=verdict,
            missing=why,
        ),
        verdict,  # type: ignore[arg-type]
        breaks,
        stitched,
    )


def trend(measure: str, level: float, *, months: int = 36, missing: int | None = None):
    """Months with a season, limits, one exception and one watch month near the end."""
    points = []
    for at in range(months):
        month = TO + (at - months + 1)
        period = Period.of_months(month, month)
        expected = level * (1 + 0.2 * math.cos(2 * math.pi * (month.month - 12) / 12))
        value: int | None = round(expected * (1 + 0.08 * math.sin(at * 2.3)))
        status = "usual" if at >= months - 3 else "not judged"
        if at == months - 2:
            value, status = round(expected * 1.7), "exception high"
        if at == months - 3:
            value, status = round(expected * 0.72), "watch low"
        if at == missing:
            value, status = None, "missing"
        width = 2 * math.sqrt(max(expected, 1) * 1.5)
        points.append(
            MonthPoint(
                month,
                fact(
                    measure,
                    "count",
                    value,
                    period,
                    missing="not published" if value is None else None,
                    provisional=at == months - 1,
                ),
                status,  # type: ignore[arg-type]
                fact(measure, "mean", expected, period, part="expected"),
                fact(measure, "limit", max(0.0, expected - width), period, part="lower"),
                fact(measure, "limit", expected + width, period, part="upper"),
            )
        )
    return tuple(points)


def own_rate(measure: str, per: int = 1000) -> Fact:
    return fact(
        measure, "rate", 3.87, Period.year_to(TO), per=per, of="residents",
        interval=Interval(3.64, 4.11), n=1200,
    )  # fmt: skip


def ranked(
    measure: str, key: str, title: str, names: tuple[str, ...], per: int = 1000, moved: str = ""
) -> RankResult:
    """Areas in rank order with rates that rise by a third of a unit; the area is third."""
    period = Period.year_to(TO)
    order = [name for name in names if name != AREA.name]
    order.insert(2, AREA.name)
    peers = []
    for at, name in enumerate(order):
        code = AREA.code if name == AREA.name else f"E099{PEERS.index(name):05d}9"
        rate = 3.2 + at / 3
        peers.append(
            PeerRate(
                code,
                name,
                own_rate(measure, per)
                if name == AREA.name
                else fact(
                    measure,
                    "rate",
                    rate,
                    period,
                    area=code,
                    area_name=name,
                    per=per,
                    of="residents",
                    interval=Interval(rate - 0.25, rate + 0.27),
                    n=round(rate * 310),
                ),
                name == AREA.name,
            )
        )
    few = len(order) <= 3
    interval = None if few else Interval(2, 5)
    return RankResult(
        key,
        title,
        fact(measure, "rank", 3, period, part=key, interval=interval),
        len(order),
        len(order),
        fact(
            measure,
            "rank",
            5,
            period.year_before(),
            part=key,
            interval=None if few else Interval(4, 7),
        ),
        moved or "no clear change",  # type: ignore[arg-type]
        tuple(peers),
        fact(measure, "rate", 4.1, period, area=key, area_name=title, per=per, of="residents"),
    )


NAMES = {"quarter": "quarter", "year": "12 months", "wave": "latest period", "baseline": "baseline"}


def rag(comparisons: tuple[Comparison | None, ...], polarity: str) -> Rag:
    indicators = tuple(
        Indicator(NAMES[one.name], one.verdict, effect(one.verdict, polarity))  # type: ignore[arg-type]
        for one in comparisons
        if one is not None
    )
    effects = [one.effect for one in indicators]
    better, worse = effects.count("better"), effects.count("worse")
    rating = (
        "grey" if not better and not worse
        else "green" if not worse
        else "red" if not better and 4 * worse >= 3 * len(effects)
        else "amber"
    )  # fmt: skip
    return Rag(
        rating,  # type: ignore[arg-type]
        "verdicts",
        better,
        worse,
        effects.count("no clear change"),
        indicators,
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


RESTATED = BreakMet(
    "system-2024",
    date(2024, 2, 28),
    "not comparable",
    "The force changed its crime system and counts domestic abuse in another way",
    "Force statement, March 2024",
)
SHEDS = BreakMet(
    "burglary-2023",
    date(2023, 4, 1),
    "caution",
    "The definition of residential burglary changed in April 2023",
    "Counting rules, April 2023",
)


def wards(key: str, *, denominators: bool) -> Breakdown:
    period = Period.year_to(TO)
    rows = []
    for at, name in enumerate(WARDS):
        code = f"E0590000{at}"
        place = {"area": code, "area_name": name}
        now, before = 40 + 9 * at, 44 + 8 * at
        rate = 2.0 + at / 2
        rows.append(
            BreakdownRow(
                code,
                name,
                fact(key, "count", now, period, **place),
                fact(key, "count", before, period.year_before(), **place),
                fact(
                    key,
                    "change_percent",
                    100 * (now / before - 1),
                    period,
                    against=period.year_before(),
                    interval=Interval(-20.0, 30.0),
                    verdict="no clear change",
                    **place,
                ),
                fact(key, "share", 100 * now / 572, period, **place),
                fact(key, "rate", rate, period, per=1000, of="residents",
                     interval=Interval(rate - 0.5, rate + 0.6), **place)
                if denominators
                else None,
                "2 to 3" if denominators else "",
            )
        )  # fmt: skip
    return Breakdown(
        "wards",
        "Wards, 2022 boundaries",
        period,
        tuple(rows),
        edition="2022",
        not_placed=fact(key, "count", 31, period, part="not-placed"),
        note="" if denominators else "There are no ward populations: load ward-populations.csv.",
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


def control(key: str) -> ControlChart:
    months = tuple(TO + (at - 23) for at in range(24))
    spans = [Period.of_months(month, month) for month in months]
    return ControlChart(
        "xmr",
        months,
        tuple(
            fact(key, "count", 60 + (at * 7) % 13, span, part="adjusted", unit="offences")
            for at, span in enumerate(spans)
        ),
        tuple(fact(key, "mean", 66.0, span, part="control-centre") for span in spans),
        tuple(fact(key, "limit", 50.5, span, part="control-lower") for span in spans),
        tuple(fact(key, "limit", 81.5, span, part="control-upper") for span in spans),
        {22: "outside the limits"},
        False,
    )


def facts_of(value: object) -> list[Fact]:
    """Every fact inside results, wherever it sits."""
    if isinstance(value, Fact):
        return [value]
    if isinstance(value, tuple | list):
        return [one for item in value for one in facts_of(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [
            one for name in value.__dataclass_fields__ for one in facts_of(getattr(value, name))
        ]
    return []


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
