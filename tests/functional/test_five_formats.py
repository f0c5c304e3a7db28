"""The same figures in the same order in all five formats, made in one run."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pptx import Presentation as open_slides
from tests.documents_fixture import everything
from tests.documents_parts import bound
from tests.five_formats import assert_same_figures, missing_in_order, pptx_words, printed

from saferboard.documents.model import Label, Paragraph
from saferboard.documents.render.formats import RENDERERS, Format, render_all

DOCUMENT = everything(2)


@pytest.fixture(scope="module")
def files() -> dict[Format, bytes]:
    return render_all(DOCUMENT)


def test_all_five_say_the_same(files: dict[Format, bytes]) -> None:
    assert list(files) == list(RENDERERS)
    assert_same_figures(DOCUMENT, files)


@pytest.mark.parametrize("name", list(RENDERERS))
def test_a_figure_that_one_format_lacks_is_noticed(
    files: dict[Format, bytes], name: Format
) -> None:
    """The comparison can fail: a sentence more in the document is missing from every file."""
    more = Paragraph((Label("One more: "), bound("more", 987654, "987,654")))
    first, *others = DOCUMENT.sections
    longer = replace(DOCUMENT, sections=(replace(first, blocks=(more, *first.blocks)), *others))
    with pytest.raises(AssertionError):
        assert_same_figures(longer, {name: files[name]})


def test_figures_in_another_order_are_noticed(files: dict[Format, bytes]) -> None:
    words = pptx_words(files["pptx"])
    assert missing_in_order(printed(DOCUMENT), words) is None
    assert missing_in_order(list(reversed(printed(DOCUMENT))), words) is not None


def test_only_what_was_asked_for_is_made() -> None:
    made = render_all(everything(0), ("xlsx", "html"))
    assert list(made) == ["xlsx", "html"]


def test_a_document_rendered_twice_has_the_same_slides(files: dict[Format, bytes]) -> None:
    again = render_all(DOCUMENT, ("pptx",))["pptx"]
    assert pptx_words(again) == pptx_words(files["pptx"])
    assert len(open_slides(io.BytesIO(again)).slides) > len(DOCUMENT.sections)
