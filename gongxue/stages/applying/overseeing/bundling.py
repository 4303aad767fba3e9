"""Packs the papers of a list: every 附件二 as PDF, under the plan's file names, in one archive. Runs in the background.

It may run twice: a worker that was killed leaves a part of a file, which the next one writes anew. It stops within a few papers once it
is cancelled.
"""

import datetime
import zipfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from django.conf import settings

from gongxue.records import bundles
from gongxue.records.actor import Actor
from gongxue.records.document import application_of
from gongxue.records.models import Application, Bundle, Snapshot
from gongxue.records.people import actor_for
from gongxue.records.printing import frozen_to_print
from gongxue.records.programmes import programme_of
from gongxue.records.sight import visible_to
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.filenames import application_file_name, unique_names
from gongxue.site import background
from gongxue.site.background import Regular
from gongxue.site.printing import application_paper

if TYPE_CHECKING:
    from gongxue.documents.blocks import Paper

JOB: Final = "bundle"
SWEEP: Final = "sweep_bundles"
_EACH: Final = 10
"""Papers between two looks at whether the bundle is still wanted."""
_MISSING: Final = "未能製作.txt"


class Sheet(msgspec.Struct, frozen=True):
    """One paper to be printed: its name in the archive, and the frozen version."""

    name: str
    application: Application
    snapshot: Snapshot


def register() -> None:
    """Name the jobs."""
    background.register(JOB, make)
    background.register(SWEEP, sweep, regular=Regular(SWEEP, minutes=60))


def file_of(bundle: Bundle | int) -> Path:
    """Where the archive of a bundle lies."""
    return Path(settings.VAR) / "bundles" / f"{bundle if isinstance(bundle, int) else bundle.pk}.zip"


def make(bundle_id: int, at: datetime.datetime) -> None:
    """Make a bundle, in the capacity that who asked for it has now; what may be seen no more is left out."""
    bundle = Bundle.objects.filter(pk=bundle_id, state="working").select_related("made_by").first()
    if bundle is None:
        return
    actor = actor_for(bundle.made_by_id, at.astimezone(TAIPEI).date())
    part = file_of(bundle).with_suffix(".part")
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        left_out = _written(bundle, _sheets(bundle.keys, actor), part, at)
        if left_out is not None:
            part.replace(file_of(bundle))
            if not bundles.finished(bundle_id, left_out=left_out, size=file_of(bundle).stat().st_size, at=at):
                file_of(bundle).unlink()
    except Exception:
        bundles.failed(bundle_id)
        raise
    finally:
        part.unlink(missing_ok=True)


def _sheets(keys: Sequence[str], actor: Actor) -> list[Sheet]:
    """What is to be printed, each frozen and under a name of its own."""
    seen = {str(each.pk): each for each in visible_to(actor).filter(pk__in=keys).defer("document", "search")}
    frozen = [(seen[key], frozen_to_print(seen[key].pk, actor=actor)) for key in keys if key in seen]
    names = unique_names(_name(application, snapshot) for application, snapshot in frozen)
    return [Sheet(name, application, snapshot) for name, (application, snapshot) in zip(names, frozen, strict=True)]


def _name(application: Application, snapshot: Snapshot) -> str:
    facts = application_of(msgspec.json.decode(snapshot.content))
    return application_file_name(facts, programme_of(application.programme, application.programme_version), "pdf")


def _written(bundle: Bundle, sheets: Sequence[Sheet], part: Path, at: datetime.datetime) -> int | None:
    """Write the archive; how many papers could not be printed, None where it was cancelled meanwhile."""
    missing: list[str] = []
    moment = at.astimezone(TAIPEI).timetuple()[:6]
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:  # a PDF is compressed already
        for number, (sheet, data) in enumerate(_printed(sheets), start=1):
            if data is None:
                missing.append(sheet.name)
            else:
                archive.writestr(zipfile.ZipInfo(sheet.name, moment), data)
            if number % _EACH == 0 and not bundles.went_on(bundle.pk, number):
                return None
        if missing:
            archive.writestr(zipfile.ZipInfo(_MISSING, moment), "\n".join(missing) + "\n")
    return len(missing) if bundles.went_on(bundle.pk, len(sheets)) else None


def _printed(sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, bytes | None]]:
    """Each with its PDF, all presses at work; None for one that cannot be set, and the others go on."""
    from gongxue.documents.pdf import PaperError, render_pdfs  # whoever packs nothing does not pay for it

    rest = deque(sheets)
    while rest:
        try:
            for printed in render_pdfs(_paper(sheet) for sheet in tuple(rest)):
                yield rest.popleft(), printed.data
        except PaperError:
            yield rest.popleft(), None


def _paper(sheet: Sheet) -> "Paper":
    application, snapshot = sheet.application, sheet.snapshot
    document = msgspec.json.decode(snapshot.content)
    return application_paper(document, application.programme, application.programme_version, str(snapshot.version), snapshot.digest)


def sweep(at: datetime.datetime) -> dict[str, int]:
    """Throw away the files whose day is over, and what killed workers left; how many, and how many nobody makes any more."""
    gone, failed = bundles.expired(at), bundles.given_up(at)
    for key in gone:
        file_of(key).unlink(missing_ok=True)
    kept = set(Bundle.objects.filter(state__in=("ready", "working")).values_list("pk", flat=True))
    strays = [path for path in file_of(0).parent.glob("*") if not (path.stem.isdecimal() and int(path.stem) in kept)]
    for path in strays:
        with suppress(OSError):
            path.unlink()
    return {"expired": len(gone), "strays": len(strays), "failed": failed}
