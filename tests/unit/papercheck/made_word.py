"""Word files with what officers' files hold and python-docx does not write by itself."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

NOTES = (
    '<?xml version="1.0" encoding="UTF-8"?><w:{kind}s {spaces}>'
    '<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    '<w:{kind} w:id="{number}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: Any) -> bytes:
    """The bytes of what python-docx, python-pptx or openpyxl would save."""
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def run(words: str, *, deleted: bool = False, raised: bool = False, hidden: bool = False) -> Any:
    """A run of words."""
    made, text = OxmlElement("w:r"), OxmlElement("w:delText" if deleted else "w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    if raised or hidden:
        settings = OxmlElement("w:rPr")
        mark = OxmlElement("w:vertAlign" if raised else "w:vanish")
        if raised:
            mark.set(qn("w:val"), "superscript")
        settings.append(mark)
        made.append(settings)
    made.append(text)
    return made


def change(tag: str, *runs: Any) -> Any:
    """Runs under a tracked change: `ins`, `del`, `moveFrom`, `moveTo`."""
    made = OxmlElement(f"w:{tag}")
    made.set(qn("w:author"), "someone")
    made.set(qn("w:id"), "900")
    for one in runs:
        made.append(one)
    return made


def text_box(words: str) -> Any:
    """A run with a text box, in the two forms in which Word writes each of them."""
    inside = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    return parse_xml(
        f'<w:r {nsdecls("w", "wp", "a")} '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps">'
        '<w:drawing><wp:inline><wp:docPr id="7" name="Text Box 7"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )  # fmt: skip


def reference(kind: str, number: int) -> Any:
    """A run that points to a footnote or an endnote."""
    made, mark = OxmlElement("w:r"), OxmlElement(f"w:{kind}Reference")
    mark.set(qn("w:id"), str(number))
    made.append(mark)
    return made


def with_notes(data: bytes, **notes: str) -> bytes:
    """The file with a part of footnotes or endnotes, each with one note of number 2."""
    parts: dict[str, bytes] = {}
    types, relations = "", ""
    for kind, words in notes.items():
        parts[f"word/{kind}s.xml"] = NOTES.format(
            kind=kind, words=words, number=2, spaces=nsdecls("w")
        ).encode()
        types += (
            f'<Override PartName="/word/{kind}s.xml" ContentType="application/vnd.openxmlformats-'
            f'officedocument.wordprocessingml.{kind}s+xml"/>'
        )
        relations += (
            f'<Relationship Id="rId9{kind}" Type="{RELATION}/{kind}s" Target="{kind}s.xml"/>'
        )
    return rezipped(
        data,
        added=parts,
        changed={
            "[Content_Types].xml": ("</Types>", f"{types}</Types>"),
            "word/_rels/document.xml.rels": ("</Relationships>", f"{relations}</Relationships>"),
        },
    )


def rezipped(
    data: bytes,
    *,
    added: dict[str, bytes] | None = None,
    changed: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """An archive again, with parts added and words in its parts replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(held, "w", 8) as target:
        for one in source.infolist():
            content = source.read(one)
            if one.filename in (changed or {}):
                old, new = (changed or {})[one.filename]
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(one.filename, content)
        for name, content in (added or {}).items():
            target.writestr(name, content)
    return held.getvalue()


def blank() -> Any:
    """A document with nothing in it."""
    return docx.Document()
