"""The permission table of submitting."""

from typing import Any

from gongxue.records.files import Clean, keep
from gongxue.records.models import Application, Receipt, SchoolSummary
from gongxue.rules.workflow import SCHOOL_SUMMARY
from tests.records.city import NOON
from tests.site.permissions import CITY, SCHOOL, SEE_AN_APPLICATION, Expect, everywhere

AT_SCHOOL = SCHOOL | CITY


def _with_receipts(world: Any) -> dict[str, dict[str, Any]]:
    """A receipt each; nowhere is ours under another number."""
    return {where: {"number": _receipt(getattr(world, where), number)} for number, where in enumerate(("ours", "theirs"), start=1)}


def _receipt(application: Application, number: int) -> str:
    from gongxue.records.snapshots import freeze

    digest = freeze(application, "submit").digest
    told = {"programme": application.programme, "number": number, "text": f"111-{number:04}", "version": application.version}
    return Receipt.objects.create(application=application, digest=digest, at=NOON, why="submit", how="online", seal=digest, **told).text


def _scanned(world: Any) -> dict[str, dict[str, Any]]:
    """A stamped scan of the 附件一 of each school."""
    found = {}
    for where, school in (("ours", world.schools["own"]), ("theirs", world.schools["other"])):
        summary = SchoolSummary.objects.create(school=school, programme="hsinchu-111", changed_at=NOON)
        clean, by = Clean("jpeg", where.encode(), 1, "x.jpg"), world.people["clerk"].user
        found[where] = {"file": keep(clean, SCHOOL_SUMMARY, str(summary.pk), by=by, at=NOON).pk}
    return found


ROUTES = {
    "submitting:schools": Expect(everywhere("clerk", "director", "accountant", "principal")),
    "submitting:school": Expect(AT_SCHOOL, on="school"),
    "submitting:export": Expect(AT_SCHOOL, on="school", address={"kind": "csv"}),
    "submitting:submit": Expect({"clerk"}, on="school"),
    "submitting:summary": Expect(AT_SCHOOL, on="school"),
    "submitting:summary_file": Expect(AT_SCHOOL, on="school", address={"kind": "odt"}),
    "submitting:summary_facts": Expect({"clerk"}, on="school", data={"seen": "1"}),
    "submitting:summary_send_to_sign": Expect({"clerk"}, on="school"),
    "submitting:summary_sign": Expect({"clerk", "director", "principal"}, on="school", data={"password": "x"}),
    "submitting:summary_scan": Expect({"clerk", "director", "principal"}, on="school"),
    "submitting:summary_scanned": Expect(AT_SCHOOL, on="school", address={"file": 1}, ready=_scanned),
    "submitting:summary_send": Expect({"clerk"}, on="school"),
    "submitting:summary_recall": Expect({"clerk"}, on="school"),
    "submitting:summary_return": Expect({"director", "principal"}, on="school"),
    "submitting:submit_one": Expect({"clerk"}, on="application", state="signed"),
    "submitting:receipt": Expect(SEE_AN_APPLICATION, on="application"),
    "submitting:receipt_file": Expect(SEE_AN_APPLICATION, on="application", ready=_with_receipts),
    "submitting:recall_submission": Expect({"clerk", "principal"}, on="application", state="submitted", data={"seen": "1"}),
    "submitting:complete": Expect({"convener", "clerk"}, on="application", state="completing", data={"seen": "1"}),
    "submitting:withdraw": Expect({"convener", "clerk", "principal"}, on="application", data={"seen": "1", "reason": "x"}),
}
