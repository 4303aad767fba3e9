"""The permission table of submitting."""

from typing import Any

from gongxue.records.models import Application, Receipt
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
