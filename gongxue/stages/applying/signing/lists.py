"""The lists of this room as sheets."""

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from gongxue.site.sheets import sheet
from gongxue.site.sheets.columns import Column
from gongxue.site.templatetags.gongxue import text
from gongxue.stages.applying.signing.pages import PartnerRow, Row


def waiting_sheet(kind: str, rows: list[Row]) -> HttpResponseBase:
    """What waits for somebody's seal."""
    columns = (
        Column("name", _("社群"), width=40), Column("school", _("核銷學校"), width=24), Column("tier", _("類別"), width=20),
        Column("people", _("人數"), "int"), Column("sessions", _("場次"), "int"), Column("asked", _("申請金額"), "int"),
        Column("since", _("開始等候"), "instant", width=20), Column("waits_for", _("等誰核章"), width=14),
    )  # fmt: skip
    cells = [
        (
            row.application.name, row.application.fiscal_school.name if row.application.fiscal_school else "", text(row.tier),
            row.application.people, row.application.sessions, row.application.asked, row.since,
            next((link.label for link in row.chain if link.is_next), ""),
        )
        for row in rows
    ]  # fmt: skip
    return sheet(kind, _("等我核章的申請書"), columns, cells)


def partners_sheet(kind: str, rows: list[PartnerRow]) -> HttpResponseBase:
    """What a school has to confirm, or has confirmed."""
    columns = (
        Column("name", _("社群"), width=40), Column("school", _("核銷學校"), width=24), Column("members", _("本校成員"), width=40),
        Column("confirmed_by", _("確認的人"), width=14), Column("confirmed_at", _("確認時間"), "instant", width=20),
    )  # fmt: skip
    cells = [
        (
            row.application.name, row.application.fiscal_school.name if row.application.fiscal_school else "",
            "、".join(row.partner.people), row.partner.by, row.partner.at,
        )
        for row in rows
    ]  # fmt: skip
    return sheet(kind, _("等本校確認成員的社群"), columns, cells)
