"""A city far larger than any: thousands of applications of every tier, school and state, written at one go behind the doors' back."""

import datetime
import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from gongxue.records.columns import columns_of, schools_of, search_text
from gongxue.records.document import application_of, with_ids
from gongxue.records.models import Application, ApplicationSchool, Post, School, User
from gongxue.rules.deadlines import TAIPEI
from gongxue.rules.programme_file import load_programme
from gongxue.rules.register import Register

AT = datetime.datetime(2022, 3, 24, 12, 0, tzinfo=TAIPEI)
BASES = Path("tests/examples/bases")
STATES = ("draft", "draft", "signing", "returned", "signed", *("submitted",) * 7, "completing", "withdrawn", "ineligible")
SURNAMES, GIVEN = "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐", "雅婷怡君家豪志明淑芬俊傑佳穎宗翰詩涵冠宇欣怡承恩品妤宥廷子晴柏翰"
TOPICS = (
    "提問讀詩",
    "數學遊戲",
    "護城河走讀",
    "雙語融入生活",
    "班級經營",
    "科學探究",
    "繪本說演",
    "素養評量",
    "校訂跨域",
    "臺灣文化",
    "永續議題",
    "程式設計",
)
FORMS = ("共備", "共學", "研創", "觀議課", "增能", "行動研究")


def found_city() -> User:
    """The schools of the programme, and the officer who looks on."""
    programme = load_programme("hsinchu-111")
    fields = ("key", "code", "name", "full_name", "level", "district", "founder", "participates")
    schools = programme.register.schools if programme.register else ()
    School.objects.bulk_create([School(**{field: getattr(each, field) for field in fields}) for each in schools])
    officer = User.objects.create(email="officer@example.edu.tw", name="承辦人", date_joined=AT, password=make_password(None))
    Post.objects.create(user=officer, role="officer", school=None, first=datetime.date(2021, 8, 1))
    return officer


@transaction.atomic
def fill(count: int, made_by: User) -> None:
    """`count` applications over all schools; what a list shows differs from row to row, and says what the document says."""
    schools, chance = list(School.objects.filter(participates=True)), random.Random(111)  # noqa: S311  # for a crowd, not for a secret
    register, keys = load_programme("hsinchu-111").register or Register.of(()), {school.key: school.pk for school in School.objects.all()}
    rows = (_row(number, schools[number % len(schools)], chance, made_by) for number in range(count))
    for portion in iter(lambda: list(itertools.islice(rows, 1000)), []):
        Application.objects.bulk_create(portion)
        ApplicationSchool.objects.bulk_create(
            ApplicationSchool(application=each, school_id=keys[key], people=people)
            for each in portion
            for key, people in schools_of(application_of(each.document), register)[1].items()
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


_KEPT: dict[str, dict[str, Any]] = {}


def _row(number: int, school: School, chance: random.Random, made_by: User) -> Application:
    document = dict(_bases()[number * 7 % 3])
    names = _names(chance)
    document["name"] = f"{school.name[:2]}{chance.choice(TOPICS)}{chance.choice(FORMS)}社群{number}"
    here = {document["fiscal_school"]: school.name}
    document["fiscal_school"] = school.name
    document["convener"], *document["members"] = [
        {**row, "name": next(names), "school": here.get(row["school"], row["school"])}
        for row in (document["convener"], *document["members"])
    ]
    kept, state = _columns(document), chance.choice(STATES)
    changed = AT - datetime.timedelta(minutes=chance.randrange(40_000))
    return Application(
        programme="hsinchu-111", programme_version=1, state=state, document=with_ids(document), fiscal_school=school, made_by=made_by,
        made_at=changed - datetime.timedelta(days=9), changed_at=changed, changed_by=made_by,
        submitted_at=changed if state in ("submitted", "completing", "ineligible") else None,
        **kept, name=document["name"], search=search_text(application_of(document)),
    )  # fmt: skip


def _columns(document: dict[str, Any]) -> dict[str, Any]:
    """Only the names differ within a tier, and no figure hangs on them: worked out once."""
    if document["tier"] not in _KEPT:
        row = columns_of(document, "hsinchu-111", 1).row
        _KEPT[document["tier"]] = {name: value for name, value in row.items() if name not in ("name", "search")}
    return _KEPT[document["tier"]]


def _bases() -> list[dict[str, Any]]:
    return [json.loads((BASES / f"{name}.json").read_text("utf-8")) for name in ("autonomous", "thematic", "curriculum")]


def _names(chance: random.Random) -> Iterator[str]:
    while True:
        yield chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
