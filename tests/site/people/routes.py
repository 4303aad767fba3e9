"""The permission table of people and posts."""

from typing import Any

from gongxue.records.invitations import invite_to_post
from gongxue.records.models import User
from tests.records.city import NOON, TODAY
from tests.site.permissions import CITY, HERE, Expect, everywhere

GIVERS = everywhere("clerk", "principal", "officer", "supervisor")
GIVES = {"principal", "officer", "supervisor"}
"""Who ends the clerk's post, or hands it on; the clerk hands it on, too."""
SEES = {*HERE, *CITY, "reviewer"}
"""Who sees the clerk's post: told why not, where it may only be seen."""


def _invitation(world: Any) -> dict[str, dict[str, Any]]:
    told = ("a@example.edu.tw", "", "director", world.schools["own"].pk)
    invited = invite_to_post(*told, first=TODAY, actor=world.people["principal"], at=NOON)
    return {"ours": {"invitation": invited.invitation.pk}}


def _open(_: Any) -> dict[str, dict[str, Any]]:
    user = User.objects.create(email="left@example.edu.tw", name="離職", date_joined=NOON)
    return {"ours": {"person": user.pk}, "theirs": {"person": user.pk}}


def _closed(world: Any) -> dict[str, dict[str, Any]]:
    found = _open(world)
    User.objects.filter(pk=found["ours"]["person"]).update(is_active=False)
    return found


ROUTES = {
    "people:posts": Expect(GIVERS),
    "people:sheet": Expect(GIVERS, address={"kind": "csv"}),
    "people:give": Expect(GIVERS),
    "people:invite": Expect(GIVERS),
    "people:end": Expect(GIVES, on="post", told=SEES),
    "people:stand_in": Expect(GIVES | {"clerk"}, on="post", told=SEES),
    "people:hand_over": Expect(GIVES | {"clerk"}, on="post", told=SEES),
    "people:invitations": Expect(GIVERS),
    "people:invitation_sheet": Expect(GIVERS, address={"kind": "csv"}),
    "people:close": Expect({"officer", "supervisor"}, address={"person": 1}, ready=_open),
    "people:open": Expect({"officer", "supervisor"}, address={"person": 1}, ready=_closed),
    # Who may not give the post does not learn that somebody was invited to it.
    "people:act": Expect(GIVES, told=set(), address={"name": "again"}, ready=_invitation),
}
