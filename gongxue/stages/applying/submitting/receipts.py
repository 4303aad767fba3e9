"""Receipts as pages and papers."""

from typing import TYPE_CHECKING, Final

import msgspec
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from gongxue.records.document import application_of
from gongxue.records.listings.signing import chain_at, lost_seals
from gongxue.records.models import Application, Receipt, Snapshot
from gongxue.records.programmes import programme_of
from gongxue.records.refusals import NotThere
from gongxue.rules.access import ROLES
from gongxue.rules.deadlines import to_the_second
from gongxue.rules.text import Text
from gongxue.rules.workflow import APPLICATION, transition
from gongxue.site import printing
from gongxue.site.acting import language
from gongxue.site.chains import sealed_by
from gongxue.site.mail.attaching import Attachment

if TYPE_CHECKING:
    from gongxue.documents.blocks import Paper

SIGNED: Final[dict[str, Text]] = {
    "online": Text("線上核章", "Signed online"),
    "paper": Text("紙本核章（掃描檔）", "Signed on paper (scan)"),
    "both": Text("線上與紙本核章", "Signed online and on paper"),
    "": Text("核章後另有補件", "Completed after the chain had signed"),
}


def receipts_of(application: Application) -> tuple[Receipt, ...]:
    """All receipts of an application, newest first: the one that holds, and those that no longer do. One query."""
    return tuple(application.receipts.select_related("by", "voided_by"))


def signers(application: Application, receipt: Receipt) -> str:
    """Who had sealed what a receipt answers, in few words, in the active language; "" where nobody had. One query."""
    links = chain_at(application, receipt.digest, receipt.at)
    told = [
        sealed_by(link.label if language() == "zh" else ROLES[link.role].en, link.by, stands_in=link.stands_in, how=link.how)
        for link in links
    ]
    return _("、").join(told)


def uncovered(application: Application, receipt: Receipt) -> str:
    """Which seals no longer covered what a receipt answers, in few words, in the active language; "" where all did. Two queries."""
    zh = language() == "zh"
    lost = lost_seals(application, receipt.digest, receipt.at)
    told = [f"{each.label if zh else ROLES[each.role].en} {each.by}" for each in lost]
    return _("%(names)s 的章核的是補件以前的內容") % {"names": _("、").join(told)} if told else ""


def why_void(receipt: Receipt) -> Text:
    """Why and since when a receipt no longer holds; "" where it does."""
    if receipt.voided_at is None:
        return Text("", "")
    when, what = to_the_second(receipt.voided_at), transition(APPLICATION, receipt.void_why).label
    return Text(f"已於 {when.zh} {what.zh}", f"{what.en}, {when.en}")


def file_of(application: Application, number: str) -> printing.File:
    """One receipt as a PDF; raises NotThere where the application has none of that number, Unavailable."""
    receipt = application.receipts.select_related("by").filter(text=number).first()
    if receipt is None:
        raise NotThere()
    return printing.File(_name(receipt), printing.KINDS["pdf"], printing.printed(_paper(receipt, why_void(receipt).zh), "pdf"))


def attachment(key: int) -> Attachment:
    """The receipt that goes with the letter about it: as it was issued, whatever became of it since."""
    receipt = Receipt.objects.select_related("by").get(pk=key)
    return Attachment(_name(receipt), printing.KINDS["pdf"], printing.printed(_paper(receipt, ""), "pdf"))


def _name(receipt: Receipt) -> str:
    return f"送件回執-{receipt.text}.pdf"


def _paper(receipt: Receipt, voided: str) -> "Paper":
    from gongxue.documents.receipt_form import ReceiptFacts, receipt_form  # a page that prints nothing does not pay for it

    application = Application.objects.only("programme", "programme_version").get(pk=receipt.application_id)
    snapshot = Snapshot.objects.get(application=application, version=receipt.version)
    with translation.override(settings.LANGUAGE_CODE):  # the paper is Chinese, whoever asks for it
        seals = signers(application, receipt) or uncovered(application, receipt)
    by = receipt.by.name if receipt.by is not None else ""
    role = ROLES[receipt.role].zh if receipt.role in ROLES else ""
    facts = ReceiptFacts(
        receipt.text,
        receipt.at,
        receipt.before,
        receipt.version,
        receipt.digest,
        receipt.seal,
        f"{by}（{role}）" if role else by,
        transition(APPLICATION, receipt.why).label.zh,
        "：".join(filter(None, (SIGNED[receipt.how].zh, seals))),
        voided,
    )
    document = application_of(msgspec.json.decode(snapshot.content))
    return receipt_form(document, programme_of(application.programme, application.programme_version), facts)
