"""`gongxue unlock`: for whoever has lost the phone and the codes on paper."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP

from gongxue.records import trail
from gongxue.records.models import Message, TrailEntry, User
from tests.commands.shell import gongxue
from tests.records.city import NOON


@pytest.fixture
def locked_out(db: None) -> User:
    """Somebody with a second step, beside a colleague with another."""
    people = [User.objects.create(email=f"{name}@example.edu.tw", name=name, date_joined=NOON) for name in ("colleague", "principal")]
    for each in people:
        TOTP.activate(each, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(each)
    return people[1]


def test_the_second_step_of_one_person_is_taken_away_told_by_mail_and_kept_in_the_trail(locked_out: User) -> None:
    ran = gongxue("unlock", " Principal@Example.edu.tw")
    assert (ran.status, ran.told) == (0, [])
    assert ran.lines == ["Principal@Example.edu.tw 的兩步驟驗證已停用，並已寫信告知"]
    assert {each.user.name for each in Authenticator.objects.all()} == {"colleague"}
    letter = Message.objects.get()
    assert (letter.to, letter.title) == (locked_out.email, "您的兩步驟驗證已停用")
    entry = TrailEntry.objects.get(verb="second_step_off")
    assert (entry.subject, entry.subject_id, entry.role, entry.user_id) == ("user", str(locked_out.pk), "system", None)
    assert trail.verify() == []
    again = gongxue("unlock", "principal@example.edu.tw", "--lang", "en")
    assert (again.status, again.lines, Message.objects.count()) == (0, ["principal@example.edu.tw has no second step"], 1)


def test_an_address_that_nobody_has_is_refused(locked_out: User) -> None:
    ran = gongxue("unlock", "nobody@example.edu.tw")
    assert (ran.status, ran.told) == (1, ["nobody@example.edu.tw：沒有這個電子郵件的帳號"])
    assert (Authenticator.objects.count(), Message.objects.count()) == (4, 0)
