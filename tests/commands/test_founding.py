"""`gongxue init`: a city begins once; run again, it adds what is missing and overwrites nothing."""

import re

import pytest

from tests.commands.installation import OFFICER, Installation

COUNT = """
from gongxue.records.models import Invitation, School, TrailEntry
from gongxue.records import soundness
print(School.objects.count(), Invitation.objects.filter(void=False).count(), Invitation.objects.count(), soundness.thorough())
"""


def link_of(text: str) -> str:
    found = re.search(r"https://plc\.example/accounts/invitation/([\w-]{43})/", text)
    assert found is not None, text
    return found[1]


def test_a_city_begins_with_its_schools_and_a_link_for_the_first_officer(installation: Installation) -> None:
    done = installation.run("init", "--officer", OFFICER, "--name", "鄭惠如", GONGXUE_ADDRESS="https://plc.example")
    assert (done.status, done.err) == (0, "")
    assert done.lines[:2] == ["資料庫已建好，保護機制已啟用", "學校：新增 54 所，原有 0 所照舊"]
    token = link_of(done.out)
    look = f"""
from gongxue.records.invitations import look_at
from gongxue.site import clock
found = look_at({token!r}, clock.real_now())
print(found.email, found.name, found.role, found.made_by)
"""
    assert installation.python(look) == f"{OFFICER} 鄭惠如 officer None"
    assert installation.python(COUNT) == "54 1 1 []"


def test_run_again_it_overwrites_nothing_and_only_the_last_link_works(installation: Installation) -> None:
    first = installation.run("init", "--officer", OFFICER, GONGXUE_ADDRESS="https://plc.example")
    installation.python("from gongxue.records.models import School; School.objects.filter(name='東園國小').update(name='東園實小')")
    again = installation.run("init", "--officer", "another@city.example", "--lang", "en", GONGXUE_ADDRESS="https://plc.example")
    assert again.status == 0
    assert again.lines[:2] == ["the database was there already, and is as it was", "schools: 0 added, 54 were there and are as they were"]
    assert again.told == ["東園實小: differs from the register in name (left as it is)"]
    assert link_of(again.out) != link_of(first.out)
    assert installation.python(COUNT) == "54 1 2 []"


def test_where_an_officer_is_at_work_there_is_no_new_link(installation: Installation) -> None:
    done = installation.run("init", "--officer", OFFICER, GONGXUE_ADDRESS="https://plc.example")
    installation.python(f"""
from gongxue.site import clock
from gongxue.site.accounts.actions import join
join({link_of(done.out)!r}, name='鄭惠如', password='a long enough one', language='zh-hant', at=clock.real_now())
""")
    again = installation.run("init", "--officer", "thief@elsewhere.example")
    assert (again.status, again.lines[2:]) == (0, ["已經有承辦人在任，不再發連結"])


def test_an_address_that_is_none_is_told_and_can_be_put_right(installation: Installation) -> None:
    done = installation.run("init", "--officer", "no address")
    assert (done.status, done.told) == (1, ["電子郵件格式不對，應像 name@example.edu.tw。"])
    assert installation.run("init", "--officer", OFFICER).status == 0


@pytest.mark.parametrize("demo", ["1", "0"], ids=["served as a demo", "its database"])
def test_the_demo_is_no_city(installation: Installation, demo: str) -> None:
    installation.run("init", "--officer", OFFICER)
    installation.python("""
from gongxue.records.models import User
from gongxue.site import clock
User.objects.create(email='lin@gongxue.example', name='林怡君', date_joined=clock.real_now())
""")
    done = installation.run("init", "--officer", OFFICER, GONGXUE_DEMO=demo)
    assert done.status == 1
    assert "示範" in done.err
