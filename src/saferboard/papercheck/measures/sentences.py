"""Measure claims in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from saferboard.analytics.measures.register import definitions
from saferboard.papercheck.claims.change import DOWN, UP, Change, changes, sign_of
from saferboard.papercheck.claims.mask import Masked
from saferboard.papercheck.claims.number import Number
from saferboard.papercheck.claims.rank import ranks
from saferboard.papercheck.measures.claim import MeasureClaim
from saferboard.papercheck.measures.context import Context
from saferboard.papercheck.measures.named import Sentence, sentences_of
from saferboard.papercheck.measures.names import about_own_area, unit_words
from saferboard.papercheck.measures.periods import compared, other_step
from saferboard.papercheck.measures.phrases import Phrases, plain_word
from saferboard.papercheck.paper import Passage
from saferboard.vocabulary.period import Period

LEAD, TAIL = 120, 10
_FILLER = r"(?:reported|recorded|police|total|of|the|all|were|was|some|further|actual)"
_LINKS = re.compile(rf"[\s(]*(?:{_FILLER}[\s(]+)*", re.I)
_WORD = re.compile(r"[\s(]*([^\W\d_]+)")
_THERE_WERE = re.compile(
    r"\b(?:there\s(?:were|was|have\sbeen|has\sbeen)|recorded|saw)\s(?:\w+\s){0,2}$", re.I
)
_COLON = re.compile(r"^(?:\s(?:offences|crimes|incidents|cases))?\s?[:,–-]\s[^.;:%]{0,60}$", re.I)
_STANDS = re.compile(
    r"^(?:\s(?:offences|crimes|incidents|cases))?[^.;:]{0,40}?\b(?:stood\sat|totalled|"
    r"totalling|to|at|reached|numbered)\s(?:a\stotal\sof\s)?$",
    re.I,
)
_FALSE_LEAD = re.compile(r"(?:by|further|additional|extra|over|target\sof|average\sof)\s$", re.I)
_MORE = re.compile(r"^\s(?:fewer|more|less|additional|extra|further|new)\b", re.I)
_MOVED = re.compile(
    rf"^(?:\s(?:offences|crimes?|incidents|cases|reports))?\s(?:\([^)]*\)\s)?(?:(?:has|have|had|is|are|was|were|"
    rf"also|been|overall|levels?)\s){{0,4}}(?P<direction>{UP}|{DOWN})\s(?:(?:by|of|around|about|approximately|"
    r"nearly|over|almost|just|a)\s){0,3}$",
    re.I,
)
_CHANGE_IN = re.compile(
    rf"^\s(?P<direction>{UP}|{DOWN})\s(?:in|of)\s(?:the\s)?(?:(?:number|volume|level|reports|rate)\sof\s|"
    r"(?:reported|recorded|total)\s)*$",
    re.I,
)
_PER = re.compile(r"\bper\s(?P<base>1,?000,?000|100,?000|10,?000|1,?000)\b", re.I)
_RANKED = 60
_SIDES = {"lowest": False, "best": False, "highest": True, "worst": True}


class Prose:
    """Reads the claims of one passage in its context."""

    def __init__(
        self, passage: Passage, masked: Masked, context: Context, places: Phrases[str]
    ) -> None:
        self.passage, self.masked, self.context = passage, masked, context
        self.text = passage.text
        self.numbers = [one.number for one in masked.tokens if one.letter == "n" and one.number]
        self.percents = [one.number for one in masked.tokens if one.letter == "p" and one.number]
        self.sentences = sentences_of(self.text, context.year_starts, places)
        self.taken: set[int] = set()

    def claims(self) -> Iterator[MeasureClaim]:
        """Every claim of the passage, in no order. An ordinal, a rate, a change, a count."""
        if not any(one.measures for one in self.sentences) and not self.context.measure:
            return
        for change in changes(self.masked):
            yield from self._change(change)
        for percent in self.percents:
            if percent.start not in self.taken:
                yield from self._moved(percent)
        for number in self.numbers:
            if number.start in self.taken:
                continue
            rated = list(self._rate(number))
            yield from rated or self._count(number)
        yield from self._ranks()

    # --- what a figure is about -------------------------------------------------------------

    def _at(self, position: int) -> Sentence:
        return next(one for one in self.sentences if one.start <= position < one.end)

    def _measure_of(self, number: Number) -> str:
        """The measure that a count is a number of; "" where the words do not say so plainly."""
        held = self._at(number.start)
        behind = self.text[number.end : held.end]
        if _MORE.match(behind) or _FALSE_LEAD.search(self.text[held.start : number.start]):
            return ""
        direct = [one for one in held.measures if one.start >= number.end]
        if direct:
            between = self.text[number.end : direct[0].start]
            if all(
                self._is_unit(word, direct[0].value)
                for word in re.findall(r"[^\W\d_]+", between)
                if not _LINKS.fullmatch(f" {word} ")
            ) and not re.search(r"[\d.,;:]", between):
                return direct[0].value
        before = [one for one in held.measures if one.end <= number.start]
        if before:
            between = self.text[before[-1].end : number.start]
            if _COLON.match(between) or _STANDS.match(between):
                return before[-1].value if self._counts(number, before[-1].value) else ""
            return ""
        if (
            not held.measures
            and self.context.measure
            and self._counts(number, self.context.measure)
        ):
            lead = self.text[held.start : number.start]
            return self.context.measure if _THERE_WERE.search(lead) else ""
        return ""

    def _counts(self, number: Number, measure: str) -> bool:
        """Whether the word after a number may be what the measure counts."""
        found = _WORD.match(self.text, number.end)
        if found is None:
            return True
        return self._is_unit(found[1], measure) or found[1].casefold() in (
            "in", "to", "for", "and", "over", "compared", "during", "between", "from", "up", "down",
            "unusually", "with", "while", "whereas", "usual", "higher", "lower", "last", "a", "an",
            "this", "which", "of", "the", "representing",
        )  # fmt: skip

    def _is_unit(self, word: str, measure: str) -> bool:
        plain = plain_word(word)
        if plain in unit_words() or plain in ("in", "number"):
            return True
        known = definitions().get(measure)
        own = f"{known.unit.one} {known.unit.many}".split() if known else []
        return plain in {plain_word(one) for one in own}

    def _own(self, held: Sentence, number: Number) -> bool:
        return about_own_area(held.places, number.start, number.end)

    def _period_of(
        self, held: Sentence, number: Number, measure: str
    ) -> tuple[Period | None, bool]:
        """The period of a figure, and whether its sentence names it."""
        named = [one for one in held.periods if not one.relative and not compared(self.text, one)]
        after = [one for one in named if one.start >= number.end]
        before = [one for one in named if one.end <= number.start]
        for one in (*after[:1], *before[::-1][:1]):
            if one.period is not None:
                return one.period, True
        if named:
            return self.context.known.get((measure, number.value)), False
        return self.context.noted or self.context.listed, False

    def _quote(self, number: Number) -> str:
        """The words that lead to a figure and a few behind it: every figure has its own."""
        held = self._at(number.start)
        start = max(held.start, self.text.rfind(" ", 0, max(0, number.start - LEAD)) + 1)
        end = self.text.find(" ", number.end + TAIL)
        return self.text[start : min(held.end, end if end >= 0 else held.end)].strip()

    # --- forms ------------------------------------------------------------------------------

    def _change(self, change: Change) -> Iterator[MeasureClaim]:
        first = change.after
        if first.kind != "count":
            return
        held = self._at(first.start)
        measure = self._measure_of(first) or self._measure_beside(change, held)
        if not measure or not self._own(held, first):
            return
        others = [one for one in held.measures if one.value != measure]
        if any(
            min(first.start, change.before.start) < one.start < max(first.end, change.before.end)
            for one in others
        ):
            return
        period, given = self._period_of(held, first, measure)
        if period is None:
            return
        self.context.known.setdefault((measure, first.value), period)
        made = MeasureClaim(
            measure, "count", period, first, self.passage.place, self._quote(first), given=given
        )
        yield made
        self.taken |= {first.start, change.before.start}
        if change.stated:
            self.taken.add(change.stated.start)
        against = self._against(change, period)
        if against is None:
            return
        before = change.before
        yield replace(made, period=against, number=before, quote=self._quote(before))
        if change.stated and change.stated.kind == "percent":
            yield replace(
                made,
                kind="change",
                against=against,
                number=change.stated,
                quote=self._quote(change.stated),
                sign=change.direction,
                derived=True,
            )

    def _measure_beside(self, change: Change, held: Sentence) -> str:
        """“robbery is up 11% (from 517 to 576 offences)”, “There were 111 offences …, up from”."""
        start = min(change.after.start, change.before.start, change.start)
        before = [one for one in held.measures if one.end <= start]
        if before:
            between = self.text[before[-1].end : start]
            alone = not any(before[-1].end <= one.start < start for one in self.numbers)
            fits = self._counts(change.after, before[-1].value)
            short = len(between) <= 70 and not re.search(r"[.;]", between)
            return before[-1].value if alone and fits and short else ""
        if held.measures or not self.context.measure:
            return ""
        return self.context.measure if self._counts(change.after, self.context.measure) else ""

    def _against(self, change: Change, period: Period) -> Period | None:
        """The period of the earlier figure: the one named beside it, else a year earlier."""
        low, high = sorted((change.after.end, change.before.start))
        sentence_of = self._at(change.before.start)
        near = [
            one
            for held in dict.fromkeys((self._at(change.after.start), sentence_of))
            for one in held.periods
            if one.start >= low and one.end <= sentence_of.end
        ]
        behind = [one for one in near if one.start >= change.before.end]
        between = [one for one in near if low <= one.start < high]
        if other_step(self.text[low : change.before.end + 60]):
            return None
        for one in (*behind[:1], *between[::-1]):
            if one.relative:
                return period.year_before()
            if one.period is not None and one.period != period:
                return one.period if one.period.month_count == period.month_count else None
        return period.year_before()

    def _moved(self, percent: Number) -> Iterator[MeasureClaim]:
        """A change in per cent without its figures: “Knife crime decreased by 16.8%”."""
        held = self._at(percent.start)
        before = [one for one in held.measures if one.end <= percent.start]
        after = [one for one in held.measures if one.start >= percent.end]
        found = _MOVED.match(self.text[before[-1].end : percent.start]) if before else None
        mention = before[-1] if before and found else None
        if mention is None and after:
            found = _CHANGE_IN.match(self.text[percent.end : after[0].start])
            mention = after[0] if found else None
        if mention is None or found is None or not mention.value or not self._own(held, percent):
            return
        if other_step(self.text[held.start : held.end]):
            return
        named = [one for one in held.periods if not one.relative and not compared(self.text, one)]
        period = named[0].period if named else self.context.noted or self.context.listed
        if period is None or len({one.period for one in named}) > 1:
            return
        if period.month_count != 12 and not any(one.relative for one in held.periods):
            return
        self.taken.add(percent.start)
        yield MeasureClaim(
            mention.value,
            "change",
            period,
            percent,
            self.passage.place,
            self._quote(percent),
            against=period.year_before(),
            sign=sign_of(found["direction"]),
            given=bool(named),
        )

    def _rate(self, number: Number) -> Iterator[MeasureClaim]:
        held = self._at(number.start)
        behind = self.text[number.end : min(held.end, number.end + 60)]
        per = _PER.search(behind)
        if per is None or re.search(r"[.;()]", behind[: per.start()]):
            return
        if re.search(r"\d", behind[: per.start()]):
            return
        before = [one for one in held.measures if one.end <= number.start]
        inside = [one for one in held.measures if number.end <= one.start <= number.end + per.end()]
        chosen = inside or before[-1:]
        measure = chosen[0].value if chosen else "" if held.measures else self.context.measure
        rate = definitions()[measure].rate if measure in definitions() else None
        if not measure or rate is None or not self._own(held, number):
            return
        if len({one.value for one in before}) > 1 and not inside:
            return
        period, given = self._period_of(held, number, measure)
        period = period or self.context.year
        if period is None or period.month_count != 12:
            return
        self.taken.add(number.start)
        yield MeasureClaim(
            measure,
            "rate",
            period,
            number,
            self.passage.place,
            self._quote(number),
            per=int(per["base"].replace(",", "")),
            given=given,
        )

    def _count(self, number: Number) -> Iterator[MeasureClaim]:
        held = self._at(number.start)
        measure = self._measure_of(number)
        if not measure or not self._own(held, number):
            return
        period, given = self._period_of(held, number, measure)
        if period is None:
            return
        self.context.known.setdefault((measure, number.value), period)
        if period.month_count == 12:
            self.context.year = period
        yield MeasureClaim(
            measure,
            "count",
            period,
            number,
            self.passage.place,
            self._quote(number),
            given=given,
        )

    def _ranks(self) -> Iterator[MeasureClaim]:
        for rank in ranks(self.masked):
            if rank.of is None or rank.within or rank.side not in _SIDES:
                continue
            held = self._at(rank.start)
            behind = [
                one
                for one in held.measures
                if 0 <= one.start - rank.end_at <= _RANKED
                and not re.search(r"[.;,]", self.text[rank.end_at : one.start])
            ]
            before = [one for one in held.measures if one.end <= rank.start]
            chosen = behind[:1] or before[-1:]
            measure = chosen[0].value if chosen else "" if held.measures else self.context.measure
            if not measure:
                continue
            words = self.text[rank.start : rank.end_at].split()
            printed = next((one for one in words if one[:1].isdigit()), " ".join(words))
            number = Number(float(rank.place), "count", printed, rank.start, rank.start)
            period, given = self._period_of(held, number, measure)
            period = period or self.context.year
            if period is None:
                continue
            yield MeasureClaim(
                measure,
                "rank",
                period,
                number,
                self.passage.place,
                self._quote(number),
                of=rank.of,
                highest=_SIDES[rank.side],
                given=given,
            )
