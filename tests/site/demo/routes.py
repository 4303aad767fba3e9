"""The permission table of the demo, which has no secrets."""

from typing import Any

from gongxue.records.models import User
from gongxue.site.demo.cast import CAST
from tests.records.city import NOON
from tests.site.permissions import EVERYBODY, Expect


def _one_of_the_cast(_world: Any) -> None:
    User.objects.create(email=CAST[0].email, name=CAST[0].name, date_joined=NOON)


ROUTES = {
    "demo:cast": Expect(EVERYBODY),
    "demo:become": Expect(EVERYBODY, data={"email": CAST[0].email}, ready=_one_of_the_cast),
    "demo:clock": Expect(EVERYBODY, methods=("GET",)),  # a POST moves the clock, which nothing undoes
    "demo:start_over": Expect(EVERYBODY, methods=("GET",)),  # a POST fills the whole demo anew
    "demo:letters": Expect(EVERYBODY),
}
