"""The permission table of the city's desk."""

from tests.site.permissions import CITY, Expect

ROUTES = {
    "overseeing:applications": Expect(CITY),
    "overseeing:export": Expect(CITY, address={"kind": "csv"}),
    "overseeing:schools": Expect(CITY),
    "overseeing:export_schools": Expect(CITY, address={"kind": "csv"}),
}
