"""The permission table of the convener's desk."""

from tests.site.permissions import OWN, SCHOOL_ROLES, SEE_AN_APPLICATION, Expect, everywhere

_section = {"section": "basics"}

ROUTES = {
    "drafting:start": Expect(everywhere("member", *SCHOOL_ROLES)),
    "drafting:draft": Expect(SEE_AN_APPLICATION, on="application"),
    "drafting:section": Expect(SEE_AN_APPLICATION, on="application", post=OWN | {"clerk"}, address=_section, data={"base": "{}"}),
    "drafting:save": Expect(OWN | {"clerk"}, on="application", address=_section),
    "drafting:present": Expect(SEE_AN_APPLICATION, on="application", address=_section),
}
