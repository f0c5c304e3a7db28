"""Parts of results for tests: facts, comparisons, trends, ranks, wards, breaks."""

from __future__ import annotations

import math
from datetime import date

from saferboard.analytics.facts.fact import Fact, Interval
from saferboard.analytics.measures.results import (
    Breakdown,
    BreakdownRow,
    BreakMet,
    Comparison,
    ControlChart,
    Indicator,
    MonthPoint,
    PeerRate,
    Rag,
    RankResult,
)
from saferboard.vocabulary.area import Area
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


def ward_rate(key: str, at: int, rate: float, place: dict[str, str]) -> tuple[object, ...]:
    """The rate of a ward, the same drawn toward the others, its place, and how it differs."""
    period = Period.year_to(TO)
    more: dict[str, object] = {"per": 1000, "of": "residents", **place}
    near = 4.0 + (rate - 4.0) / 2
    return (
        fact(key, "rate", rate, period, interval=Interval(rate - 0.5, rate + 0.6), **more),
        fact(key, "rate", near, period, part="wards-shrunk",
             interval=Interval(near - 0.4, near + 0.4), **more),
        fact(key, "rank", at + 1, period, unit="rank", part="wards",
             interval=Interval(max(1, at - 1), min(len(WARDS), at + 3)), **place),
        "not clear" if 2 < at < 6 else "higher" if at > 2 else "lower",
    )  # fmt: skip


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
                *(ward_rate(key, at, rate, place) if denominators else ()),
            )
        )
    return Breakdown(
        "wards",
        "Wards, 2022 boundaries",
        period,
        tuple(rows),
        edition="2022",
        not_placed=fact(key, "count", 31, period, part="not-placed"),
        average=fact(key, "rate", 4.0, period, part="all-wards", per=1000, of="residents")
        if denominators
        else None,
        ranked=len(WARDS) if denominators else 0,
        note="" if denominators else "There are no ward populations: load ward-populations.csv.",
    )


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
