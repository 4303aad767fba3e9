"""Rules on people and their schools: convener, members, cross-school, who handles the money."""

import re

from gongxue.rules.application import Convener, Member
from gongxue.rules.case import Case, Person, blank, person_path
from gongxue.rules.rule import Fault, Faults, Rules
from gongxue.rules.text import Text

rule = Rules()

CONVENER_FIELDS = {
    "name": Text("姓名", "name"),
    "title": Text("職稱", "title"),
    "school": Text("服務單位", "school"),
    "subject": Text("任教科目", "subject"),
    "email": Text("電子郵件", "e-mail"),
    "phone": Text("連絡電話", "phone"),
}
EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*")


def _is_email(text: str) -> bool:
    local, _, _ = text.partition("@")
    return EMAIL.fullmatch(text) is not None and ".." not in local and not local.startswith(".") and not local.endswith(".")


@rule("convener.complete", "error", "召集人資料完整，電子郵件格式正確", "the convener's particulars are given, the e-mail well formed")
def convener_complete(case: Case) -> Faults:
    """Name, title, school, subject, e-mail and phone are given, the e-mail well formed."""
    for field, label in CONVENER_FIELDS.items():
        if blank(getattr(case.convener, field)):
            yield Fault(f"convener.{field}", f"尚未填寫召集人的{label.zh}。", f"The convener's {label.en} is missing.")
    email = (case.convener.email or "").strip()
    if email and not _is_email(email):
        zh = f"召集人的電子郵件「{email}」格式不對，應像 name@example.edu.tw。"
        en = f"The convener's e-mail “{email}” is not well formed; it should look like name@example.edu.tw."
        yield Fault("convener.email", zh, en)


@rule("members.complete", "error", "每位成員都有服務學校與姓名", "each member has school and name")
def members_complete(case: Case) -> Faults:
    """Each has school and name; the subject is not required."""
    for number, member in enumerate(case.members, 1):
        if blank(member.school):
            yield Fault(f"{person_path(number)}.school", f"成員第 {number} 位尚未填寫服務學校。", f"Member {number} has no school.")
        if blank(member.name):
            yield Fault(f"{person_path(number)}.name", f"成員第 {number} 位尚未填寫姓名。", f"Member {number} has no name.")


@rule("members.minimum", "error", "人數達下限，含召集人", "there are enough people, the convener included", ("figures.people_minimum",))
def members_minimum(case: Case) -> Faults:
    """At least so many people, each counted once."""
    minimum, seen = case.programme.figures.people_minimum, case.headcount
    if minimum is not None and seen < minimum.value:
        asked, short = minimum.value, minimum.value - seen
        zh = f"社群目前 {seen} 人（含召集人），至少要 {asked} 人，還差 {short} 人。"
        yield Fault("members", zh, f"The community has {seen} people (the convener included); at least {asked} are needed, {short} more.")


@rule("members.unique", "error", "同一人不重複列名", "nobody stands twice, the convener included")
def members_unique(case: Case) -> Faults:
    """Nobody (same name, same school) stands twice, the convener included."""
    people = case.people
    if len(people.by_key) == len(people.named):
        return
    for person in people.named:
        first = people.by_key[person.key]
        if first is not person:
            name, school, where = person.name.strip(), person.school.strip() or "—", _place(first)
            zh = f"「{name}」（{school}）重複列名，已在{where.zh}；若是同名的兩人，請在姓名後加註（甲）、（乙）。"
            en = f"“{name}” ({school}) stands twice, already as {where.en}; if these are two people, add (甲), (乙) after the names."
            yield Fault(f"{person.path}.name", zh, en)


def _place(person: Person) -> Text:
    if person.number == 0:
        return Text("召集人欄", "the convener")
    return Text(f"成員第 {person.number} 位", f"member {person.number}")


@rule("members.eligible", "error", "每個人的學校都參與本計畫", "every person's school takes part in the programme", ("register",))
def members_eligible(case: Case) -> Faults:
    """Every person's school is in the register and takes part; a blank one is told by the rules of completeness."""
    register = case.programme.register
    if register is None:
        return
    rows: tuple[Convener | Member, ...] = (case.convener, *case.members)
    for number, row in enumerate(rows):
        if blank(row.school):
            continue
        school = register.find(row.school)
        if school is None:
            stated = (row.school or "").strip()
            zh = f"「{stated}」不在本計畫的學校名冊中，請改用名冊上的校名；校外人士可列為講座，不列成員。"
            en = f"“{stated}” is not in the programme's register of schools; use the name in the register."
            yield Fault(f"{person_path(number)}.school", zh, f"{en} Others may lecture, not be members.")
        elif not school.participates:
            zh = f"「{school.name}」未參與本計畫，其教師不能列為社群成員。"
            en = f"“{school.name}” does not take part in the programme; its teachers cannot be members."
            yield Fault(f"{person_path(number)}.school", zh, en)


@rule(
    "cross-school.consistent", "error", "勾選跨校與成員的學校相符", "stated cross-school exactly when people come from two schools or more"
)
def cross_school_consistent(case: Case) -> Faults:
    """Stated cross-school exactly when the people come from two schools or more; absent is no."""
    stated, schools = bool(case.application.cross_school), len(case.people.school_keys)
    if stated and schools < 2:
        zh = f"勾選跨校社群，但成員來自 {schools} 所學校；請加入他校成員，或改勾「否」。"
        en = f"Cross-school is ticked, but the people come from {schools} school(s); add members of another school, or untick it."
        yield Fault("cross_school", zh, en)
    elif not stated and schools >= 2:
        zh = f"成員來自 {schools} 所學校，請勾選跨校社群「是」。"
        yield Fault("cross_school", zh, f"The people come from {schools} schools; tick cross-school.")


@rule("fiscal-school.member", "error", "核銷學校是召集人或成員的學校", "the school that handles the money is the convener's or a member's")
def fiscal_school_member(case: Case) -> Faults:
    """The school that handles the money is the convener's or a member's; blank is this error too."""
    stated = (case.application.fiscal_school or "").strip()
    if not stated:
        zh = "尚未填寫辦理經費核銷的學校，請填召集人或成員的學校。"
        yield Fault("fiscal_school", zh, "The school that handles the money is missing; it is the convener's or a member's.")
    elif case.fiscal_key not in case.people.school_keys:
        zh = f"辦理經費核銷的「{stated}」不是召集人或任何成員的學校，請改填其中一校。"
        en = f"“{stated}”, which handles the money, is not the school of the convener or any member; choose one of theirs."
        yield Fault("fiscal_school", zh, en)
