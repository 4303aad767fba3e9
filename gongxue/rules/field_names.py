"""What the fields of an application are called where people read them: by a change's path, without the ids of rows.

`name_of("members/4f2a/school")` is 成員・服務學校; a row alone is called after its list.
"""

from typing import Final

from gongxue.rules.text import Text

FIELD_NAMES: Final[dict[str, Text]] = {
    "name": Text("社群名稱", "Name"),
    "tier": Text("申請類別", "Tier"),
    "tier_year": Text("第幾年申請", "Year of application"),
    "history": Text("歷年核定", "Earlier years"),
    "history/school_year": Text("學年度", "School year"),
    "history/tier": Text("類別", "Tier"),
    "cross_school": Text("跨校社群", "Cross-school"),
    "school_developed_curriculum": Text("結合校訂課程", "School-developed curriculum"),
    "fiscal_school": Text("辦理經費核銷的學校", "School that handles the money"),
    "other_funding": Text("其他計畫補助", "Other funding"),
    "content_types": Text("社群內容", "Content"),
    "content_other": Text("社群內容的「其他」", "Other content"),
    "convener": Text("召集人", "Convener"),
    "convener/name": Text("姓名", "Name"),
    "convener/title": Text("職稱", "Title"),
    "convener/school": Text("服務學校", "School"),
    "convener/subject": Text("任教科目", "Subject"),
    "convener/email": Text("電子郵件", "E-mail"),
    "convener/phone": Text("聯絡電話", "Phone"),
    "summary": Text("社群內容概述", "Summary"),
    "members": Text("成員", "Members"),
    "members/school": Text("服務學校", "School"),
    "members/name": Text("姓名", "Name"),
    "members/subject": Text("任教科目", "Subject"),
    "members/note": Text("備註", "Note"),
    "approaches": Text("預計實施方式", "Approaches"),
    "approaches_other": Text("實施方式的「其他」", "Other approach"),
    "sessions": Text("進度規劃", "Schedule"),
    "sessions/date": Text("日期", "Date"),
    "sessions/start": Text("開始", "Start"),
    "sessions/end": Text("結束", "End"),
    "sessions/content": Text("實施內容", "Content"),
    "sessions/methods": Text("實施方式", "Methods"),
    "sessions/method_other": Text("實施方式的「其他」", "Other method"),
    "sessions/host": Text("主持人", "Host"),
    "sessions/lecturer": Text("講座", "Lecturer"),
    "sessions/lecturer/name": Text("講座姓名", "Lecturer's name"),
    "sessions/lecturer/affiliation": Text("講座服務單位", "Lecturer's affiliation"),
    "sessions/lecturer/kind": Text("講座類別", "Kind of lecturer"),
    "sessions/lecturer/periods": Text("支領節數", "Paid periods"),
    "sessions/lecturer/rate": Text("每節鐘點費", "Fee a period"),
    "sessions/place": Text("地點", "Place"),
    "sessions/online": Text("線上", "Online"),
    "sessions/classroom_practice": Text("課堂實踐", "Classroom practice"),
    "sessions/public_lesson_teacher": Text("公開授課教師", "Teacher of the public lesson"),
    "sessions/open_to_city": Text("全市開放", "Open to the city"),
    "sessions/note": Text("備註", "Note"),
    "outcomes": Text("預期效益", "Outcomes"),
    "outcomes/outcome": Text("預期效益", "Expected outcome"),
    "outcomes/check": Text("檢核方式", "How it is checked"),
    "budget": Text("經費概算", "Budget"),
    "budget/line": Text("項目", "Line"),
    "budget/quantity": Text("數量", "Quantity"),
    "budget/unit_price": Text("單價", "Unit price"),
    "budget/amount": Text("總價", "Amount"),
    "budget/travel_mode": Text("交通工具", "Means of travel"),
    "budget/note": Text("說明", "Note"),
    "materials": Text("附錄1 教具教材", "Materials (附錄1)"),
    "materials/name": Text("品名", "Item"),
    "materials/quantity": Text("數量", "Quantity"),
    "materials/unit": Text("單位", "Unit"),
    "materials/unit_price": Text("單價", "Unit price"),
    "materials/amount": Text("總價", "Amount"),
    "materials/note": Text("備註", "Note"),
    "books": Text("附錄2 書籍", "Books (附錄2)"),
    "books/title": Text("書名", "Title"),
    "books/relevance": Text("與社群的關聯", "Why it is read"),
    "books/copies": Text("冊數", "Copies"),
}
"""By path, in the form's order."""

ROWS: Final = ("history", "members", "sessions", "outcomes", "budget", "materials", "books")


def bare(path: str) -> str:
    """A change's path without the id of its row: `members/4f2a/school` is `members/school`."""
    first, *rest = path.split("/")
    return "/".join([first, *rest[1:]]) if first in ROWS else path


def name_of(path: str, number: int = 0) -> Text:
    """What the field at a path is called, after the list or the part it stands in and the row's `number` (from 1; 0 leaves it out).

    A path that leads to no field is called by itself.
    """
    key = bare(path)
    own = FIELD_NAMES.get(key, Text(key, key))
    first = key.split("/")[0]
    if first == key:
        return Text(f"{own.zh}第 {number} 列", f"{own.en}, row {number}") if number else own
    outer = name_of(first, number)
    return Text(f"{outer.zh}・{own.zh}", f"{outer.en}: {own.en}")
