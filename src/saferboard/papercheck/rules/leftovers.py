"""What was left in a draft: gaps, notes to self, spreadsheet errors, names without an action."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from saferboard.papercheck.claims.register import registers
from saferboard.papercheck.finding import Finding, Pack, Rule, Severity
from saferboard.papercheck.paper import Passage
from saferboard.papercheck.rules import notes
from saferboard.papercheck.rules.walk import cut, grids, passages, row_words, sentence

_PLACEHOLDER = re.compile(
    r"\b(?:TBC|TBA|TBD|tbc|tba|T\.B\.C\.?|XX+|xx+|(?i:to\sbe\s(?:confirmed(?!\s(?:by|in|at|with|through|via)\b)|inserted|added\shere|completed"
    r"(?=\s?[.)\]]?$))))\b"
    r"|(?i:\[\s?(?:to\s)?(?:insert|add|name|date|figure|number|amount|title|xx?|tbc|chart|table|text|"
    r"author|contact)\b[^\]]{0,60}\])|\?\?+|(?i:\blorem\sipsum\b)"
    r"|(?i:<{1,2}\s?(?:insert|add)[^>]{0,60}>)|\b(?:NAME|TITLE)\sOF\s[A-Z]{4,}\b"
    r"|^(?:AGENDA\s)?(?:ITEM|Item)(?:\sN(?:o|umber)\.?)?\s?:?\s?_+$"
    r"|\bDD/MM/(?:YY)?YY\b|(?i:\b(?:figure|table|chart)\s(?:\?|x{1,2}\b|#)(?!\.\d))"
    r"|(?i:\bsections?\sx\.x\b)"
    r"|^(?i:(?:insert|add)\s(?:a\s|the\s)?(?:chart|table|figure|graph|text|data|photo|map)\shere\.?)$"
    r"|(?i:\[\s?(?:check|to\sbe|update|confirm|source|ref(?:erence)?|needs?|missing|table\smissing)\b"
    r"[^\]]{0,60}\])|\bPage\sX\sof\sY\b|£\s?[Xx]{2,}\w?|\(source\?\)"
    r"|^(?i:insert\s(?:logo|photo|picture|image)\.?)$"
    r"|^(?i:(?:awaiting\s(?:data|figures|update|information)|(?:data|figures|update|details)\s(?:to\sfollow|"
    r"awaited)))\b"
)
_FORM = re.compile(
    r"\b(?:Click|Tap)(?:\sor\stap)?(?:\shere)?\sto\s(?:enter|add|choose|select)\b[^.]{0,30}"
    r"|\bChoose\san\sitem\b|\bEnter\stext\shere\b",
    re.I,
)
_SHEET = re.compile(
    r"#(?:REF|DIV/0|N/A|NAME\?|VALUE|NUM|NULL)(?!\w)!?|\bError!\s(?:Reference|Bookmark)[^.]{0,40}"
    r"|\+?\b[A-Z]{1,2}\d{1,4}:[A-Z]{1,2}\d{1,4}\b"
    r"|(?<![\w!])=(?:SUM|AVERAGE|IF|VLOOKUP|COUNT\w*)\(",
)
_TEMPLATE = re.compile(r"(?<=\()[Cc]olumn\s[A-Z]{1,2}(?=\))")
_NOTE_TO_SELF = re.compile(
    r"\[[^\]]{2,40}\sto\s(?:add|insert|confirm|update|check|complete|provide|supply)\b[^\]]{0,60}\]|"
    r"\(to\sbe\s(?:updated|added|checked|confirmed)\s(?:before|after|when|once)\b[^)]{0,40}\)|"
    r"\((?:please\s)?(?:check|confirm)\swith\s[^)]{2,40}\)|\b(?:note\sto\sself|(?:please\s)?(?:need|needs)\sto\s(?:check|confirm|update|add)\sthis|"
    r"to\s(?:check|add|update|confirm)\s(?:this|these|figures?|with)\b[^.]{0,40}\?|"
    r"(?:can|could)\s(?:you|someone|we)\s(?:please\s)?(?:check|add|confirm|update)|"
    r"(?:is|are)\s(?:this|these|that)\s(?:right|correct|still\s(?:right|correct|valid))\?|"
    r"(?:delete|remove)\s(?:this|before)\b[^.]{0,30}|do\swe\s(?:need|want)\s[^.?]{0,60}\?|"
    r"copy\sand\spaste|dummy\stext|(?-i:\bTODO\b)|"
    r"(?-i:\b(?:UPDATE|CHECK|AMENDMENT|REWRITE|INPUT)\s(?:NEEDED|REQUIRED)\b)|"
    r"\bneeds?\s(?:rewording|rewriting|updating|checking|confirming)\b|"
    r"\b(?:highlighted\stext|text\sin\s(?:red|yellow|bold|brackets))\s(?:to|should|must)\sbe\s(?:updated|"
    r"removed|deleted)|^(?:author|officer|finance|legal|police|lead)\sto\s(?:confirm|check|provide|add|"
    r"update)\b|^add\s(?:figures|data|text|details)\b[^.]{0,40}\b(?:once|when)\s(?:received|available)|"
    r"delete\sas\s(?:appropriate|applicable|necessary)|"
    r"\bNB:?\s(?:please\s)?check\b[^.]{0,40}|"
    r"please\scan\syou\s(?:check|confirm|add|update)|"
    r"^please\s(?:insert|add)\b[^.]{0,60}\bhere\b|"
    r"(?-i:\b[A-Z]{3,}\sPLEASE\s[A-Z]{3,}\b|\bPLEASE\s(?:HELP|CHECK|CONFIRM|UPDATE|ADVISE|ADD|AMEND|"
    r"REVIEW|SEND)\b))",
    re.I,
)
_MONEY = re.compile(
    r"£\s?(?:\d{1,3}(?:,\d{3})*,\d{1,2}(?!\d)|\d{1,3}(?:,\d{3})*,\d{4,}|\d+\.\d{3,}(?!\d|\s?(?:m|bn|million|billion|k))"
    r"|,\d|\d*,,\d*|\d+\.\d+\.\d+|£|(?=[.;](?:\s|$)|\s(?!\s*(?:\d|million|m\b|thousand|k\b|bn|billion))|$))"
)
_DRAFT = re.compile(
    r"^(?:version\s?[\d.]+\s?[-–]?\s?)?draft(?:\s(?:for\s(?:comments?|discussion)|v(?:ersion)?\s?[\d.]+|"
    r"[\d.]+))?$",
    re.I,
)
_CAPITALS = re.compile(r"^[A-Z][A-Z'’-]{2,}(?:\s(?:AND\s)?[A-Z][A-Z'’-]{2,}){0,3}!?$")
_REQUIRED = re.compile(r"^.{2,60}(?:\((?:required|mandatory)\)|\*)$", re.I)
_FIELD = re.compile(
    r"^(?:enclosures?|report\s(?:name|author)|author|title|contact|wards?|lead\sofficer)\s?:?$",
    re.I,
)
_ACTION_HEAD = re.compile(r"\bactions?$|\bupdate|progress|comment|outcome|next\sstep", re.I)
_COMMON_CAPITALS = re.compile(
    r"^(?:ACTIONS?|NOTED?|AGREED|NONE|COMPLETED?|CLOSED|OPEN|ONGOING|RED|AMBER|GREEN|DONE|ALL|YES|"
    r"TOTAL|DRAFT|RESOLVED|UPDATE|PROGRESS|DEFERRED|APPROVED|[A-Z]{2,5})$"
)


def _matches(
    key: str, severity: Severity, pattern: re.Pattern[str], message: str, pack: Pack
) -> Iterator[Finding]:
    for _, passage in passages(pack):
        for found in pattern.finditer(passage.text):
            yield Finding(
                key,
                severity,
                message.format(found[0].strip() or passage.text[:20]),
                sentence(passage, found.start(), found.end()),
                passage.place,
            )


def find_bare_names(pack: Pack) -> Iterator[Finding]:
    """A cell of a column of actions that holds nothing but words in capitals, in a table whose
    other cells of that column are sentences."""
    for paper in pack.papers:
        for register in registers(paper):
            for column, head in enumerate(register.heads):
                if not _ACTION_HEAD.search(head.text):
                    continue
                for entry in register.entries:
                    cell = entry.cells[column]
                    if _bare_name(cell):
                        yield Finding(
                            "name-without-action",
                            "warning",
                            f"Under “{head.text[:40]}” stands only “{cell.text}”: an action is "
                            "missing.",
                            cell.text,
                            cell.place,
                        )


def _bare_name(cell: Passage) -> bool:
    return bool(_CAPITALS.match(cell.text)) and not _COMMON_CAPITALS.match(cell.text)


def find_empty_fields(pack: Pack) -> Iterator[Finding]:
    """Rows of two cells whose first says that something is required and whose second is empty."""
    for _, grid in grids(pack):
        for at, row in enumerate(grid.rows):
            filled = [cell.text for cell in row if cell.text]
            dashes = len(filled) == 2 and _FIELD.match(filled[0]) and not filled[1].strip("-–_ .")
            if (len(filled) == 1 and _REQUIRED.search(filled[0])) or dashes:
                yield Finding(
                    "empty-required-field",
                    "warning",
                    f"“{cut(filled[0], 60)}” is not filled in.",
                    row_words(grid, at),
                    row[0].place,
                )


def _searching(
    key: str, severity: Severity, pattern: re.Pattern[str], message: str
) -> Callable[[Pack], Iterator[Finding]]:
    return partial(_matches, key, severity, pattern, message)


def find_notes(pack: Pack) -> Iterator[Finding]:
    """Turns of phrase that nothing but a note has, and sentences that are notes (see `notes`);
    a passage's note is told once."""
    said = list(
        _matches("note-to-self", "warning", _NOTE_TO_SELF, "“{}” reads like a note to self.", pack)
    )
    yield from said
    places = {one.place for one in said}
    yield from (one for one in notes.find(pack) if one.place not in places)


