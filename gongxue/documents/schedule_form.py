"""附件二 三: the year's schedule, its heading and notes made of the programme's figures and lists."""

from gongxue.documents.blocks import Block, Paragraph, Row, Table, Title
from gongxue.documents.cells import EMPTY, cell, heads, middle
from gongxue.documents.phrases.labels import COLUMNS
from gongxue.documents.phrases.lead import Lead, write_lead
from gongxue.documents.phrases.methods import write_methods
from gongxue.documents.phrases.place import Place, write_place
from gongxue.documents.phrases.quoting import flowing, write_text
from gongxue.documents.phrases.vocabulary import OTHER, Vocabulary
from gongxue.documents.phrases.when import When, write_when
from gongxue.rules.application import Application, Session
from gongxue.rules.programme import Programme

_ADVICE = "expert_consultation"
_TALK = "talk"


def schedule(application: Application, programme: Programme, words: Vocabulary) -> tuple[Block, ...]:
    """The heading, the table with a row for each session, the notes."""
    sessions = application.sessions or ()
    rows = [_session(session, at, words) for at, session in enumerate(sessions)]
    rows += [Row((middle(str(at + 1)), *(EMPTY,) * 5)) for at in range(len(sessions), _asked(application, programme))]
    labels = [label.zh for label in COLUMNS["sessions"].values()]
    table = Table("年度進度規劃", (1.0, 3.1, 4.6, 2.6, 4.3, 3.4), (heads(*labels), *rows), head_rows=1)
    notes = _notes(programme, words)
    remarks = ("進度規劃表備註：", *(f"{number}.{note}" for number, note in enumerate(notes, 1)))
    return (Title(_heading(programme), level=2), table, Paragraph(tuple((line,) for line in remarks), small=True))


def _asked(application: Application, programme: Programme) -> int:
    """How many rows there are at least: what the tier asks; on a form without a tier or a session, what any tier asks."""
    tier = programme.tier(application.tier)
    if tier is not None and tier.sessions is not None:
        return tier.sessions.value
    return 0 if application.sessions else max((each.sessions.value for each in programme.tiers if each.sessions is not None), default=6)


def _session(session: Session, at: int, words: Vocabulary) -> Row:
    path = f"sessions[{at}]"
    methods = session.methods or ()
    place = Place(
        session.place,
        bool(session.online),
        bool(session.classroom_practice),
        session.public_lesson_teacher,
        bool(session.open_to_city),
        session.note,
    )
    lead = write_lead(Lead(session.host, session.lecturer), words, path, advice=_ADVICE in methods and _TALK not in methods)
    return Row(
        (
            middle(str(at + 1)),
            cell(write_when(When(session.date, session.start, session.end), path), f"{path}.date"),
            cell(write_text(flowing(session.content), f"{path}.content"), f"{path}.content"),
            cell(write_methods(methods, flowing(session.method_other), words, path), f"{path}.methods"),
            cell(lead, f"{path}.host"),
            cell(write_place(place, path), f"{path}.place"),
        )
    )


def _heading(programme: Programme) -> str:
    asked = "；".join(f"{tier.label.zh}至少{tier.sessions.value}次" for tier in programme.tiers if tier.sessions is not None)
    return f"三、年度進度規劃（{asked}）" if asked else "三、年度進度規劃"


def _notes(programme: Programme, words: Vocabulary) -> list[str]:
    asked = "、".join(f"「{tier.label.zh}」{tier.sessions.value}場" for tier in programme.tiers if tier.sessions is not None)
    methods = "、".join(label for code, label in words.methods.items() if code != OTHER)
    notes = [f"一學年至少規劃的場次：{asked}；各場實施方式依申請類別的規定。"] if asked else []
    if methods:
        notes.append(f"「實施方式」可填：{methods}；其他方式寫成「其他（說明）」。")
    notes.append("「實施內容」要與「實施方式」相配，請簡要而具體。")
    if programme.criteria:
        notes.append("這張表是審查的重點之一。")
    notes.append(
        "講座與諮詢輔導請寫姓名、外聘或內聘、支給節數與服務單位，如「講座：林大同（外聘 2 節・國立清華大學）」；"
        "課堂實踐、線上、公開授課教師、全市開放寫在地點之後。"
    )
    return notes
