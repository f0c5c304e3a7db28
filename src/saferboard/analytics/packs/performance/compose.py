"""The performance pack: results become one document."""

from __future__ import annotations

from saferboard.analytics.packs.funnels import funnel_section
from saferboard.analytics.packs.material import LOCAL, Material
from saferboard.analytics.packs.performance.data_notes import data_notes
from saferboard.analytics.packs.performance.measure_page import measure_page
from saferboard.analytics.packs.performance.reference import glossary, methods
from saferboard.analytics.packs.performance.stands_out import stands_out
from saferboard.analytics.packs.performance.summary_page import summary_pages
from saferboard.analytics.packs.prose import settings
from saferboard.analytics.packs.wards import ward_sections
from saferboard.documents.model import Document, Section

PACK = "performance"


def compose(material: Material) -> Document:
    """What stands out, the summary page, a page for each measure (the police's, then the
    partners' own), the limits of chance, wards, glossary, methods, notes on the data."""
    words = settings(PACK)
    titles = words["sections"]
    paged = [one for one in material.with_data if one.own_page]
    police = [one for one in paged if one.source != LOCAL]
    own = [one for one in paged if one.source == LOCAL]
    sections: list[Section] = [
        stands_out(material, titles["stands-out"]),
        *summary_pages(material, titles["summary"], titles["summary-ranks"]),
        *(measure_page(material, one) for one in (*police, *own)),
        *funnel_section(material, titles["funnels"], words["funnel-plots"]),
        *ward_sections(material, titles["wards"], words["ward-pages"]),
        glossary(material, titles["glossary"]),
        methods(titles["methods"]),
        data_notes(material, titles["data-notes"], words["without-data"]),
    ]
    summary = material.summary
    return Document(
        title=f"{words['title']}: {summary.area.name}",
        subtitle=f"Figures to {summary.to.label()}",
        organisation=material.partnership.name,
        language="en-GB",
        date=_known(material),
        sections=tuple(sections),
        look=material.look,
        marking=material.partnership.marking,
        contact=material.partnership.contact,
        keywords=("community safety", "performance", summary.area.name),
    )


def _known(material: Material) -> str:
    summary = material.summary
    if summary.as_known == "latest":
        return "Figures as now, from the newest publications loaded"
    return f"Figures as published by {summary.as_known}"
