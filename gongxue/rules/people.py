"""Rules on people and their schools: convener, members, cross-school, who handles the money."""

import re

from gongxue.rules.case import Case, Person, blank
from gongxue.rules.rule import Faults, Rules, fault
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
        value = getattr(case.convener, field)
        if blank(value):
            yield fault(f"convener.{field}", "尚未填寫召集人的{field}。", "The convener's {field} is missing.", field=label)
        elif field == "email" and not _is_email(value.strip()):
            zh = "召集人的電子郵件「{email}」格式不對，應像 name@example.edu.tw。"
            en = "The convener's e-mail “{email}” is not well formed; it should look like name@example.edu.tw."
            yield fault("convener.email", zh, en, email=value.strip())


@rule("members.complete", "error", "每位成員都有服務學校與姓名", "each member has school and name")
def members_complete(case: Case) -> Faults:
    """Each has school and name; the subject is not required."""
    for index, member in enumerate(case.members):
        for field, label in (("school", Text("服務學校", "school")), ("name", Text("姓名", "name"))):
            if blank(getattr(member, field)):
                zh, en = "成員第 {number} 位尚未填寫{field}。", "Member {number} has no {field}."
                yield fault(f"members[{index}].{field}", zh, en, number=index + 1, field=label)


@rule("members.minimum", "error", "人數達下限，含召集人", "there are enough people, the convener included", ("figures.people_minimum",))
def members_minimum(case: Case) -> Faults:
    """At least so many people, each counted once."""
    minimum = case.programme.figures.people_minimum
    if minimum is not None and case.headcount < minimum.value:
        zh = "社群目前 {seen} 人（含召集人），至少要 {allowed} 人，還差 {short} 人。"
        en = "The community has {seen} people (the convener included); at least {allowed} are needed, {short} more."
        yield fault("members", zh, en, seen=case.headcount, allowed=minimum.value, short=minimum.value - case.headcount)


@rule("members.unique", "error", "同一人不重複列名", "nobody stands twice, the convener included")
def members_unique(case: Case) -> Faults:
    """Nobody (same name, same school) stands twice, the convener included."""
    seen: dict[tuple[str, str], Person] = {}
    for person in case.people:
        first = seen.setdefault((person.name_key, person.school_key), person)
        if first is not person:
            zh = "「{name}」（{school}）重複列名，已在{first}；若是同名的兩人，請在姓名後加註（甲）、（乙）。"
            en = "“{name}” ({school}) stands twice, already as {first}; if these are two people, add (甲), (乙) after the names."
            where = _place(first)
            yield fault(f"{person.path}.name", zh, en, name=person.name.strip(), school=person.school.strip() or "—", first=where)


def _place(person: Person) -> Text:
    if person.path == "convener":
        return Text("召集人欄", "the convener")
    number = int(person.path[len("members[") : -1]) + 1
    return Text(f"成員第 {number} 位", f"member {number}")


@rule("members.eligible", "error", "每個人的學校都參與本計畫", "every person's school takes part in the programme", ("register",))
def members_eligible(case: Case) -> Faults:
    """Every person's school is in the register and takes part; a blank one is told by the rules of completeness."""
    register = case.programme.register
    rows = [("convener", case.convener.school), *((f"members[{index}]", member.school) for index, member in enumerate(case.members))]
    for path, stated in rows:
        if register is None or blank(stated):
            continue
        school = register.find(stated)
        if school is None:
            zh = "「{school}」不在本計畫的學校名冊中，請改用名冊上的校名；校外人士可列為講座，不列成員。"
            en = "“{school}” is not in the programme's register of schools; use the name in the register. Others may lecture, not be members."
            yield fault(f"{path}.school", zh, en, school=(stated or "").strip())
        elif not school.participates:
            zh, en = (
                "「{school}」未參與本計畫，其教師不能列為社群成員。",
                "“{school}” does not take part in the programme; its teachers cannot be members.",
            )
            yield fault(f"{path}.school", zh, en, school=school.name)


@rule(
    "cross-school.consistent", "error", "勾選跨校與成員的學校相符", "stated cross-school exactly when people come from two schools or more"
)
def cross_school_consistent(case: Case) -> Faults:
    """Stated cross-school exactly when the people come from two schools or more; absent is no."""
    stated, schools = bool(case.application.cross_school), len(case.school_keys)
    if stated and schools < 2:
        zh = "勾選跨校社群，但成員來自 {schools} 所學校；請加入他校成員，或改勾「否」。"
        en = "Cross-school is ticked, but the people come from {schools} school(s); add members of another school, or untick it."
        yield fault("cross_school", zh, en, schools=schools)
    elif not stated and schools >= 2:
        zh = "成員來自 {schools} 所學校，請勾選跨校社群「是」。"
        yield fault("cross_school", zh, "The people come from {schools} schools; tick cross-school.", schools=schools)


@rule("fiscal-school.member", "error", "核銷學校是召集人或成員的學校", "the school that handles the money is the convener's or a member's")
def fiscal_school_member(case: Case) -> Faults:
    """The school that handles the money is the convener's or a member's; blank is this error too."""
    stated = case.application.fiscal_school
    if blank(stated):
        zh = "尚未填寫辦理經費核銷的學校，請填召集人或成員的學校。"
        yield fault("fiscal_school", zh, "The school that handles the money is missing; it is the convener's or a member's.")
    elif case.fiscal_key not in case.school_keys:
        zh = "辦理經費核銷的「{school}」不是召集人或任何成員的學校，請改填其中一校。"
        en = "“{school}”, which handles the money, is not the school of the convener or any member; choose one of theirs."
        yield fault("fiscal_school", zh, en, school=(stated or "").strip())
