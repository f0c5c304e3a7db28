"""What a finished build holds, from its row and its folder."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.packs.build import FACTS_FILE
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.evidence.packs.models import Build, Pack
from saferboard.workspace.evidence.packs.pages import read_contents
from saferboard.workspace.evidence.packs.remarks import commentary_for
from saferboard.workspace.evidence.packs.shelf import folder_of
from saferboard.workspace.evidence.packs.shown import BuildShown, FileShown

FORMATS = {
    "html": ("Web page", "text/html"),
    "pdf": ("PDF", "application/pdf"),
    "pptx": (
        "PowerPoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    "docx": (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("Every figure with its source (facts.json)", "application/json"),
}


def settled_build(pack: Pack) -> Build | None:
    """The build that was checked; before that the newest finished one; None where there is
    none."""
    if pack.settled_id is not None:
        return Build.objects.get(id=pack.settled_id)
    done = Build.objects.filter(pack=pack, finished_at__isnull=False)
    return done.order_by("-number").first()


def build_shown(pack: Pack, build: Build) -> BuildShown | None:
    """A finished build as a page shows it; None for one that is not finished."""
    if build.finished_at is None:
        return None
    contents = read_contents(folder_of(build.id))
    used = commentary_for(pack.area, Month.parse(pack.to)).versions
    return BuildShown(
        id=build.id,
        number=build.number,
        finished_at=build.finished_at,
        files=tuple(
            FileShown(
                one["name"], one["format"], FORMATS[one["format"]][0], one["size"], one["sha256"]
            )
            for one in build.files
        ),
        failed=tuple((FORMATS[name][0], words) for name, words in contents.failed.items()),
        renewed=dict(used) != build.remarks,
    )


@lru_cache(maxsize=4)
def facts_of(build: UUID) -> FactSheet:
    """The fact sheet of a finished build, which never changes. Raises Problem where it is not in
    its place."""
    try:
        text = (folder_of(build) / FACTS_FILE).read_text("utf-8")
    except OSError as error:
        raise Problem(
            "The figures of this pack are not in their place on the server.",
            remedy="Tell whoever runs the server: they are in the backup.",
        ) from error
    return FactSheet.from_json(text)
