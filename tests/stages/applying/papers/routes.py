"""The permission table of papers."""

from tests.site.permissions import SEE_AN_APPLICATION, Expect

ROUTES = {
    "papers:preview": Expect(SEE_AN_APPLICATION, on="application"),
    "papers:print": Expect(SEE_AN_APPLICATION, on="application", address={"kind": "odt"}),
}
