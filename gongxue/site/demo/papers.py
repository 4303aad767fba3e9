"""Makes a believable application: a document of the exchange format that keeps every rule, from a topic and the people of a school."""

import datetime
import random
from typing import Any

import msgspec

from gongxue.records.document import application_of
from gongxue.records.models import School, User
from gongxue.rules.application import Application
from gongxue.rules.programme import Programme
from gongxue.rules.reckoning import reckoned
from gongxue.rules.schedule import even_rhythm, lay
from gongxue.site.demo.words import SCHOLARS

Document = dict[str, Any]


def document(
    chance: random.Random, programme: Programme, topic: tuple[str, ...], convener: User, members: list[tuple[User, School]], school: School
) -> Document:
    """A good application of `topic` by `convener` of `school` with `members`."""
    name, tier, subject, summary, content, material = topic
    cross = any(each.pk != school.pk for _, each in members)
    sessions = _sessions(chance, programme, tier, subject, convener, [user.name for user, _ in members])
    draft: Document = {
        "programme": programme.id,
        "name": name,
        "tier": tier,
        "tier_year": 1 if tier == "thematic" else None,
        "cross_school": cross,
        "school_developed_curriculum": tier == "curriculum",
        "fiscal_school": school.name,
        "content_types": [content, "lesson_study"] if content != "lesson_study" else [content],
        "convener": {
            "name": convener.name,
            "title": convener.title or "教師",
            "school": school.name,
            "subject": convener.subject or subject,
            "email": convener.email,
            "phone": convener.phone or "03-5220000#12",
        },
        "summary": summary,
        "members": [{"school": place.name, "name": user.name, "subject": user.subject} for user, place in members],
        "approaches": ["topic_discussion", "co_planning", "talk"],
        "sessions": sessions,
        "outcomes": [
            {"outcome": f"完成一套{subject}教學方案並在教室實作", "check": "教案與學生作品各一份，於最後一場展示"},
            {"outcome": "成員每學期至少一次互相觀課", "check": "觀課紀錄，出席率八成以上"},
        ],
        "materials": [{"name": material, "quantity": 4, "unit": "組", "unit_price": 300, "amount": 1200}],
        "books": [{"title": f"{subject}課堂的提問設計", "relevance": "第 1 場共讀", "copies": len(members) + 1}],
    }
    draft["budget"] = _budget(chance, programme, draft)
    return draft


def _sessions(chance: random.Random, programme: Programme, tier: str, subject: str, convener: User, names: list[str]) -> list[Document]:
    wanted = programme.tier(tier)
    count = wanted.sessions.value if wanted is not None and wanted.sessions is not None else 6
    weekday = chance.choice([1, 2, 3])
    start = datetime.date(programme.school_year + 1911, 9, 1)
    days = lay(programme, count, weekday, even_rhythm(programme, count, weekday, start), start).dates
    scholar, place = chance.choice(SCHOLARS)
    hosts = [convener.name, *names]
    rows: list[Document] = []
    for number, day in enumerate(days):
        row: Document = {
            "date": day.isoformat(),
            "start": "13:30" if weekday == 2 else "16:10",
            "end": "15:00" if weekday == 2 else "17:40",
            "content": f"{subject}共同備課：單元{number}",
            "methods": ["co_planning"],
            "host": hosts[number % len(hosts)],
            "place": chance.choice(["二樓會議室", "圖書室", "視聽教室"]),
        }
        rows.append(row)
    rows[0] |= {"content": "訂定學年目標與分工", "methods": ["topic_discussion"]}
    lecturer = {"name": scholar, "affiliation": place, "kind": "external", "periods": 1}
    rows[1] |= {"content": f"{subject}教學講座", "methods": ["talk"], "lecturer": lecturer}
    if tier == "autonomous":
        rows[3] |= {"content": f"{subject}課堂實踐", "methods": ["teaching_innovation"], "classroom_practice": True}
    else:
        lesson = {"content": "公開授課與議課", "methods": ["public_lesson", "professional_feedback"], "public_lesson_teacher": hosts[-1]}
        rows[3] |= {**lesson, "open_to_city": False}
    rows[4] |= {"content": "線上分享教學影片", "methods": ["topic_sharing"], "online": True, "place": "", "start": "19:00", "end": "20:30"}
    rows[-1] |= {"content": "學生作品分析與回顧", "methods": ["case_analysis"]}
    return rows


def _budget(chance: random.Random, programme: Programme, draft: Document) -> list[Document]:
    lines = [
        {"line": "lecturer_external", "quantity": 1, "unit_price": 2000},
        {"line": "printing", "quantity": chance.randrange(4, 13), "unit_price": 50},
        {"line": "meals", "quantity": chance.randrange(4, 11), "unit_price": 80},
    ]
    facts: Application = application_of({**draft, "budget": lines})
    budget = [msgspec.to_builtins(line) for line in reckoned(facts, programme)]
    asked = sum(line["amount"] for line in budget)
    return [*budget, {"line": "miscellaneous", "quantity": 1, "unit_price": asked // 25, "amount": asked // 25}]
