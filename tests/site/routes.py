"""The permission table of the shell."""

from tests.site.permissions import EVERYBODY, LOGGED_IN, Expect

ROUTES = {
    "front": Expect(EVERYBODY),
    "home": Expect(LOGGED_IN),
    "language": Expect(EVERYBODY),
    "verify": Expect(EVERYBODY),
    "date_words": Expect(EVERYBODY),
    "upkeep": Expect({"officer", "supervisor", "centre_staff"}),
    "accessibility": Expect(EVERYBODY),
    "privacy": Expect(EVERYBODY),
    "style": Expect(EVERYBODY),
    "healthz": Expect(EVERYBODY),
    "readyz": Expect(EVERYBODY),
    "robots": Expect(EVERYBODY),
    "favicon": Expect(EVERYBODY),
}
