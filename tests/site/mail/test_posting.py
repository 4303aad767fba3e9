"""Letters go into the outbox with what they tell about, in the reader's language, each event once."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django_q.models import OrmQ
from pytest_django import Settings

from gongxue.records.models import Message, User
from gongxue.site.mail import attaching
from gongxue.site.mail.attaching import Attachment
from gongxue.site.mail.posting import link, post_letter
from tests.records.city import LATER, NOON

RESET = "accounts/password_reset_key"
CONTEXT = {"password_reset_url": "https://gongxue.example/reset/1/"}


@pytest.fixture(autouse=True)
def _mailing(settings: Settings) -> None:
    settings.MAIL_URL, settings.ADDRESS = "smtp://127.0.0.1:25", "https://gongxue.example"


def test_a_letter_is_in_the_language_of_its_reader(city: SimpleNamespace) -> None:
    reader = User.objects.get(pk=city.convener.user)
    reader.language = "en"
    english = post_letter(RESET, reader, CONTEXT, at=NOON)
    chinese = post_letter(RESET, "somebody@example.edu.tw", CONTEXT, at=NOON)
    assert (english.title, english.user, english.to) == ("Reset your Gongxue password", reader, reader.email)
    assert (chinese.title, chinese.user, chinese.to) == ("重設共學的密碼", None, "somebody@example.edu.tw")
    assert all(CONTEXT["password_reset_url"] in each.body for each in (english, chinese))


def test_an_event_makes_one_letter_however_often_it_is_told(db: None) -> None:
    first, again = (post_letter(RESET, "a@example.edu.tw", CONTEXT, at=at, event="reset:1") for at in (NOON, LATER))
    other = post_letter(RESET, "a@example.edu.tw", CONTEXT, at=NOON, event="reset:2")
    assert (again.pk, again.made_at, other.pk != first.pk, Message.objects.count()) == (first.pk, NOON, True, 2)


def test_what_is_rolled_back_leaves_no_letter_and_no_task(db: None) -> None:
    with transaction.atomic():
        post_letter(RESET, "a@example.edu.tw", CONTEXT, at=NOON)
        transaction.set_rollback(True)
    assert (Message.objects.count(), OrmQ.objects.count()) == (0, 0)


def test_urgent_letters_call_the_deliverer_once_an_act_and_others_wait_for_it(db: None) -> None:
    post_letter(RESET, "a@example.edu.tw", CONTEXT, at=NOON, urgent=False)
    assert OrmQ.objects.count() == 0
    for number in range(3):
        post_letter(RESET, f"{number}@example.edu.tw", CONTEXT, at=NOON)
    assert OrmQ.objects.count() == 1


def test_without_a_mail_server_nobody_is_called(db: None, settings: Settings) -> None:
    settings.MAIL_URL = ""
    post_letter(RESET, "a@example.edu.tw", CONTEXT, at=NOON)
    assert (Message.objects.get().state, OrmQ.objects.count()) == ("waiting", 0)


def test_a_letter_names_who_makes_what_goes_with_it(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "_makers", {})
    attaching.register("receipt", lambda number: Attachment(f"{number}.pdf", "application/pdf", b"%PDF"))
    kept = post_letter(RESET, "a@example.edu.tw", CONTEXT, at=NOON, attach=("receipt", 7))
    assert attaching.make(kept.maker, *kept.maker_args) == Attachment("7.pdf", "application/pdf", b"%PDF")
    with pytest.raises(KeyError):
        post_letter(RESET, "a@example.edu.tw", CONTEXT, at=NOON, attach=("nobody", 7))


def test_a_number_of_a_letter_is_nobody_elses_and_of_this_site(db: None) -> None:
    numbers = {post_letter(RESET, "a@example.edu.tw", CONTEXT, at=NOON).message_id for _ in range(5)}
    assert (len(numbers), {number.split("@")[1] for number in numbers}) == (5, {"gongxue.example>"})


def test_links_lead_to_where_people_reach_the_site(settings: Settings) -> None:
    assert link("/home/") == "https://gongxue.example/home/"
