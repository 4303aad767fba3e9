"""The receipt of a submission (送件回執), as a tree of blocks: its number, when what was handed in came in, by which deadline, and its hash.

It is a paper of this system, not of the plan; the plan asks for the submission (陸、一; 陸、三).
"""

import datetime

import msgspec

from gongxue.documents.blocks import Blank, Block, Paper, Paragraph, Row, Table, Title
from gongxue.documents.cells import head, said
from gongxue.documents.phrases.numbers import in_words
from gongxue.documents.phrases.quoting import tidy
from gongxue.rules.application import Application
from gongxue.rules.check import totals
from gongxue.rules.deadlines import last_second, to_the_second
from gongxue.rules.numerals import money
from gongxue.rules.programme import Programme

TITLE = "送件回執"


class ReceiptFacts(msgspec.Struct, frozen=True):
    """What a receipt says beside the application. `digest` is that of the application's version, `seal` that of the receipt itself.

    `before` is the deadline that held (exclusive), None where there was none. `voided` says why and when it no longer holds, "" when it
    does.
    """

    number: str
    at: datetime.datetime
    before: datetime.datetime | None
    version: int
    digest: str
    seal: str
    by: str
    why: str
    signed: str
    voided: str = ""


def receipt_form(application: Application, programme: Programme, facts: ReceiptFacts) -> Paper:
    """The receipt of one submission of `application`, as it stood in the version that was submitted."""
    blocks: list[Block] = [
        Title(TITLE, subtitle=programme.title.zh),
        Paragraph(((f"編號：{facts.number}",),), align="end"),
        *([Paragraph(((f"【本回執已失效】{facts.voided}",),))] if facts.voided else []),
        _received(facts, programme),
        _what(application, programme, facts),
        Paragraph(_notes(), small=True),
    ]
    return Paper(title=f"{TITLE} {facts.number}", blocks=tuple(blocks), version=str(facts.version), digest=facts.seal)


def _received(facts: ReceiptFacts, programme: Programme) -> Table:
    rows = [
        _row("收件時間", f"{to_the_second(facts.at).zh}（臺北時間）"),
        _row("截止時間", _due(facts, programme)),
        _row("事由", facts.why),
        _row("送件人", facts.by),
        _row("核章", facts.signed),
    ]
    return Table("收件", (3, 11), tuple(rows))


def _due(facts: ReceiptFacts, programme: Programme) -> str:
    """The deadline that held, and where it was a later one that the city opened for the school, that of everybody else."""
    if facts.before is None:
        return "本計畫未訂截止時間"
    due, closing = f"{to_the_second(last_second(facts.before)).zh}（臺北時間）", programme.dates.applications_close
    everybody = closing.before if closing is not None else None
    if everybody is None or facts.before <= everybody:
        return due
    return f"{due}；市府為該校逾期開放，全市於 {to_the_second(last_second(everybody)).zh} 截止"


def _what(application: Application, programme: Programme, facts: ReceiptFacts) -> Table:
    reckoned = totals(application, programme)
    tier = programme.tier(application.tier)
    register = programme.register
    school = register.find(application.fiscal_school) if register is not None else None
    rows = [
        _row("學校", school.official_name if school is not None else tidy(application.fiscal_school), "fiscal_school"),
        _row("社群名稱", tidy(application.name), "name"),
        _row("申請類別", tier.label.zh if tier is not None else None, "tier"),
        _row("跨校社群", "是" if application.cross_school else "否"),
        _row("社群人數", f"{reckoned.people} 人（含召集人）"),
        _row("辦理次數", f"{reckoned.sessions} 次"),
        _row("申請經費", f"{money(reckoned.requested)} 元（{in_words(reckoned.requested)}）"),
        _row("申請書版本", f"第 {facts.version} 版"),
        _row("申請書校驗碼", facts.digest),
    ]
    return Table("送件內容", (3, 11), tuple(rows))


def _row(label: str, value: str | None, path: str = "") -> Row:
    return Row((head(label), said(value or Blank(path or label), path)))


def _notes() -> tuple[tuple[str, ...], ...]:
    return (
        ("一、收件時間是送件要求進入本系統的時間，是否逾期以這個時間判斷。",),
        ("二、本回執由系統自動產生，不需用印。頁尾的校驗碼可在本站「驗證紙本」查核。",),
        ("三、撤回送件、撤回申請，或補件送出另有新的回執時，本回執即失效。",),
    )
