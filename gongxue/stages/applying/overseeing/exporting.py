"""The list taken away: as a sheet, or as documents of the exchange format."""

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Final, cast

import msgspec
from django.http import FileResponse
from django.utils.translation import gettext as _

from gongxue.records.actor import Actor
from gongxue.records.listings.applications import ExportRow, Filters, exported
from gongxue.records.listings.signing import Signer, signers_of_all
from gongxue.records.refusals import NotThere
from gongxue.rules.access import ROLES
from gongxue.rules.filenames import plan_file_name
from gongxue.rules.programme import Programme
from gongxue.rules.workflow import APPLICATION, state
from gongxue.site.chains import sealed_by
from gongxue.site.sheets import KINDS, Cell, Column, sheet
from gongxue.site.templatetags.gongxue import text

EXCHANGE: Final = "ndjson"
_IN_MEMORY: Final = 4 * 1024 * 1024


def export(kind: str, actor: Actor, filters: Filters, programme: Programme) -> FileResponse:
    """What is filtered, all of it, as a file; raises NotThere for a kind that there is not."""
    title = _("%(year)s學年度申請") % {"year": programme.school_year}
    if kind == EXCHANGE:
        return _documents(title, actor, filters)
    if kind not in KINDS or kind == "json":  # JSON is the exchange format here, which `gongxue check` reads
        raise NotThere()
    return sheet(kind, title, _columns(), _cells(actor, filters, programme))


def _documents(title: str, actor: Actor, filters: Filters) -> FileResponse:
    """An application a line, as `gongxue check` reads them."""
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the answer closes it, once it has gone out
    for each in exported(actor, filters):
        file.write(msgspec.json.encode(each.document) + b"\n")
    file.seek(0)
    name = plan_file_name("{community}", "", title, "", EXCHANGE)
    return FileResponse(cast(IO[bytes], file), as_attachment=True, filename=name, content_type="application/x-ndjson")


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("社群"), width=28), Column("school", _("學校"), width=14), Column("tier", _("類別"), width=18),
        Column("state", _("狀態"), width=10), Column("cross_school", _("跨校"), width=6), Column("people", _("人數"), "int", 6),
        Column("sessions", _("場次"), "int", 6), Column("asked", _("申請金額"), "int", 12), Column("ceiling", _("上限"), "int", 12),
        Column("errors", _("待改正"), "int", 8), Column("warnings", _("提醒"), "int", 8), Column("convener", _("召集人"), width=12),
        Column("email", _("電子郵件"), width=28), Column("phone", _("電話"), width=16), Column("members", _("成員"), width=40),
        Column("summary", _("摘要"), width=60), Column("signed_by", _("核章"), width=40), Column("submitted_at", _("送件時間"), "instant", 20),
        Column("changed_at", _("最近更動"), "instant", 20), Column("id", _("編號"), width=38),
    )  # fmt: skip


def _cells(actor: Actor, filters: Filters, programme: Programme) -> Iterator[tuple[Cell, ...]]:
    tiers = {tier.code: text(tier.label) for tier in programme.tiers}
    labels: dict[str, str] = {}
    yes, seals = _("是"), signers_of_all()
    for each in exported(actor, filters):
        row = each.row
        label = labels.setdefault(row.state, text(state(APPLICATION, row.state).label))
        yield (
            row.name, row.school or "", tiers.get(row.tier, row.tier), label, yes if row.cross_school else "", row.people, row.sessions,
            row.asked, row.ceiling, row.errors, row.warnings, *_people(each), _signers(seals.get(str(row.id), ())),
            row.submitted_at, row.changed_at, str(row.id),
        )  # fmt: skip


def _people(each: ExportRow) -> tuple[str, ...]:
    return each.convener, each.email, each.phone, each.members, each.summary


def _signers(seals: Sequence[Signer]) -> str:
    return "、".join(sealed_by(text(ROLES[each.role]), each.name, stands_in=each.stands_in, how=each.how) for each in seals)
