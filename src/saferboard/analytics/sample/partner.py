"""What the partnership itself keeps: its file, its logo and the returns of its partners."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import vl_convert
import yaml

from saferboard.analytics.sample.counts import overdispersed
from saferboard.analytics.sample.world import World, words
from saferboard.vocabulary.partnership import FILE_NAME
from saferboard.vocabulary.period import Month, Period

_COLUMNS = (
    "measure",
    "area_code",
    "area_name",
    "period_from",
    "period_to",
    "period_words",
    "value",
    "denominator",
    "breakdown",
    "recording_change",
    "comparable",
    "reported_by",
    "note",
)
_YOUNG = 0.088  # residents aged 10 to 17


def write_partnership(folder: Path, world: World) -> list[Path]:
    """`partnership.yaml` and the logo that it names."""
    plan = dict(words("partnership.yaml"))
    focus = world.districts[world.focus]
    codes = {one.name: one.code for one in world.districts}
    plan["area_sets"] = [
        one
        | {
            "members": list(codes.values())
            if one["members"] == "all"
            else [codes[name] for name in one["members"]]
        }
        for one in plan["area_sets"]
    ]
    body = {"name": plan.pop("name"), "area": {"code": focus.code, "name": focus.name}, **plan}
    file = folder / FILE_NAME
    text = yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=96)
    file.write_text(f"# Invented: written by the sample of saferboard.\n{text}", encoding="utf-8")
    drawing = resources.files("saferboard.analytics.sample").joinpath("logo.svg").read_text("utf-8")
    logo = folder / plan["appearance"]["logo"]
    logo.write_bytes(vl_convert.svg_to_png(drawing, scale=2))
    return [file, logo]


def write_commentary(folder: Path, last: Month) -> list[Path]:
    """What the board's members say about the figures: for the last month and for an earlier
    one, in the folder beside the partnership's file."""
    written = []
    (folder / "commentary").mkdir(exist_ok=True)
    for back, entries in words("commentary.yaml").items():
        month = last + -int(back)
        # a date of writing some weeks after the month, as boards do it
        day = (month + 1).last_day
        body = {key: {**entry, "date": day} for key, entry in entries.items()}
        file = folder / "commentary" / f"{month}.yaml"
        file.write_text(yaml.safe_dump(body, sort_keys=False, allow_unicode=True), "utf-8")
        written.append(file)
    return written


def write_returns(folder: Path, world: World, last: Month, rng: np.random.Generator) -> Path:
    """One tidy file with everything that partners reported for four years."""
    path = folder / f"local-returns to {last}.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, _COLUMNS, restval="")
        writer.writeheader()
        for plan in words("local_returns.yaml"):
            for number, district in enumerate(world.districts):
                if number == world.focus or plan.get("others"):
                    size = district.residents / world.districts[world.focus].residents
                    for row in _rows(plan, last, size, district.residents, rng):
                        writer.writerow(
                            row | {"area_code": district.code, "area_name": district.name}
                        )
    return path


def _rows(
    plan: Mapping[str, Any], last: Month, size: float, residents: int, rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    periods = _periods(plan["grain"], last + -int(plan.get("late", 0)))
    change = plan.get("change")
    for back, period in reversed(list(enumerate(reversed(periods)))):
        if back in plan.get("missing", ()):
            continue
        row: dict[str, Any] = {
            "measure": plan["measure"],
            "period_from": period.start.isoformat(),
            "period_to": period.end.isoformat(),
            "period_words": period.words or "",
            "comparable": "yes",
            "reported_by": plan["reported_by"],
        }
        if "percent" in plan:
            base = int(plan["base"] + rng.integers(-40, 40))
            share = plan["percent"] + plan["drift"] * (len(periods) - back)
            row |= {
                "value": round(100 * rng.binomial(base, share / 100) / base, 1),
                "denominator": base,
            }
        else:
            mean = size * plan["mean"] * (1 + plan["trend"] / 100) ** (-back / 12)
            turn = 2 * np.pi * (period.last_month.month - 7) / 12
            mean *= float(np.exp(plan["season"] * np.cos(turn)))
            if change and back <= change["back"]:
                mean *= change["factor"]
                if back == change["back"]:
                    row["recording_change"] = change["words"]
                    row["comparable"] = "yes" if change["comparable"] else "no"
            row["value"] = int(overdispersed(np.array([mean]), plan["phi"], rng)[0])
            if plan.get("per_100000"):
                row["denominator"] = round(residents * _YOUNG)
        if back + 1 in plan.get("missing", ()) or back - 1 in plan.get("missing", ()):
            row["note"] = plan.get("note", "")
        yield row


def _periods(grain: str, last: Month) -> Sequence[Period]:
    """The periods of four years that are over by the end of `last`, oldest first."""
    months = [last + (number - 47) for number in range(48)]
    if grain == "month":
        return [Period.of_months(month, month) for month in months]
    if grain == "quarter":
        ends = [month for month in months if month.month % 3 == 0 and month - months[0] >= 2]
        return [Period.quarter_to(month) for month in ends]
    if grain == "year":
        ends = [month for month in months if month.month == last.month]
        return [Period.year_to(month) for month in ends]
    return [
        Period(
            (month + -1).first_day,
            month.last_day,
            f"{'spring' if month.month == 4 else 'autumn'} {month.year}",
        )
        for month in months
        if month.month in (4, 10)
    ]
