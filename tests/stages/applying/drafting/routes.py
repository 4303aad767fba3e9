"""The permission table of the desk."""

from typing import Any

from gongxue.records.invitations import invite_to_draft
from tests.records.city import NOON
from tests.site.permissions import OWN, SEE_AN_APPLICATION, Expect, everywhere

WRITES = OWN | {"clerk"}
_here = Expect(SEE_AN_APPLICATION, on="application")
_section = {"section": "basics"}


def _member(world: Any) -> dict[str, dict[str, Any]]:
    """The member of each; nobody's is the convener's member, so that the address of what never was leads to a person that is."""
    return {"ours": {"user": world.people["member"].user}, "theirs": {"user": world.people["other_member"].user}}


def _invitation(world: Any) -> dict[str, dict[str, Any]]:
    made = {
        where: invite_to_draft(application.pk, f"{where}@example.edu.tw", actor=world.people[convener], at=NOON)
        for where, application, convener in (("ours", world.ours, "convener"), ("theirs", world.theirs, "other_convener"))
    }
    return {where: {"invitation": invited.invitation.pk} for where, invited in made.items()}


ROUTES = {
    "drafting:start": Expect(everywhere("member", "clerk", "director", "accountant", "principal")),
    "drafting:draft": _here,
    "drafting:section": Expect(SEE_AN_APPLICATION, on="application", post=WRITES, address=_section),
    "drafting:save": Expect(WRITES, on="application", address=_section),
    "drafting:present": Expect(SEE_AN_APPLICATION, on="application", address=_section),
    "drafting:laid": Expect(WRITES, on="application"),
    "drafting:pick": Expect(WRITES, on="application"),
    "drafting:check": _here,
    "drafting:send": Expect({"convener"}, on="application"),
    "drafting:complete": Expect({"convener", "clerk"}, on="application", state="completing"),
    "drafting:ask_seals": Expect({"convener", "clerk"}, on="application", state="completing"),
    "drafting:sent": _here,
    "drafting:recall": Expect({"convener"}, on="application", state="signing"),
    "drafting:withdraw": Expect({"convener", "clerk", "principal"}, on="application"),
    "drafting:restore": Expect({"convener"}, on="application", state="withdrawn"),
    "drafting:people": _here,
    "drafting:add_person": Expect({"convener"}, on="application", ready=_member),
    "drafting:invite": Expect({"convener"}, on="application"),
    "drafting:withdraw_invitation": Expect({"convener"}, on="application", ready=_invitation),
    "drafting:remove_person": Expect(OWN, on="application", ready=_member),
    "drafting:hand_over": Expect({"convener"}, on="application", ready=_member),
}
