"""The permission table of the call."""

from tests.site.permissions import EVERYBODY, Expect

ROUTES = {
    "preparing:call": Expect(EVERYBODY),
    "preparing:clauses": Expect(EVERYBODY),
    "preparing:form": Expect(EVERYBODY, address={"code": "application", "kind": "odt"}),
}
