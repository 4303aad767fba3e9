"""Every state and transition, in one table. Buttons, addresses, timelines, filters, the tour's diagram and the tests read it.

A transition says from where to where, who may make it (by `access`), what must hold, whether it asks a reason, whether a deadline bounds it
and who is told. Nothing else in the project decides whether a step is legal.
"""

from collections.abc import Iterator

import msgspec

from gongxue.rules.text import Text

APPLICATION = "application"
SCHOOL_SUMMARY = "school_summary"
LATE_OPENING = "late_opening"
BUNDLE = "bundle"
REMINDER = "reminder"
MESSAGE = "message"


class State(msgspec.Struct, frozen=True):
    """A state of a subject. `step` is the stop of the stage line it belongs to; `open` when content may change."""

    subject: str
    name: str
    label: Text
    step: str
    open: bool = False
    final: bool = False


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table.

    `sources` are the states it may start from; `verb` is what `access` must allow. `rules_hold`: no rule finds an error. `before` names the
    programme's date it must precede. `asks_reason`: a reason of at least one word. `conditions` are checked by the records floor, by name.
    `tells` are the relations that get a notice. `voids_signatures`: what was signed is no longer.
    """

    subject: str
    name: str
    label: Text
    sources: tuple[str, ...]
    target: str
    verb: str
    clause: str
    rules_hold: bool = False
    before: str = ""
    asks_reason: bool = False
    conditions: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    voids_signatures: bool = False


STATES: tuple[State, ...] = (
    State(APPLICATION, "draft", Text("草稿", "Draft"), "writing", open=True),
    State(APPLICATION, "returned", Text("退回修改", "Returned"), "writing", open=True),
    State(APPLICATION, "signing", Text("核章中", "Signing"), "signing"),
    State(APPLICATION, "signed", Text("可送件", "Signed"), "signing"),
    State(APPLICATION, "submitted", Text("已送件", "Submitted"), "reviewing"),
    State(APPLICATION, "completing", Text("補件中", "Completing"), "reviewing", open=True),
    State(APPLICATION, "first_review", Text("初審中", "First review"), "reviewing"),
    State(APPLICATION, "revising", Text("修正中", "Revising"), "reviewing", open=True),
    State(APPLICATION, "second_review", Text("複審中", "Second review"), "reviewing"),
    State(APPLICATION, "approved", Text("核定", "Approved"), "awarding", final=True),
    State(APPLICATION, "waiting", Text("備取", "Waiting list"), "awarding"),
    State(APPLICATION, "declined", Text("未通過", "Declined"), "awarding", final=True),
    State(APPLICATION, "withdrawn", Text("撤回", "Withdrawn"), "writing", final=True),
    State(APPLICATION, "ineligible", Text("不符資格", "Ineligible"), "reviewing"),
    State(SCHOOL_SUMMARY, "open", Text("編製中", "Open"), "writing", open=True),
    State(SCHOOL_SUMMARY, "signing", Text("核章中", "Signing"), "signing"),
    State(SCHOOL_SUMMARY, "sent", Text("已送", "Sent"), "reviewing"),
    State(LATE_OPENING, "open", Text("開放中", "Open"), "writing"),
    State(LATE_OPENING, "ended", Text("已結束", "Ended"), "writing", final=True),
    State(REMINDER, "sent", Text("已寄", "Sent"), "writing", final=True),
    State(BUNDLE, "working", Text("打包中", "Being packed"), "writing"),
    State(BUNDLE, "ready", Text("可以下載", "Ready"), "writing"),
    State(BUNDLE, "cancelled", Text("已取消", "Cancelled"), "writing", final=True),
    State(BUNDLE, "failed", Text("沒有完成", "Failed"), "writing", final=True),
    State(BUNDLE, "gone", Text("已過期", "Expired"), "writing", final=True),
    State(MESSAGE, "waiting", Text("待寄", "Waiting"), "writing"),
    State(MESSAGE, "sending", Text("寄送中", "Being sent"), "writing"),
    State(MESSAGE, "sent", Text("已寄", "Sent"), "writing"),
    State(MESSAGE, "failed", Text("寄不出", "Failed"), "writing"),
    State(MESSAGE, "uncertain", Text("不確定", "Uncertain"), "writing"),
    State(MESSAGE, "bounced", Text("被退信", "Bounced"), "writing"),
    State(MESSAGE, "dropped", Text("不再寄", "Given up"), "writing", final=True),
)

STEPS: tuple[tuple[str, Text], ...] = (
    ("writing", Text("撰寫", "Write")),
    ("signing", Text("核章", "Sign off")),
    ("reviewing", Text("審查", "Review")),
    ("awarding", Text("核定", "Award")),
    ("running", Text("執行", "Run")),
    ("reporting", Text("成果", "Results")),
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        subject=APPLICATION, name="send_to_school", label=Text("送學校核章", "Send to the school"),
        sources=("draft", "returned"), target="signing",
        verb="send_to_school", clause="陸、一", rules_hold=True, tells=("signer", "clerk", "partner"),
    ),
    Transition(
        subject=APPLICATION, name="recall", label=Text("收回修改", "Recall"), sources=("signing", "signed"), target="draft",
        verb="recall", clause="陸、一", tells=("signer", "clerk"), voids_signatures=True,
    ),
    Transition(
        subject=APPLICATION, name="return", label=Text("退回", "Return"), sources=("signing", "signed"), target="returned",
        verb="return", clause="陸、一", asks_reason=True, tells=("convener", "signer"), voids_signatures=True,
    ),
    Transition(
        subject=APPLICATION, name="sign", label=Text("核章", "Sign off"), sources=("signing",), target="signing",
        verb="sign", clause="附件二", rules_hold=True, conditions=("next_in_chain",), tells=("signer",),
    ),
    Transition(
        subject=APPLICATION, name="sign_last", label=Text("核章完成", "Last sign-off"), sources=("signing",), target="signed",
        verb="sign", clause="附件二", rules_hold=True, conditions=("last_in_chain",), tells=("clerk", "convener"),
    ),
    Transition(
        subject=APPLICATION, name="sign_on_paper", label=Text("上傳核章掃描檔", "Hand in a stamped scan"), sources=("signing",),
        target="signing", verb="sign_on_paper", clause="附件二", rules_hold=True, tells=("signer",),
    ),
    Transition(
        subject=APPLICATION, name="sign_on_paper_last", label=Text("上傳核章掃描檔，核章完成", "Hand in the last stamped scan"),
        sources=("signing",), target="signed", verb="sign_on_paper", clause="附件二", rules_hold=True, conditions=("chain_complete",),
        tells=("clerk", "convener"),
    ),
    Transition(
        subject=APPLICATION, name="submit", label=Text("送件", "Submit"), sources=("signed",), target="submitted",
        verb="submit", clause="陸、一; 陸、三", rules_hold=True, before="applications_close",
        conditions=("chain_complete", "partners_confirmed"),  # the receipt tells it
    ),
    Transition(
        subject=APPLICATION, name="recall_submission", label=Text("撤回送件", "Recall the submission"), sources=("submitted",), target="signed",
        verb="recall_submission", clause="陸、三", before="applications_close", tells=("convener", "clerk"),
    ),
    Transition(
        subject=APPLICATION, name="ask_completion", label=Text("請補件", "Ask for completion"),
        sources=("submitted", "first_review"), target="completing",
        verb="ask_completion", clause="陸、二", asks_reason=True, tells=("convener", "clerk"),
    ),
    Transition(
        subject=APPLICATION, name="complete", label=Text("補件送出", "Send the completion"), sources=("completing",), target="submitted",
        verb="complete", clause="陸、二; 附件二", rules_hold=True, conditions=("completion_sealed",),
        tells=("officer",),  # the school gets a receipt
    ),
    Transition(
        subject=APPLICATION, name="ask_seals", label=Text("送學校重新核章", "Have it signed again"), sources=("completing",),
        target="completing", verb="complete", clause="附件二", rules_hold=True, conditions=("seals_again", "seals_wanting"),
        tells=("signer",),
    ),
    Transition(
        subject=APPLICATION, name="sign_completion", label=Text("補件核章", "Sign the completion"), sources=("completing",),
        target="completing", verb="sign", clause="附件二", rules_hold=True, conditions=("seals_again", "sealing_asked", "next_in_chain"),
        tells=("signer",),
    ),
    Transition(
        subject=APPLICATION, name="sign_completion_last", label=Text("補件核章完成", "Last sign-off of the completion"),
        sources=("completing",), target="completing", verb="sign", clause="附件二", rules_hold=True,
        conditions=("seals_again", "sealing_asked", "last_in_chain"), tells=("convener", "clerk"),
    ),
    Transition(
        subject=APPLICATION, name="sign_completion_on_paper", label=Text("上傳補件的核章掃描檔", "Hand in a stamped completion"),
        sources=("completing",), target="completing", verb="sign_on_paper", clause="附件二", rules_hold=True, conditions=("seals_again",),
        tells=("signer",),
    ),
    Transition(
        subject=APPLICATION, name="sign_completion_on_paper_last",
        label=Text("上傳補件的核章掃描檔，核章完成", "Hand in the last stamped completion"), sources=("completing",), target="completing",
        verb="sign_on_paper", clause="附件二", rules_hold=True, conditions=("seals_again", "chain_complete"), tells=("convener", "clerk"),
    ),
    Transition(
        subject=APPLICATION, name="return_completion", label=Text("退回補件", "Return the completion"), sources=("completing",),
        target="completing", verb="return", clause="附件二", asks_reason=True, conditions=("seals_asked",), tells=("convener", "signer"),
        voids_signatures=True,
    ),
    Transition(
        subject=APPLICATION, name="mark_ineligible", label=Text("不符資格", "Mark ineligible"),
        sources=("submitted", "completing", "first_review"), target="ineligible", verb="mark_ineligible", clause="肆; 伍、二、備註4",
        asks_reason=True, tells=("convener", "clerk"),
    ),
    Transition(
        subject=APPLICATION, name="reinstate", label=Text("恢復資格", "Reinstate"), sources=("ineligible",), target="submitted",
        verb="reinstate", clause="肆", asks_reason=True, conditions=("handed_in",), tells=("convener", "clerk"),
    ),
    Transition(
        subject=APPLICATION, name="reinstate_completing", label=Text("恢復資格，繼續補件", "Reinstate, the completion goes on"),
        sources=("ineligible",), target="completing", verb="reinstate", clause="肆; 陸、二", asks_reason=True,
        conditions=("not_handed_in",), tells=("convener", "clerk"),
    ),
    Transition(
        subject=APPLICATION, name="withdraw", label=Text("撤回申請", "Withdraw"),
        sources=("draft", "returned", "signing", "signed", "submitted", "completing", "first_review", "revising", "second_review",
            "waiting"),
        target="withdrawn", verb="withdraw", clause="陸、一", asks_reason=True, tells=("convener", "clerk"), voids_signatures=True,
    ),
    Transition(
        subject=APPLICATION, name="restore", label=Text("恢復草稿", "Restore the draft"), sources=("withdrawn",), target="draft",
        verb="restore", clause="陸、一", tells=("convener",),
    ),
    Transition(
        subject=LATE_OPENING, name="end", label=Text("結束開放", "End the opening"), sources=("open",), target="ended",
        verb="end", clause="陸、三", asks_reason=True, tells=("clerk", "principal"),
    ),
    Transition(
        subject=MESSAGE, name="send_again", label=Text("再寄一次", "Send again"), sources=("failed", "uncertain", "bounced", "dropped"),
        target="waiting", verb="send_again", clause="",
    ),
    Transition(
        subject=MESSAGE, name="give_up", label=Text("不再寄", "Give up"), sources=("waiting", "failed", "uncertain", "bounced"),
        target="dropped", verb="give_up", clause="",
    ),
    Transition(
        subject=SCHOOL_SUMMARY, name="send_to_sign", label=Text("送核章", "Send for signing"), sources=("open",), target="signing",
        verb="send_to_sign", clause="附件一", conditions=("facts_complete", "covers_something"), tells=("signer",),
    ),
    Transition(
        subject=SCHOOL_SUMMARY, name="sign", label=Text("核章", "Sign off"), sources=("signing",), target="signing",
        verb="sign", clause="附件一", conditions=("next_in_chain",), tells=("signer",),
    ),
    Transition(
        subject=SCHOOL_SUMMARY, name="sign_on_paper", label=Text("上傳核章掃描檔", "Hand in a stamped scan"), sources=("signing",),
        target="signing", verb="sign_on_paper", clause="附件一", tells=("signer",),
    ),
    Transition(
        subject=SCHOOL_SUMMARY, name="return", label=Text("退回", "Return"), sources=("signing",), target="open",
        verb="return", clause="附件一", asks_reason=True, voids_signatures=True, tells=("clerk", "signer"),
    ),
    Transition(
        subject=SCHOOL_SUMMARY, name="recall", label=Text("收回修改", "Recall"), sources=("signing", "sent"), target="open",
        verb="recall", clause="附件一", voids_signatures=True, tells=("signer",),
    ),
    Transition(
        subject=SCHOOL_SUMMARY, name="reopen", label=Text("申請書變更，重新編製", "Reopened: an application changed"),
        sources=("signing", "sent"), target="open", verb="reopen", clause="附件一", voids_signatures=True, tells=("clerk", "signer"),
    ),
    Transition(
        subject=SCHOOL_SUMMARY, name="send", label=Text("送出附件一", "Send 附件一"), sources=("signing",), target="sent",
        verb="send", clause="陸、一; 附件一", conditions=("chain_complete",),
    ),
)  # fmt: skip


def states(subject: str) -> tuple[State, ...]:
    """The states of a subject, in order."""
    return tuple(state for state in STATES if state.subject == subject)


def state(subject: str, name: str) -> State:
    """One state; KeyError where the subject has none of that name."""
    for each in STATES:
        if each.subject == subject and each.name == name:
            return each
    raise KeyError((subject, name))


def transition(subject: str, name: str) -> Transition:
    """One transition; KeyError where the subject has none of that name."""
    for each in TRANSITIONS:
        if each.subject == subject and each.name == name:
            return each
    raise KeyError((subject, name))


def leaving(subject: str, source: str) -> Iterator[Transition]:
    """The transitions that may start from a state."""
    return (each for each in TRANSITIONS if each.subject == subject and source in each.sources)
