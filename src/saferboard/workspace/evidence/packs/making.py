"""Making a build: the same functions as the command line, then pages for the workspace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from saferboard.analytics.facts.sheet import FactSheet
from saferboard.analytics.packs.asked import answered, material_from
from saferboard.analytics.packs.build import Built
from saferboard.analytics.packs.make import (
    Composed,
    Wanted,
    compose_performance,
    compose_ward,
    write,
)
from saferboard.documents.render.pictures import Pictures
from saferboard.vocabulary.period import Month
from saferboard.vocabulary.problem import Problem
from saferboard.workspace.audit.actor import Actor
from saferboard.workspace.audit.operations import record
from saferboard.workspace.evidence.packs.events import BUILD_FINISHED
from saferboard.workspace.evidence.packs.models import Build, Pack, State
from saferboard.workspace.evidence.packs.options import options_of
from saferboard.workspace.evidence.packs.pages import write_pages
from saferboard.workspace.evidence.packs.remarks import Used, commentary_for
from saferboard.workspace.evidence.packs.shelf import folder_of, hash_of, making
from saferboard.workspace.evidence.place import described, opened

Say = Callable[[int, str], None]
"""Told how far it is, in per cent, and what is being done. May raise to stop the work."""

PERFORMANCE = "performance"


def make_build(build: UUID, *, say: Say, by: Actor, now: datetime) -> None:
    """Makes the files of a build, or nothing: they are written into a hidden folder, renamed into
    place, and only then is the build said to be finished. A build that is finished is left alone,
    so that a job may be given out twice. Raises Problem for what the person can put right."""
    held = Build.objects.select_related("pack").get(id=build)
    if held.finished_at is not None:
        return
    pack = held.pack
    say(5, "Counting")
    composed, pictures, used = _composed(pack)
    say(45, "Writing the pages")
    with making(build) as folder:
        wanted = Wanted(folder, told=lambda words: say(50, words))
        built = write(composed, wanted, pictures=pictures)
        say(90, "Putting the pages in their place")
        write_pages(composed.document, pictures, folder, built.failed)
    finish(held, built, composed.sheet, used, by=by, now=now)


def _composed(pack: Pack) -> tuple[Composed, Pictures, Used]:
    place, to = described(), Month.parse(pack.to)
    options = options_of(pack.options)
    performance = pack.kind == PERFORMANCE
    used = commentary_for(pack.area, to)
    with opened() as lake:
        result = answered(
            lake,
            options.question(pack.area, to),
            place.partnership,
            place.folder,
            wards=True,
            funnels=performance,
        )
        material = material_from(lake, result, place.partnership, used.commentary)
    if performance:
        composed = compose_performance(material)
    else:
        composed = compose_ward(material, options.ward or None)
    return composed, Pictures(material.look), used


def finish(
    held: Build, built: Built, sheet: FactSheet, used: Used, *, by: Actor, now: datetime
) -> None:
    """Says that a build is finished, once its folder is in its place: `built` names the files,
    `used` the commentary that they are made of."""
    files = [_described(folder_of(held.id) / one.name) for one in built.files]
    with transaction.atomic():
        pack = Pack.objects.select_for_update().get(id=held.pack_id)
        if pack.state != State.DRAFT:
            raise Problem(
                "The pack was settled while it was built; this build is not used.",
                remedy="Send the pack back to draft, and build it again.",
            )
        held.finished_at, held.files, held.remarks = now, files, dict(used.versions)
        held.save(update_fields=["finished_at", "files", "remarks"])
        record(
            BUILD_FINISHED,
            by=by,
            now=now,
            subject_type="packs.pack",
            subject=held.pack_id,
            details={"number": held.number, "files": len(files), "facts": sheet.digest()},
        )


def _described(file: Path) -> dict[str, str | int]:
    return {
        "name": file.name,
        "format": file.suffix.removeprefix("."),
        "size": file.stat().st_size,
        "sha256": hash_of(file),
    }