def find_draft_marks(pack: Pack) -> Iterator[Finding]:
    """The word DRAFT as a whole passage."""
    for _, passage in passages(pack):
        if _DRAFT.match(passage.text.strip("*_ .")) and passage.kind != "cell":
            yield Finding(
                "draft-mark",
                "warning",
                "The mark DRAFT is still on the paper.",
                passage.text,
                passage.place,
                "no mark",
            )


RULES = (
    Rule(
        "draft-mark",
        "A paper that is tabled as final carries no mark DRAFT.",
        "warning",
        5,
        "DRAFT, alone on a line above the title of an annual report.",
        "Take the mark away, or accept the finding when a draft is tabled as one.",
        find_draft_marks,
    ),
    Rule(
        "placeholder",
        "No gap was left to be filled in.",
        "warning",
        5,
        "The review will report in TBC.",
        "Fill in the words, or say when they will be known.",
        _searching("placeholder", "warning", _PLACEHOLDER, "“{}” was left to be filled in."),
    ),
    Rule(
        "form-prompt",
        "No prompt of a form was left where its answer should be.",
        "error",
        5,
        "Click or tap to enter a date.",
        "Fill in the field or delete it.",
        _searching("form-prompt", "error", _FORM, "The form's prompt “{}” was left in."),
    ),
    Rule(
        "spreadsheet-error",
        "No error value or formula of a spreadsheet was pasted.",
        "error",
        5,
        "The rate was #REF! in June.",
        "Paste the value from a workbook whose formulas work.",
        _searching("spreadsheet-error", "error", _SHEET, "“{}” came from a spreadsheet."),
    ),
    Rule(
        "template-instruction",
        "No instruction for filling in a spreadsheet was printed with it.",
        "warning",
        5,
        "Progress (Column K): choose from the list",
        "Delete the instructions of the template.",
        _searching(
            "template-instruction",
            "warning",
            _TEMPLATE,
            "“{}” is an instruction for whoever fills in the template.",
        ),
    ),
    Rule(
        "note-to-self",
        "No note between the writers was left in.",
        "warning",
        5,
        "Is this correct? Can someone check.",
        "Answer the note and delete it.",
        find_notes,
    ),
    Rule(
        "malformed-money",
        "An amount of money is written in a way that has one meaning.",
        "error",
        5,
        "a grant of £100,00 for youth workers",
        "Write pounds with groups of three figures and pence with two.",
        _searching("malformed-money", "error", _MONEY, "“{}” is not an amount of money."),
    ),
    Rule(
        "name-without-action",
        "A cell of an action column holds an action, not only a name in capitals.",
        "warning",
        5,
        "Action | Lead: “A NAME” in the column of actions",
        "Write what is to be done, and put the name under the lead.",
        find_bare_names,
    ),
    Rule(
        "empty-required-field",
        "A field that says it is required is filled in.",
        "warning",
        5,
        "Legal implications (required) |",
        "Fill it in.",
        find_empty_fields,
    ),
)
