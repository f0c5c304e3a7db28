"""How a slip changes words: digits that go astray, directions that turn, dates that cannot be."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from random import Random

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
WORDS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
]
MONTHS = [
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

TURNED = {
    one: two
    for a, b in (
        ("fell", "rose"),
        ("fall", "rise"),
        ("falls", "rises"),
        ("fallen", "risen"),
        ("decrease", "increase"),
        ("decreased", "increased"),
        ("reduction", "increase"),
        ("drop", "rise"),
        ("dropped", "climbed"),
        ("down", "up"),
        ("fewer", "more"),
        ("less", "more"),
        ("lower", "higher"),
        ("below", "above"),
        ("halved", "doubled"),
        ("shortened", "lengthened"),
        ("worsened", "improved"),
        ("declined", "climbed"),
        ("shrunk", "grown"),
        ("slower", "quicker"),
        ("shorter", "longer"),
    )
    for one, two in ((a, b), (b, a))
} | {"increase": "decrease", "more": "fewer", "rise": "fall", "rose": "fell"}

FRACTIONS = {
    "half": "a third",
    "a third": "half",
    "two thirds": "half",
    "a quarter": "a half",
    "three quarters": "two thirds",
    "a fifth": "a third",
    "more than half": "less than half",
    "nine in ten": "seven in ten",
    "one in six": "one in three",
}


def cased(like: str, words: str) -> str:
    """`words` with the capital that `like` begins with."""
    return words[:1].upper() + words[1:] if like[:1].isupper() else words


def turned(words: str, _random: Random) -> str:
    """The opposite direction. Raises KeyError for a word that has none."""
    return cased(words, TURNED[words.lower()])


def fraction(words: str, _random: Random) -> str:
    """Another fraction in words."""
    return cased(words, FRACTIONS[words.lower()])


def count(words: str, random: Random, least: float = 0.1) -> str:
    """The number in `words` with a digit wrong, two exchanged or one lost, so that it is off by
    `least` of itself or more and by no more than nine tenths; other characters stay."""
    if words.lower() in WORDS:
        was = WORDS.index(words.lower())
        choices = [n for n in range(2, 20) if abs(n - was) >= max(1, was * least)]
        return cased(words, WORDS[random.choice([n for n in choices if abs(n - was) <= 5])])
    found = NUMBER.search(words)
    assert found, words
    text = found[0]
    was = float(text.replace(",", ""))
    options = []
    places = [at for at, char in enumerate(text) if char.isdigit()]
    for at in places:
        for digit in "0123456789":
            options.append(text[:at] + digit + text[at + 1 :])
    for one, two in itertools.pairwise(places):
        swapped = list(text)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        options += ["".join(swapped)] * 3
    options = [
        option
        for option in options
        if not option.startswith(("0", ",")) or text.startswith("0")
        if least <= abs(float(option.replace(",", "")) - was) / max(was, 1e-9) <= 0.9
    ]
    if not options:
        options = [str(int(was) + 2)]
    return words[: found.start()] + random.choice(options) + words[found.end() :]


def percentage(words: str, random: Random) -> str:
    """A percentage with a slip that no rounding explains: a digit, two exchanged, the point
    moved."""
    was = float(words.lstrip("+-").replace(",", ""))
    if was >= 1 and random.random() < 0.15 and "." in words:
        whole, rest = words.split(".")
        return f"{whole}{rest}" if was < 10 else f"{whole[:-1] or '0'}.{whole[-1]}{rest}"
    return count(words, random, max(0.08, 1.5 / max(was, 1.5) if was > 3 else 0.2))


def sign(words: str, _random: Random) -> str:
    """The other sign."""
    return ("+" if words.startswith("-") else "-") + words.lstrip("+-")


def arrow(words: str, random: Random) -> str:
    """Another arrow."""
    return {"↑": "↓", "↓": "↑"}.get(words, random.choice("↑↓"))


def unit(_words: str, random: Random) -> str:
    """Percentage points called per cent."""
    return random.choice(("per cent", "per cent", "percent"))


def rank(words: str, random: Random) -> str:
    """A rank that is beyond the number of areas."""
    return random.choice(("13th", "14th", "17th", "21st"))


def weekday(words: str, random: Random) -> str:
    """Another day of the week."""
    return random.choice([day for day in DAYS if day != words])


def deadline(words: str, random: Random) -> str:
    """A date one or two working days off, its weekday right."""
    found = re.search(r"(\d+) ([A-Z]\w+) (\d{4})", words)
    assert found, words
    day = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    step = timedelta(random.choice((-1, 1)))
    for _ in range(random.choice((1, 2))):
        day += step
        while day.weekday() > 4:
            day += step
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def earlier(words: str, random: Random) -> str:
    """The same day one year or two before."""
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) - random.choice((1, 2))), words)


def quarter(words: str, random: Random) -> str:
    """Another number of a quarter."""
    was = words[-1]
    return words[:-1] + random.choice([n for n in "1234" if n != was])


def period(words: str, random: Random) -> str:
    """Another quarter's months."""
    names = ("January to March", "April to June", "July to September", "October to December")
    year = words[-4:]
    return random.choice([f"{name} {year}" for name in names if name not in words])


