"""Whoever came too late is told who was faster, and led to the paper as it is now; a stranger is led nowhere."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.doors import move
from gongxue.records.models import Application
from gongxue.records.signatures import signable
from gongxue.records.signing import sign
from gongxue.records.summary_moves import move_summary, say_facts
from gongxue.rules.programme_file import load_programme
from gongxue.site import errors
from tests.records.city import LATER, take_to_signed
from tests.records.test_summaries import FACTS

As = Callable[[Actor], Client]
KEY = "k" * 24


@pytest.fixture
def signing(city: SimpleNamespace, draft: Application) -> Application:
    return move(draft.pk, "send_to_school", actor=city.convener, at=LATER)


def edit_again(city: SimpleNamespace, application: Application) -> None:
    """The convener takes it back and sends it once more."""
    move(application.pk, "recall", actor=city.convener, at=LATER)
    move(application.pk, "send_to_school", actor=city.convener, at=LATER)


def links(answer: HttpResponse) -> list[str]:
    return re.findall(r'href="(/[^"]+)"', answer.content.decode().partition("<main")[2])


def test_a_recall_that_a_signature_overtook_tells_who_signed_and_leads_to_the_paper(
    city: SimpleNamespace, as_: As, signing: Application
) -> None:
    paper = signable(signing)
    sign(signing.pk, version=paper.version, digest=paper.digest, actor=city.director, at=LATER)
    answer = as_(city.convener).post(
        f"/applications/{signing.pk}/signing/recall/", {"post_key": KEY, "version": paper.version, "digest": paper.digest}
    )
    assert answer.status_code == 409
    assert "最近一次變動：111年3月24日（四）12:01，director（承辦主任）：核章。" in answer.content.decode()
    assert "Last change: 24 March 2022 (Thu) 12:01, director (director): Sign off." in answer.content.decode()
    assert links(answer) == [f"/applications/{signing.pk}/signing/"] * 2


def test_a_signature_that_a_recall_overtook_tells_who_recalled_and_leads_to_the_paper(
    city: SimpleNamespace, as_: As, signing: Application
) -> None:
    paper = signable(signing)
    move(signing.pk, "recall", actor=city.convener, at=LATER)
    told = {"post_key": KEY, "version": paper.version, "digest": paper.digest, "password": "whatever it is"}
    answer = as_(city.director).post(f"/applications/{signing.pk}/signing/sign/", told)
    assert answer.status_code == 403
    assert "convener（召集人）：收回修改。" in answer.content.decode()
    assert links(answer) == [f"/applications/{signing.pk}/signing/"] * 2


def test_a_page_that_never_was_for_the_reader_leads_to_the_paper_and_tells_no_change(
    city: SimpleNamespace, as_: As, signing: Application
) -> None:
    answer = as_(city.officer).get(f"/applications/{signing.pk}/signing/recall/")
    assert answer.status_code == 403
    assert "最近一次變動" not in answer.content.decode()
    assert links(answer) == [f"/applications/{signing.pk}/signing/"] * 2


def test_the_clerks_form_of_a_school_leads_back_to_the_schools_desk(city: SimpleNamespace, as_: As) -> None:
    key = city.schools["東園國小"].key
    answer = as_(city.clerk).post(f"/schools/{key}/submit/", {"pick": "nothing"})
    assert links(answer) == [f"/schools/{key}/"] * 2
    assert links(as_(city.clerk).post(f"/schools/{key}/summary/send/", {})) == [f"/schools/{key}/summary/"] * 2


def test_a_school_s_summary_tells_who_was_faster_too(city: SimpleNamespace, as_: As, draft: Application) -> None:
    school, programme = city.schools["東園國小"], load_programme("hsinchu-111")
    take_to_signed(city, draft)
    say_facts(school, programme, FACTS, version=1, actor=city.clerk, at=LATER)
    shown = move_summary(school, programme, "send_to_sign", version=2, actor=city.clerk, at=LATER)
    move_summary(school, programme, "sign", version=shown.version, actor=city.clerk, at=LATER)
    answer = as_(city.clerk).post(f"/schools/{school.key}/summary/recall/", {"post_key": KEY, "seen": shown.version})
    assert (answer.status_code, "clerk（承辦人）：核章。" in answer.content.decode()) == (409, True)


def test_the_reason_that_was_written_is_not_lost_with_the_refusal(city: SimpleNamespace, as_: As, signing: Application) -> None:
    told = {"post_key": KEY, "version": signing.version, "digest": signable(signing).digest, "reason": "摘要<b>請改\n第二行"}
    edit_again(city, signing)
    answer = as_(city.director).post(f"/applications/{signing.pk}/signing/return/", told)
    assert (answer.status_code, "摘要&lt;b&gt;請改<br>第二行" in answer.content.decode()) == (409, True)
    move(signing.pk, "recall", actor=city.convener, at=LATER)
    answer = as_(city.director).post(f"/applications/{signing.pk}/signing/return/", told)
    assert (answer.status_code, "摘要&lt;b&gt;請改<br>第二行" in answer.content.decode()) == (403, True)


def test_what_is_too_big_leads_back_to_the_paper(city: SimpleNamespace, as_: As, signing: Application, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = as_(city.director).post(f"/applications/{signing.pk}/signing/return/", {"post_key": KEY, "reason": "x" * 2000})
    assert (answer.status_code, links(answer)) == (413, [f"/applications/{signing.pk}/signing/"] * 2)


def test_the_stranger_is_led_nowhere(city: SimpleNamespace, as_: As, signing: Application) -> None:
    answer = as_(city.stranger).post(f"/applications/{signing.pk}/signing/sign/", {"post_key": KEY})
    assert answer.content == errors.not_found(answer.wsgi_request).content
