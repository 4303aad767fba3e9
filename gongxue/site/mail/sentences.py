"""What a notice says: one sentence for each event and for whom it is, no more about anybody than the community's name."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[tuple[str, str], Any]] = {
    ("send_to_school", "signer"): _("「%(name)s」送來核章，等您核章。"),
    ("send_to_school", "clerk"): _("「%(name)s」已送學校核章。"),
    ("send_to_school", "partner"): _("「%(name)s」有貴校的老師參加，請確認成員；確認以後才能送件。"),
    ("recall", "signer"): _("「%(name)s」由召集人收回修改，您的核章已作廢。"),
    ("recall", "clerk"): _("「%(name)s」由召集人收回修改。"),
    ("return", "convener"): _("「%(name)s」被學校退回，請依原因修改後再送。"),
    ("return", "signer"): _("「%(name)s」已退回修改，您的核章已作廢。"),
    ("sign", "signer"): _("「%(name)s」等您核章。"),
    ("sign_on_paper", "signer"): _("「%(name)s」等您核章。"),
    ("sign_last", "clerk"): _("「%(name)s」核章完成，請送件。"),
    ("sign_last", "convener"): _("「%(name)s」核章完成，等學校承辦人送件。"),
    ("sign_on_paper_last", "clerk"): _("「%(name)s」核章完成，請送件。"),
    ("sign_on_paper_last", "convener"): _("「%(name)s」核章完成，等學校承辦人送件。"),
    ("recall_submission", "convener"): _("「%(name)s」已撤回送件。"),
    ("recall_submission", "clerk"): _("「%(name)s」已撤回送件。"),
    ("ask_completion", "convener"): _("市府請「%(name)s」補件，請依說明補正後送出，不必重新核章。"),
    ("ask_completion", "clerk"): _("市府請「%(name)s」補件，請與召集人補正後送出，不必重新核章。"),
    ("ask_completion.seals_again", "convener"): _("市府請「%(name)s」補件；補正的內容要由學校重新核章，核完再送出。"),
    ("ask_completion.seals_again", "clerk"): _("市府請「%(name)s」補件；請與召集人補正，重新核章後送出。"),
    ("ask_seals", "signer"): _("「%(name)s」已補件，等您重新核章。"),
    ("sign_completion", "signer"): _("「%(name)s」已補件，等您重新核章。"),
    ("sign_completion_on_paper", "signer"): _("「%(name)s」已補件，等您重新核章。"),
    ("sign_completion_last", "convener"): _("「%(name)s」補件的核章完成，請送出。"),
    ("sign_completion_last", "clerk"): _("「%(name)s」補件的核章完成，請送出。"),
    ("sign_completion_on_paper_last", "convener"): _("「%(name)s」補件的核章完成，請送出。"),
    ("sign_completion_on_paper_last", "clerk"): _("「%(name)s」補件的核章完成，請送出。"),
    ("complete", "officer"): _("「%(name)s」已補件。"),
    ("return_completion", "convener"): _("「%(name)s」的補件被學校退回，請依原因修改後再送學校重新核章。"),
    ("return_completion", "signer"): _("「%(name)s」的補件已退回修改，您的核章已作廢。"),
    ("mark_ineligible", "convener"): _("市府認為「%(name)s」不符資格，原因請看系統。"),
    ("mark_ineligible", "clerk"): _("市府認為「%(name)s」不符資格，原因請看系統。"),
    ("reinstate", "convener"): _("「%(name)s」恢復資格。"),
    ("reinstate", "clerk"): _("「%(name)s」恢復資格。"),
    ("reinstate_completing", "convener"): _("「%(name)s」恢復資格，請繼續補件。"),
    ("reinstate_completing", "clerk"): _("「%(name)s」恢復資格，請繼續補件。"),
    ("withdraw", "convener"): _("「%(name)s」已撤回申請。"),
    ("withdraw", "clerk"): _("「%(name)s」已撤回申請。"),
    ("restore", "convener"): _("「%(name)s」恢復為草稿。"),
    ("void_signatures", "signer"): _("「%(name)s」在您核章後有修改，您的核章已作廢。"),
    ("deadline", "convener"): _("「%(name)s」還沒送件，%(closes)s 截止；還要送學校核章。"),
    ("deadline", "signer"): _("「%(name)s」還沒送件，%(closes)s 截止；正等您核章。"),
    ("deadline", "clerk"): _("「%(name)s」還沒送件，%(closes)s 截止；核章已完成，請送件。"),
    ("summary.send_to_sign", "signer"): _("%(name)s的彙整表（附件一）等您核章。"),
    ("summary.sign", "signer"): _("%(name)s的彙整表（附件一）等您核章。"),
    ("summary.sign", "clerk"): _("%(name)s的彙整表（附件一）核章完成，請送出。"),
    ("summary.sign_on_paper", "signer"): _("%(name)s的彙整表（附件一）等您核章。"),
    ("summary.sign_on_paper", "clerk"): _("%(name)s的彙整表（附件一）核章完成，請送出。"),
    ("summary.return", "clerk"): _("%(name)s的彙整表（附件一）被退回，請依原因修改。"),
    ("summary.return", "signer"): _("%(name)s的彙整表（附件一）已退回，您的核章已作廢。"),
    ("summary.recall", "signer"): _("%(name)s的彙整表（附件一）由承辦人收回修改，您的核章已作廢。"),
    ("summary.reopen", "clerk"): _("%(name)s有申請書變更，彙整表（附件一）要重新編製與核章。"),
    ("summary.reopen", "signer"): _("%(name)s有申請書變更，彙整表（附件一）重新編製，您的核章已作廢。"),
}


def sentence(kind: str, relation: str, name: str, closes: str = "") -> str:
    """What happened to the application, or to the summary of the school, called `name`; `closes` for a deadline. In the active language."""
    return str(SENTENCES[kind, relation]) % {"name": name, "closes": closes}