def month_order(words: str, _random: Random) -> str:
    """Both ends of a period exchanged."""
    first, last = words.split(" to ")
    return f"{last} to {first}"


def column_order(words: str, _random: Random) -> str:
    """Two headings of columns exchanged."""
    first, second, *rest = words.split(" | ")
    return " | ".join([second, first, *rest])


def financial_year(words: str, _random: Random) -> str:
    """A financial year of two years or of none."""
    if found := re.fullmatch(r"(\d{4})/(\d\d)", words):
        return f"{found[1]}/{int(found[2]) + 1}"
    first, last = words.split(" to ")
    start = int(first[-4:])
    return f"{first} to {last[:-4]}{start if 'March' in last else start - 1}"


def length(words: str, random: Random) -> str:
    """A number of months that is one or more off, in words or in digits as it was."""
    was = int(words) if words.isdigit() else WORDS.index(words.lower())
    now = random.choice([n for n in (was - 1, was + 1, was + 2) if n > 1])
    return str(now) if words.isdigit() else cased(words, WORDS[now])


def later_month(words: str, random: Random) -> str:
    """The end of the present period moved into the one that it is compared with."""
    return random.choice(("March", "June", "September")) + words[-5:]


def malformed_money(words: str, random: Random) -> str:
    """£4,500 as £4,50 or £4.500 or £45,00."""
    digits = words.removeprefix("£").replace(",", "")
    return random.choice(
        (
            f"£{digits[:-3]},{digits[-3:-1]}",
            f"£{digits[:-2]},{digits[-2:]}",
            f"£{digits[:-3]},{digits[-3:]}0",
            f"££{digits[:-3]},{digits[-3:]}",
        )
    )


def misspelled(words: str, random: Random) -> str:
    """A name with one letter lost, doubled or exchanged with the next, inside a word."""
    parts = words.split(" ")
    at = max(range(len(parts)), key=lambda n: (len(parts[n]) >= 5, random.random()))
    word = parts[at]
    place = random.randrange(2, len(word) - 2)
    while word[place] == word[place + 1]:
        place = random.randrange(2, len(word) - 2)
    parts[at] = random.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    return " ".join(parts)


def small_people(words: str, random: Random) -> str:
    """A count of people below five."""
    now = random.choice((1, 2, 3, 4) if words.isdigit() else (2, 3, 4))
    return str(now) if words.isdigit() else cased(words, WORDS[now])


def lead_left_open(words: str, random: Random) -> str:
    """What stands where a name should be in an unfinished draft."""
    first = words.split(" ")[0].upper()
    return random.choice(
        (
            "TBC",
            "XX",
            "",
            "[name]",
            words.upper(),
            f"{first}?",
            f"{first} TO CONFIRM!",
            "Click or tap here to enter text.",
        )
    )


def date_left_open(words: str, random: Random) -> str:
    """What stands where a date should be, or a date that there is not."""
    year = words[-4:]
    return random.choice(
        (
            "TBC",
            "XX/XX/" + year,
            "",
            "Click or tap to enter a date.",
            f"30.15.{year}",
            f"31 June {year}",
            f"30 February {year}",
            "[insert date]",
        )
    )


def value_left_open(_words: str, random: Random) -> str:
    """What stands where a value should be."""
    return random.choice(
        ("TBC", "XX", "", "#REF!", "#N/A", "???", "Choose an item.", "[to be completed]")
    )


def number_of_caption(words: str, random: Random) -> str:
    """`Figure 2` as the number before (a second one of it) or one too far."""
    kind, number = words.split(" ")
    return f"{kind} {int(number) + random.choice((1, 2) if number == '1' else (-1, 1, 2))}"


def call_of_nothing(words: str, random: Random) -> str:
    """A call of a figure or table that is not there."""
    return words.split(" ")[0] + " " + random.choice("789")


NOTES = (
    "Saskia to check this before it goes out!",
    "[insert chart here]",
    "NB need to confirm these figures with the police",
    "XXXX",
    "Figures TBC.",
    "PLEASE HELP!",
    "Not sure about this one – ask Jasper.",
    "(to be updated)",
    "<add text>",
    "Lorem ipsum dolor sit amet.",
)

JUDGEMENTS = (
    "Thefts of pedal cycles rose significantly, by 50% (from 4 to 6).",
    "Arson fell from 3 to 2, a marked reduction of 33.3%.",
    "Since the scheme began calls fell from 210 to 171 (18.6%), which shows that it works.",
    "Fraud rose from 412 to 416 (1.0%), a significant increase.",
    "Two thirds of those asked (67%, n=2/3) were satisfied.",
)
