"""A deck of slides on a master: which layouts to use, where its free area is, new slides."""

from __future__ import annotations

import copy
import io
from typing import Any

from pptx.oxml.ns import qn
from pptx.util import Pt

from saferboard.documents.model import Document, Label
from saferboard.documents.render import fitting
from saferboard.documents.render.pictures import Pictures
from saferboard.documents.render.slide import Box, Canvas, describe
from saferboard.documents.render.slide_text import Line, Piece
from saferboard.documents.themes.palette import QUIET_INK, Palette
from saferboard.vocabulary.problem import Problem

_EDGE = ("DATE", "FOOTER", "SLIDE_NUMBER")
_TITLES = ("TITLE", "CENTER_TITLE")
_TITLE_SIZES = (28.0, 24.0, 20.0, 18.0, 16.0)
_GAP = 12.0


class Deck:
    """Adds slides to `presentation`. `area` is where a slide's content may stand."""

    def __init__(
        self, presentation: Any, document: Document, palette: Palette, pictures: Pictures
    ) -> None:
        self.presentation = presentation
        self.document = document
        self.palette = palette
        self.pictures = pictures
        self._content = _content_layout(presentation)
        self._cover = _cover_layout(presentation) or self._content
        self._title_box = _box(_placeholder(self._content, _TITLES))
        self._title_size = _title_size(presentation)
        self.area = self._free_area()

    def cover(self) -> None:
        """The first slide: title, subtitle, who and when."""
        document = self.document
        slide = self.presentation.slides.add_slide(self._cover)
        title = _placeholder(slide, _TITLES)
        title.text_frame.text = document.title
        self._speak(title)
        about = (document.subtitle, document.organisation, document.date, document.marking)
        lines = [line for line in about if line]
        subtitle = _placeholder(slide, ("SUBTITLE", "BODY"))
        if subtitle is not None:
            subtitle.text_frame.text = "\n".join(lines)
            self._speak(subtitle)
        else:
            canvas = Canvas(slide.shapes, self.palette, document.language)
            words = Piece(tuple(Line((Label(line),), 20) for line in lines))
            canvas.text(words, self.area, "Subtitle")
        self._logo(slide)
        _without_empty(slide)

    def slide(self, title: str) -> tuple[Canvas, Any]:
        """A new slide with `title`; gives a canvas for its content and the slide itself."""
        slide = self.presentation.slides.add_slide(self._content)
        holder = _placeholder(slide, _TITLES)
        holder.text_frame.text = title
        holder.text_frame.word_wrap = True
        size = self._fitting_size(title)
        if size is not None:
            holder.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        self._speak(holder)
        self._edges(slide)
        _without_empty(slide)
        return Canvas(slide.shapes, self.palette, self.document.language), slide

    def _fitting_size(self, title: str) -> float | None:
        """A smaller size for a long title; None where the master's own is right."""
        sizes = (self._title_size, *(size for size in _TITLE_SIZES if size < self._title_size))
        for size in sizes:
            count = fitting.lines(title, size, self._title_box.width - 8, bold=True)
            if count * size * 1.2 <= max(self._title_box.height, size * 1.2):
                return None if size == self._title_size else size
        return sizes[-1]

    def _free_area(self) -> Box:
        width = self.presentation.slide_width / 12700
        height = self.presentation.slide_height / 12700
        title = self._title_box
        top = title.bottom + _GAP
        if top > height * 0.45:
            top = height * 0.2
        edges = [
            _box(shape).top
            for shape in self._content.placeholders
            if shape.placeholder_format.type.name in _EDGE
        ]
        low = min([edge for edge in edges if edge > height * 0.7], default=height - 34)
        left = min(max(title.left, 24.0), width * 0.25)
        return Box(left, top, min(title.width, width - 2 * left), low - 6 - top)

    def _edges(self, slide: Any) -> None:
        """Footer (organisation, marking) and slide number, which python-pptx leaves out."""
        layout = slide.slide_layout
        footer = " | ".join(filter(None, (self.document.organisation, self.document.marking)))
        for shape in layout.placeholders:
            name = shape.placeholder_format.type.name
            if name not in ("FOOTER", "SLIDE_NUMBER"):
                continue
            element = copy.deepcopy(shape._element)
            slide.shapes._spTree.append(element)
            element.find(f"{qn('p:nvSpPr')}/{qn('p:cNvPr')}").set(
                "id", str(900 + len(slide.shapes))
            )
            if name == "FOOTER":
                body = element.find(qn("p:txBody"))
                for paragraph in body.findall(qn("a:p"))[1:]:
                    body.remove(paragraph)
                added = slide.shapes[-1]
                added.text_frame.text = footer
                self._speak(added)

    def _logo(self, slide: Any) -> None:
        logo = self.document.look.logo
        if logo is None:
            return
        data = self.pictures.raster(logo)
        picture = slide.shapes.add_picture(io.BytesIO(data), self._title_box.emu()[0], Pt(120))
        scale = min(Pt(48) / picture.height, Pt(200) / picture.width)
        picture.height, picture.width = int(picture.height * scale), int(picture.width * scale)
        describe(picture, logo.alternative)

    def _speak(self, shape: Any) -> None:
        """Say in which language a shape's words are."""
        for run in shape._element.iter(qn("a:rPr")):
            run.set("lang", self.document.language)
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run._r.get_or_add_rPr().set("lang", self.document.language)


def without_slides(presentation: Any) -> None:
    """Take out the slides that a template holds as examples."""
    listed = presentation.slides._sldIdLst
    for entry in list(listed):
        presentation.part.drop_rel(entry.rId)
        listed.remove(entry)


def footnote(words: str) -> Piece:
    return Piece((Line((Label(words),), 11, colour=QUIET_INK),), after=4)


def _content_layout(presentation: Any) -> Any:
    """The layout with a title and the fewest other placeholders."""
    fit = []
    for number, layout in enumerate(presentation.slide_layouts):
        names = [shape.placeholder_format.type.name for shape in layout.placeholders]
        if "TITLE" in names:
            fit.append((sum(name not in (*_EDGE, "TITLE") for name in names), number, layout))
    if not fit:
        raise Problem(
            "The template has no layout with a title.",
            remedy="Add a layout called “Title Only” to the template's slide master.",
        )
    return min(fit, key=lambda entry: entry[:2])[2]


def _cover_layout(presentation: Any) -> Any:
    for layout in presentation.slide_layouts:
        names = {shape.placeholder_format.type.name for shape in layout.placeholders}
        if "CENTER_TITLE" in names or {"TITLE", "SUBTITLE"} <= names:
            return layout
    return None


def _placeholder(holder: Any, names: tuple[str, ...]) -> Any:
    for shape in holder.placeholders:
        if shape.placeholder_format.type.name in names:
            return shape
    return None


def _box(shape: Any) -> Box:
    return Box(shape.left / 12700, shape.top / 12700, shape.width / 12700, shape.height / 12700)


def _title_size(presentation: Any) -> float:
    path = f"{qn('p:txStyles')}/{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"
    style = presentation.slide_master._element.find(path)
    return int(style.get("sz", "2800")) / 100 if style is not None else 28.0


def _without_empty(slide: Any) -> None:
    """An empty placeholder says “Click to add text” to whoever edits the slide."""
    for shape in list(slide.placeholders):
        name = shape.placeholder_format.type.name
        if name not in _EDGE and shape.has_text_frame and not shape.text_frame.text:
            shape._element.getparent().remove(shape._element)
