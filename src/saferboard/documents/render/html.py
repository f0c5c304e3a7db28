"""One self-contained web page: styles, letters and charts inside, no script, nothing fetched."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from pathlib import Path

from saferboard.documents.model import Document, Section, plain
from saferboard.documents.render.markup import Markup, picture
from saferboard.documents.render.pictures import Pictures
from saferboard.documents.themes import letters
from saferboard.documents.themes.palette import INK as INK_COLOUR
from saferboard.documents.themes.palette import PANEL, QUIET_INK, RULE, TONES, Palette

CONTENTS = "contents"


def render(
    document: Document, *, template: Path | None = None, pictures: Pictures | None = None
) -> bytes:
    """The document as an HTML page in UTF-8. A web page takes no template: `template` is there
    because all five renderers are called alike."""
    del template
    pictures = pictures or Pictures(document.look)
    pictures.draw(document, png=False)
    markup = Markup("screen", pictures)
    head = _head(document, letters.faces_for_screen() + style(document, "base", "screen"))
    sections = "\n".join(_section(section, markup) for section in document.sections)
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n{head}\n<body>\n'
        f'<a class="skip" href="#main">Skip to the main content</a>\n'
        f"{masthead(document)}\n"
        f'<div class="page">\n{_contents(document)}\n'
        f'<main id="main" tabindex="-1">\n{sections}\n</main>\n</div>\n{_foot(document)}\n'
        f"</body>\n</html>\n"
    ).encode()


def style(document: Document, *sheets: str) -> str:
    """The named style sheets, after the colours of this document as custom properties."""
    palette = Palette.of(document.look)
    colours = {
        "ink": INK_COLOUR,
        "quiet": QUIET_INK,
        "rule": RULE,
        "panel": PANEL,
        "brand": palette.brand,
        "brand-ground": palette.brand_ground,
        "accent": palette.accent,
        "accent-ground": palette.accent_ground,
        **{f"{tone}-ink": pair.ink for tone, pair in TONES.items()},
        **{f"{tone}-ground": pair.ground for tone, pair in TONES.items()},
    }
    variables = " ".join(f"--{name}: {colour};" for name, colour in colours.items())
    folder = files("saferboard.documents.themes")
    written = "\n".join((folder / f"{sheet}.css").read_text("utf-8") for sheet in sheets)
    return f":root {{ {variables} }}\n{written}"


def masthead(document: Document) -> str:
    """Who publishes, what it is, for when: the top of the page and the cover on paper."""
    logo = picture(document.look.logo, "logo") if document.look.logo else ""
    marking = f'<p class="marking">{escape(document.marking)}</p>' if document.marking else ""
    return (
        f'<header class="masthead">{marking}<div class="masthead-inner">{logo}'
        f'<p class="organisation">{escape(document.organisation)}</p>'
        f"<h1>{escape(document.title)}</h1>"
        f'<p class="subtitle">{escape(document.subtitle)}</p>'
        f'<p class="date">{escape(document.date)}</p></div></header>'
    )


def heading(section: Section, markup: Markup) -> str:
    """A section's heading and who presents it."""
    presenter = (
        f'<p class="presenter">Presented by {escape(section.presenter)}</p>'
        if section.presenter
        else ""
    )
    return f'<h2 id="{escape(section.anchor)}-title">{markup.inline(section.title)}</h2>{presenter}'


def _section(section: Section, markup: Markup) -> str:
    anchor = escape(section.anchor)
    return (
        f'<section id="{anchor}" class="section {section.layout}">\n{heading(section, markup)}\n'
        f"{markup.blocks(section.blocks)}\n"
        f'<p class="back"><a href="#{CONTENTS}">Back to contents'
        f'<span class="hidden"> from {escape(plain(section.title))}</span></a></p>\n</section>'
    )


def _contents(document: Document) -> str:
    links = "".join(
        f'<li><a href="#{escape(section.anchor)}">{escape(plain(section.title))}</a></li>'
        for section in document.sections
    )
    return (
        f'<nav id="{CONTENTS}" aria-labelledby="contents-title"><details>'
        f'<summary id="contents-title">Contents</summary><ol>{links}</ol></details></nav>'
    )


def _foot(document: Document) -> str:
    contact = f"<p>Contact: {escape(document.contact)}</p>" if document.contact else ""
    return (
        f'<footer class="foot"><div><p>{escape(document.organisation)}</p>{contact}</div></footer>'
    )


def _head(document: Document, styles: str) -> str:
    description = escape(f"{document.title}. {document.subtitle}".strip())
    keywords = (
        f'<meta name="keywords" content="{escape(", ".join(document.keywords))}">'
        if document.keywords
        else ""
    )
    return (
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)} – {escape(document.organisation)}</title>\n"
        f'<meta name="description" content="{description}">\n'
        f'<meta name="author" content="{escape(document.organisation)}">\n{keywords}'
        '<meta name="color-scheme" content="light">\n'
        f"<style>\n{styles}\n</style>\n</head>"
    )
