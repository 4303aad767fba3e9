"""Stamped papers: which seals on one are new, and of which version it was printed. For any paper that has a chain."""

import uuid
from collections.abc import Collection

from gongxue.records.models import Snapshot, SummarySnapshot
from gongxue.records.refusals import NotAllowed
from gongxue.records.signatures import Signable, turn
from gongxue.rules.access import ROLES
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION


def new_seals(paper: Signable, signed: Collection[str], roles: Collection[str]) -> list[str]:
    """Which seals of a scan are new, in the chain's order; raises NotAllowed where one before them is missing, or none is new."""
    new: list[str] = []
    while (step := turn(paper.chain, {*signed, *new})) is not None:
        role = next((each for each in step.posts if each in roles), None)
        if role is None:
            break
        new.append(role)
    beyond = [role for role in roles if role not in new and role not in signed]
    if step is not None and beyond:
        missing = ", ".join(ROLES[role].en for role in step.posts)
        raise NotAllowed(
            Text(
                f"核章要依序：這張紙上還缺「{step.label}」的章。請補蓋後再掃描上傳。",
                f"Seals come in order: that of {missing} is missing on this paper. Have it stamped, scan it again.",
            )
        )
    if not new:
        raise NotAllowed(
            Text("請勾選紙上新蓋了誰的章；勾的都已經核過。", "Tick whose seal is new on this paper: these have signed already.")
        )
    return new


def printed_as(paper: Signable, code: str) -> int | None:
    """The newest version of this paper whose digest begins with `code`, or None: as what a print of it counts. One query."""
    application, key = paper.subject == APPLICATION, uuid.UUID(paper.subject_id)
    kept = Snapshot.objects.filter(application=key) if application else SummarySnapshot.objects.filter(summary=key)
    # A range, not LIKE, so that both databases use the index; "g" comes after every hexadecimal digit.
    return kept.filter(digest__gte=code, digest__lt=code + "g").order_by("-version").values_list("version", flat=True).first()
