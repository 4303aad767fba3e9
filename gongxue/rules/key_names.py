"""What the keys of a programme file are called where people read them; a key is written as its place, without the numbers of rows."""

from typing import Final

from gongxue.rules.text import Text

KEY_NAMES: Final = {
    "dates": Text("期程", "dates"),
    "dates.applications_open": Text("申請開始", "applications open"),
    "dates.applications_close": Text("申請截止", "applications close"),
    "dates.initial_results": Text("初審結果公告", "initial results"),
    "dates.revisions_due": Text("修正計畫截止", "revisions due"),
    "dates.final_results": Text("審查結果公告", "final results"),
    "dates.performance": Text("社群執行期間", "execution period"),
    "dates.news": Text("成果新聞截止", "news stories due"),
    "dates.sharing": Text("校內故事分享", "stories shared in school"),
    "dates.stories_due": Text("故事分享成果繳交", "story records due"),
    "dates.evaluation": Text("深化評估", "in-depth evaluation"),
    "dates.booklet": Text("成果集", "booklet"),
    "dates.awards": Text("頒獎", "awards"),
    "dates.settlement_due": Text("結報截止", "settlement due"),
    "tiers": Text("申請類別", "tiers"),
    "tiers.cap": Text("經費上限", "cap"),
    "tiers.cross_school": Text("跨校另補助", "supplement for cross-school"),
    "tiers.school_developed_curriculum": Text("結合校訂課程另補助", "supplement for school-developed curriculum"),
    "tiers.sessions": Text("場次至少", "sessions at least"),
    "tiers.must_include": Text("其中至少 1 場", "at least 1 of them"),
    "tiers.asks_year": Text("表上填第幾年申請", "the form asks for the year of application"),
    "tiers.advances_to": Text("期滿可直接申請", "may go straight on to"),
    "tiers.competes": Text("期滿鼓勵參加全國競賽", "encouraged to enter national competitions"),
    "figures": Text("數字", "figures"),
    "figures.people_minimum": Text("社群人數至少（含召集人）", "people at least, the convener included"),
    "figures.summary_characters": Text("概述至多（不計空白）", "summary at most, white space not counted"),
    "figures.member_fee_share": Text("單一成員占講座鐘點費至多", "one member's part of lecturer fees at most"),
    "figures.member_lecturer_share": Text("支領鐘點費的成員占全體至多", "paid member-lecturers among the people at most"),
    "figures.advance_years": Text("連續幾年可直接進階", "years in a row to go straight on"),
    "figures.competition_years": Text("幾年後鼓勵參加全國競賽", "years until national competitions are encouraged"),
    "figures.sessions_with_experts": Text("有專家的場次至少", "sessions with experts at least"),
    "figures.teaching_hours_end": Text("上課時間到", "teaching hours end"),
    "figures.period_minutes": Text("一節", "one period"),
    "figures.double_period_minutes": Text("連續兩節", "two periods in a row"),
    "figures.news_minimum": Text("每校成果新聞至少", "news stories a school at least"),
    "figures.news_maximum": Text("每校成果新聞至多", "news stories a school at most"),
    "figures.photos_per_session": Text("每次活動照片至少", "photos a session at least"),
    "figures.communities_maximum": Text("全市社群至多", "communities in the city at most"),
    "figures.retention_years": Text("帳務資料保存至少", "books kept at least"),
    "budget": Text("經費項目", "budget lines"),
    "budget.unit_price": Text("單價至多", "unit price at most"),
    "budget.rate": Text("占講座鐘點費", "part of lecturer fees"),
    "budget.share": Text("占其他項目合計至多", "part of all other lines at most"),
    "budget.item_unit_price": Text("單項單價至多", "price of an item at most"),
    "budget.capital_from": Text("單價達此即屬資本門", "an item counts as capital from"),
    "budget.forbidden_modes": Text("不予給付", "never paid"),
    "budget.reallocation": Text("勻支", "reallocation"),
    "lists": Text("選項", "lists"),
    "lists.content_types": Text("社群內容", "content types"),
    "lists.approaches": Text("社群預計實施方式", "approaches"),
    "lists.methods": Text("場次的實施方式", "methods of a session"),
    "lists.lecturer_kinds": Text("講師類別", "kinds of lecturer"),
    "lists.travel_modes": Text("交通方式", "modes of travel"),
    "session_methods": Text("實施方式的要求", "what methods ask for"),
    "session_methods.names_lecturer": Text("須註明講師", "must name the lecturer"),
    "session_methods.unpaid_members": Text("成員不支鐘點費", "members are not paid"),
    "session_methods.public_lesson": Text("算作公開授課", "counts as public lesson"),
    "register": Text("學校名冊", "register of schools"),
    "calendar": Text("行事曆", "calendar"),
    "calendar.holidays": Text("放假（平日）", "holidays on weekdays"),
    "calendar.working_saturdays": Text("補班補課（星期六）", "Saturdays at work"),
    "calendar.no_lessons": Text("不上課", "no lessons"),
    "forms": Text("表件", "forms"),
    "forms.school_summary": Text("學校彙整表", "school summary"),
    "forms.application": Text("申請書", "application"),
    "forms.results_report": Text("成果報告", "results report"),
    "forms.dialogue_record": Text("對話紀錄表", "dialogue record"),
    "forms.story": Text("故事分享成果", "story"),
    "criteria": Text("審查原則", "criteria of review"),
    "selection": Text("錄取方式", "selection"),
    "class_quota": Text("依班級數的名額", "quota by number of classes"),
    "class_quota.classes": Text("名額級距的班級數", "numbers of classes of the quota"),
    "class_quota.communities": Text("各級距的社群數", "communities of each step of the quota"),
    "set_asides": Text("保留名額", "set-asides"),
    "fiscal_years": Text("分年經費", "money by fiscal year"),
    "facts": Text("說明", "what else the plan says"),
}
"""Names by place."""

SEVERITIES: Final = {"error": Text("錯誤", "error"), "warning": Text("警告", "warning"), "info": Text("提醒", "info")}

STAGES: Final = {
    "preparing": Text("籌備", "preparing"),
    "applying": Text("申請", "applying"),
    "reviewing": Text("審查", "reviewing"),
    "awarding": Text("核定", "awarding"),
    "running": Text("執行", "running"),
    "reporting": Text("成果", "reporting"),
    "settling": Text("結報", "settling"),
    "sharing": Text("分享", "sharing"),
}
"""The stages of the plan's year."""


_ENDS: Final = {"first": Text("的起日", ", first day"), "last": Text("的迄日", ", last day")}


def key_name(place: str) -> Text:
    """What the key at `place` is called; the place itself where it has no name."""
    above, _, last = place.rpartition(".")
    if last in _ENDS and above in KEY_NAMES:
        name, end = KEY_NAMES[above], _ENDS[last]
        return Text(name.zh + end.zh, name.en + end.en)
    return KEY_NAMES.get(place, Text(place, place))
