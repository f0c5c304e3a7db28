"""The HTML report: the paper's own words, with what was found beside them.

One self-contained page in the look of the packs: nothing is fetched and no script runs. What is
shown of the severities is chosen with three boxes; where a browser cannot follow them everything
is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib import resources

from saferboard.documents.model import Document
from saferboard.documents.render.html import style
from saferboard.documents.themes import letters
from saferboard.papercheck.answers.page_paper import PaperPage
from saferboard.papercheck.answers.places import SHAPES, by_paper, numbered, where
from saferboard.papercheck.answers.terminal import counts, totals
from saferboard.papercheck.check import SEVERITIES
from saferboard.papercheck.finding import Finding, Pack
from saferboard.papercheck.rules.registry import RULES

SHOWN = {"error": "Errors", "warning": "Warnings", "advice": "Advice"}


def page(pack: Pack, findings: Sequence[Finding]) -> str:
    """The page in full, as HTML."""
    held = by_paper(findings)
    pointed = [place for one in findings for place in one.against]
    pages = [
        PaperPage(paper, at, held.get(paper.name, {}), len(findings), pointed)
        for at, paper in enumerate(pack.papers, start=1)
    ]
    targets = {name: one for one in pages for name in (one.paper.name,)}
    papers = "\n".join(one.html(targets) for one in pages)
    return (
        f'<!doctype html>\n<html lang="en-GB">\n{_head()}\n<body>\n'
        '<a class="skip" href="#main">Skip to the main content</a>\n'
        '<header class="masthead"><div class="masthead-inner"><h1>Paper check</h1>'
        f'<p class="subtitle">{escape(totals(pack, findings))}</p></div></header>\n'
        '<div class="sheet">\n<main id="main" tabindex="-1">\n'
        f"{_unread(pack)}{_papers(pack, pages)}{_choose(findings)}{_list(findings)}\n"
        f"{papers}\n{_rules(findings)}\n</main>\n</div>\n"
        "</body>\n</html>\n"
    )


def _head() -> str:
    sheet = resources.files(__package__ or "").joinpath("report.css").read_text("utf-8")
    look = Document("Paper check", "", "", "en-GB", "", ())
    styles = f"{letters.faces_for_screen()}{style(look, 'base', 'screen')}\n{sheet}"
    return (
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Paper check</title>\n<style>\n{styles}\n</style>\n</head>"
    )


def _unread(pack: Pack) -> str:
    """What could not be read, first of all: the check is not a whole one."""
    if not pack.unread:
        return ""
    items = "".join(f"<li>{escape(problem.sentence())}</li>" for problem in pack.unread)
    return (
        '<div class="notice missing"><p class="notice-title">Not read, and so not checked</p>'
        f"<ul>{items}</ul></div>\n"
    )


def _papers(pack: Pack, pages: Sequence[PaperPage]) -> str:
    if len(pack.papers) < 2:
        return ""
    items = "".join(
        f'<li><a href="#{one.anchor}">{escape(one.paper.name)}</a> '
        f'<span class="quiet">{counts(tuple(one.findings.values()))}</span></li>'
        for one in pages
    )
    return f'<ul class="papers">{items}</ul>\n'


def _choose(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    boxes = "".join(
        f'<label for="show-{severity}"><input type="checkbox" id="show-{severity}" checked> '
        f"{SHOWN[severity]} ({sum(1 for one in findings if one.severity == severity)})</label>"
        for severity in SEVERITIES
    )
    return f'<fieldset class="choose"><legend>Show</legend>{boxes}</fieldset>\n'


def _list(findings: Sequence[Finding]) -> str:
    if not findings:
        return "<section><h2>What was found</h2><p>Nothing was found.</p></section>"
    rows = "\n".join(_row(number, finding) for number, finding in numbered(findings).items())
    return (
        '<section><h2>What was found</h2><table class="list"><caption class="hidden">Findings in '
        'the order of the papers</caption><thead><tr><th scope="col">No.</th>'
        '<th scope="col">Severity</th><th scope="col">What is wrong</th>'
        f'<th scope="col">Where</th></tr></thead><tbody>\n{rows}\n</tbody></table></section>'
    )


def _row(number: int, finding: Finding) -> str:
    severity = finding.severity
    return (
        f'<tr class="is-{severity}"><td><a href="#finding-{number}">'
        f'<span class="hidden">Finding </span>{number}</a></td>'
        f"<td>{tag(finding)}</td><td>{escape(finding.message)}</td>"
        f'<td class="place">{escape(where(finding.place))}</td></tr>'
    )


def tag(finding: Finding) -> str:
    """The severity in words, a shape and a colour."""
    severity = finding.severity
    return (
        f'<span class="tag {severity}-tone"><span class="shape" aria-hidden="true">'
        f"{SHAPES[severity]}</span> {severity}</span>"
    )


def _rules(findings: Sequence[Finding]) -> str:
    """What each rule that found something checks, and what to do."""
    used = {finding.rule for finding in findings}
    items = "".join(
        f'<dt id="rule-{rule.key}">{escape(rule.key)}</dt><dd>{escape(rule.sentence)} '
        f"{escape(rule.remedy)}</dd>"
        for rule in RULES
        if rule.key in used
    )
    if not items:
        return ""
    return f'<section><h2>What the rules check</h2><dl class="rules">{items}</dl></section>'
