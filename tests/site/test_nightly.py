"""Every night the trail is sealed and verified, and what has served its purpose goes."""

import datetime
from types import SimpleNamespace

from django.contrib.sessions.models import Session

from gongxue.records import triggers
from gongxue.records.models import Application, Chore, Message, PostKey, Presence, TrailEntry, TrailSeal
from gongxue.site import background, clock, nightly
from gongxue.site.background import later, run_waiting

DAY = datetime.timedelta(days=1)


def test_the_night_seals_the_trail_and_keeps_what_it_found(city: SimpleNamespace, draft: Application) -> None:
    later("seal")
    run_waiting()
    chore = Chore.objects.get(name="seal")
    assert (chore.ok, chore.told["subjects"], chore.told["faults"], TrailSeal.objects.count()) == (True, 1, 0, 1)


def test_a_trail_that_somebody_forged_is_told(city: SimpleNamespace, draft: Application) -> None:
    triggers.drop()
    TrailEntry.objects.update(verb="other")
    later("seal")
    run_waiting()
    told = Chore.objects.get(name="seal").told
    assert (told["faults"], told["first"]) == (1, [f"application {draft.pk} #1"])


def test_what_has_served_its_purpose_goes_and_the_rest_stays(city: SimpleNamespace, draft: Application) -> None:
    now = clock.now()
    for number, at in enumerate((now - nightly.KEYS_LAST - DAY, now)):
        PostKey.objects.create(user_id=city.convener.user, key=f"{number}" * 20, path="/", at=at)
        Session.objects.create(session_key=f"{number}", session_data="", expire_date=clock.real_now() + (number or -1) * DAY)
    for number, (state, age) in enumerate((("sent", 200), ("sent", 1), ("failed", 200))):
        told = {"to": "a@x", "title": "t", "body": "words", "message_id": f"<{number}>"}
        Message.objects.create(**told, state=state, made_at=now - age * DAY)
    Presence.objects.create(application=draft, user_id=city.convener.user, at=now - 2 * DAY)
    assert nightly.tidy(now) == {"keys": 1, "sessions": 1, "letters": 1}
    assert (PostKey.objects.count(), Session.objects.count(), Presence.objects.count()) == (1, 1, 0)
    assert list(Message.objects.order_by("pk").values_list("body", flat=True)) == ["", "words", "words"]


def test_every_regular_job_is_prepared(db: None) -> None:
    background.prepare()
    assert {"deliver", "seal", "tidy"} <= set(background._regular)
