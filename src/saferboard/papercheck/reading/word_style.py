"""What the styles of a Word document say of a paragraph: heading, list, caption."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

MOST_ANCESTORS = 12
LOWEST = 6
_VALUE = qn("w:val")


class Styles:
    """The styles of one document, looked up once each."""

    def __init__(self, document: Any) -> None:
        self._elements = {
            one.get(qn("w:styleId")): one
            for one in document.styles.element.iter(qn("w:style"))
            if one.get(qn("w:type")) in (None, "paragraph")
        }
        self._known: dict[str, tuple[str, int, bool]] = {}
        defaults = document.styles.element.find(
            f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}"
        )
        self.language = (defaults.get(_VALUE) or "") if defaults is not None else ""

    def of(self, paragraph: Any) -> tuple[str, int, bool]:
        """The style's name in small letters, the level of the heading (0 for none), and whether
        it is an item of a list. A level or list set on the paragraph itself goes first."""
        settings = paragraph.find(qn("w:pPr"))
        if settings is None:
            return "", 0, False
        style = settings.find(qn("w:pStyle"))
        name, level, listed = self._style(style.get(_VALUE) or "" if style is not None else "")
        outline = settings.find(qn("w:outlineLvl"))
        if outline is not None:
            level = _level(outline)
        numbered = settings.find(qn("w:numPr"))
        if numbered is not None:
            identity = numbered.find(qn("w:numId"))
            listed = identity is None or identity.get(_VALUE) != "0"
        return name, level, listed

    def _style(self, identity: str) -> tuple[str, int, bool]:
        if identity not in self._known:
            self._known[identity] = self._looked_up(identity)
        return self._known[identity]

    def _looked_up(self, identity: str) -> tuple[str, int, bool]:
        first = ""
        for _ in range(MOST_ANCESTORS):
            style = self._elements.get(identity)
            named = style.find(qn("w:name")) if style is not None else None
            name = (named.get(_VALUE) if named is not None else identity) or ""
            name = name.lower()
            first = first or name
            if name == "title":
                return first, 1, False
            if name.startswith("heading"):
                number = name.removeprefix("heading").strip()
                return first, min(int(number), LOWEST) if number.isdigit() else 2, False
            if name.startswith("list"):
                return first, 0, True
            if style is None:
                break
            settings = style.find(qn("w:pPr"))
            if settings is not None:
                outline = settings.find(qn("w:outlineLvl"))
                if outline is not None and _level(outline):
                    return first, _level(outline), False
                if settings.find(qn("w:numPr")) is not None:
                    return first, 0, True
            parent = style.find(qn("w:basedOn"))
            if parent is None:
                break
            identity = parent.get(_VALUE) or ""
        return first, 0, False


def _level(outline: Any) -> int:
    words = outline.get(_VALUE) or ""
    return min(int(words) + 1, LOWEST) if words.isdigit() and int(words) < 9 else 0
