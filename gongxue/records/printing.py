"""What is printed: the content as it stands, frozen first, so that the version and the hash in a paper's foot lead back to it.

A download is a GET, and yet it writes a snapshot. It may, because freezing is by version: a version is frozen once, whoever asks first
and however often, and nothing of the application changes by it, neither content nor state nor version. So it needs no entry in the
trail, as the freezing that precedes an edit needs none; the snapshot itself says why it was made. A paper without its snapshot would be
worse: a stamp on a hash that leads nowhere.
"""

import uuid

from gongxue.records.actor import Actor
from gongxue.records.doors import allowed, locked
from gongxue.records.models import Snapshot
from gongxue.records.refusals import NotThere
from gongxue.records.sight import visible_to
from gongxue.records.snapshots import freeze
from gongxue.records.whole import whole

PRINTED = "print"


def frozen_to_print(application_id: uuid.UUID, *, actor: Actor) -> Snapshot:
    """The snapshot of the current version, made now where there is none. Raises NotThere, NotAllowed, Unkept.

    Where there is one already nothing is locked and nothing written: a signed paper can be printed from a database that is full.
    """
    application = visible_to(actor).filter(pk=application_id).first()
    if application is None:
        raise NotThere()
    allowed(PRINTED, application, actor)
    known = Snapshot.objects.filter(application=application, version=application.version).first()
    return known or _freeze(application_id, actor)


@whole
def _freeze(application_id: uuid.UUID, actor: Actor) -> Snapshot:
    application = locked(application_id, actor)
    allowed(PRINTED, application, actor)
    return freeze(application, PRINTED)
