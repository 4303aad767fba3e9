"""Signing on paper: printed, stamped, scanned, handed in; and tied to what was printed."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from gongxue.records.actor import Actor
from gongxue.records.doors import edit, move
from gongxue.records.files import read
from gongxue.records.listings.signing import waiting_for
from gongxue.records.models import Application, Notice, Post, Signature, StoredFile, TrailEntry
from gongxue.records.people import actor_for
from gongxue.records.refusals import NotAllowed
from gongxue.records.signatures import signable, valid
from gongxue.records.signing import name_chain_stand_in, sign
from gongxue.rules.workflow import APPLICATION
from gongxue.site import clock
from gongxue.site.once import FIELD
from tests.records.city import LATER, NOON, TODAY, put
from tests.site.uploads.ordinary import pdf, picture

As = Callable[[Actor], Client]
ALL = ["director", "accountant", "principal"]
pytestmark = pytest.mark.usefixtures("stopped_clock")


def who(application: Application, roles: list[str]) -> dict[str, int]:
    """Each seal stamped by whoever holds the post."""
    held = Post.objects.filter(school=application.fiscal_school_id, role__in=roles, stands_in_for=None)
    return {f"who_{post.role}": post.pk for post in held}


def hand_in(browser: Client, application: Application, roles: list[str], data: bytes | list[bytes], **changed: Any) -> HttpResponse:
    """The form of the page as it stands now, with a scan."""
    paper = signable(Application.objects.get(pk=application.pk))
    parts = [BytesIO(each) for each in (data if isinstance(data, list) else [data])]
    for number, part in enumerate(parts):
        part.name = f"掃描 {number}.pdf"
    told = {
        "version": paper.version,
        "digest": paper.digest,
        "code": paper.digest[:12],
        "roles": roles,
        "scan": parts,
        FIELD: "k" * 24,
        **who(application, roles),
    }
    return browser.post(reverse("signing:scan", args=[application.pk]), told | changed)


def test_a_paper_with_all_seals_completes_the_chain(city: SimpleNamespace, as_: As, sent: Application) -> None:
    assert hand_in(as_(city.clerk), sent, ALL, pdf(2)).status_code == 302
    stored = StoredFile.objects.get()
    assert (stored.kind, stored.pages, stored.name, stored.by_id) == ("pdf", 2, "掃描 0.pdf", city.clerk.user)
    assert [(row.role, row.how, row.scan_id, row.user_id) for row in Signature.objects.order_by("pk")] == [
        (role, "paper", stored.pk, city.clerk.user) for role in ALL
    ]
    assert Application.objects.get(pk=sent.pk).state == "signed"
    assert move(sent.pk, "submit", actor=city.clerk, at=LATER).state == "submitted"


def test_some_sign_online_and_others_on_paper(city: SimpleNamespace, as_: As, sent: Application) -> None:
    paper = signable(sent)
    sign(sent.pk, version=paper.version, digest=paper.digest, actor=city.director, at=NOON)
    assert hand_in(as_(city.accountant), sent, ALL, picture("JPEG")).status_code == 302
    assert list(Signature.objects.order_by("pk").values_list("role", "how")) == [
        ("director", "online"),
        ("accountant", "paper"),
        ("principal", "paper"),
    ]


def test_photos_of_the_pages_become_one_file(city: SimpleNamespace, as_: As, sent: Application) -> None:
    hand_in(as_(city.clerk), sent, ["director"], [picture("JPEG"), picture("PNG")])
    assert (StoredFile.objects.get().kind, StoredFile.objects.get().pages) == ("pdf", 2)
    assert Application.objects.get(pk=sent.pk).state == "signing"


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        (["accountant"], "這張紙上還缺「承辦主任」的章"),
        (["director", "principal"], "這張紙上還缺「會計」的章"),
        ([], "請勾選紙上已經蓋了誰的章"),
    ],
)
def test_seals_on_paper_come_in_their_order_too(city: SimpleNamespace, as_: As, sent: Application, roles: list[str], told: str) -> None:
    answer = hand_in(as_(city.clerk), sent, roles, pdf())
    assert (answer.status_code >= 400, told in answer.content.decode()) == (True, True)
    assert (Signature.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_paper_of_an_older_version_is_refused_in_words(city: SimpleNamespace, as_: As, sent: Application) -> None:
    old = signable(sent).digest
    move(sent.pk, "recall", actor=city.convener, at=NOON)
    edit(sent.pk, [put("name", sent.name, "改過的社群")], actor=city.convener, at=NOON)
    move(sent.pk, "send_to_school", actor=city.convener, at=NOON)
    answer = hand_in(as_(city.clerk), sent, ALL, pdf(), code=old[:12].upper())
    assert answer.status_code == 422
    assert "這張紙是舊版（第 3 版或更早），內容後來改過，現在是第 5 版。請重新下載 PDF、列印、核章後再上傳。" in answer.content.decode()
    answer = hand_in(as_(city.clerk), sent, ALL, pdf(), code="0123456789ab")
    assert "這個校驗碼對不上這一份" in answer.content.decode()
    assert Signature.objects.count() == 0


def test_a_paper_printed_before_a_seal_without_other_content_still_counts(city: SimpleNamespace, as_: As, sent: Application) -> None:
    paper = signable(sent)
    sign(sent.pk, version=paper.version, digest=paper.digest, actor=city.director, at=NOON)
    assert hand_in(as_(city.clerk), sent, ["accountant"], pdf(), code=paper.digest).status_code == 302


@pytest.mark.parametrize(
    ("data", "told"), [(b"<html>", "只收 PDF、JPEG、PNG、WebP、HEIC"), (b"", "請選擇掃描檔或照片"), (pdf()[:300], "不完整或已損壞")]
)
def test_what_is_no_scan_is_refused_and_what_was_typed_stays(
    city: SimpleNamespace, as_: As, sent: Application, data: bytes, told: str
) -> None:
    answer = hand_in(as_(city.clerk), sent, ["director"], data or [])
    page = answer.content.decode()
    assert (answer.status_code, told in page, signable(sent).digest[:12] in page, 'value="director" checked' in page) == (
        422,
        True,
        True,
        True,
    )
    assert Signature.objects.count() == 0


def test_a_scan_handed_in_twice_with_one_form_is_taken_once(city: SimpleNamespace, as_: As, sent: Application) -> None:
    paper, browser = signable(sent), as_(city.clerk)
    answers = [hand_in(browser, sent, ALL, pdf(), version=paper.version, digest=paper.digest) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (Signature.objects.count(), StoredFile.objects.count()) == (3, 1)


def test_a_scan_is_handed_out_as_a_file_and_nothing_else(city: SimpleNamespace, as_: As, sent: Application) -> None:
    hand_in(as_(city.clerk), sent, ["director"], picture("JPEG"))
    stored = StoredFile.objects.get()
    answer = as_(city.officer).get(reverse("signing:scanned", args=[sent.pk, stored.pk]))
    assert (answer.status_code, answer.content) == (200, read(stored))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for who in ("stranger", "other_clerk", "reviewer"):
        assert as_(getattr(city, who)).get(reverse("signing:scanned", args=[sent.pk, stored.pk])).status_code == 404
    assert as_(city.officer).get(reverse("signing:scanned", args=[sent.pk, stored.pk + 1])).status_code == 404


def test_a_request_that_is_too_big_is_refused_before_it_fills_the_disk(
    city: SimpleNamespace, as_: As, sent: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongxue.site.uploads.bounds.MOST", 50_000)
    assert hand_in(as_(city.clerk), sent, ALL, b"x" * 60_000).status_code == 413


def test_a_full_disk_is_told_and_nothing_is_kept(
    city: SimpleNamespace, as_: As, sent: Application, settings: Settings, tmp_path: Path
) -> None:
    settings.FILES = tmp_path / "a file"
    settings.FILES.write_text("where a folder should be")
    assert hand_in(as_(city.clerk), sent, ALL, pdf()).status_code == 503
    assert (Signature.objects.count(), StoredFile.objects.count(), Application.objects.get(pk=sent.pk).state) == (0, 0, "signing")


def hands_on(application: Application) -> list[tuple[str, str, bool]]:
    return [(row.role, row.signer_name, row.stands_in_for_id is not None) for row in valid(APPLICATION, str(application.pk)).values()]


def test_whose_hand_stamped_is_kept_shown_and_told_apart_from_who_handed_it_in(city: SimpleNamespace, as_: As, sent: Application) -> None:
    browser = as_(city.clerk)
    page = browser.get(reverse("signing:scan", args=[sent.pk])).content.decode()
    for role in ALL:
        post = getattr(city, role).posts[0].post
        assert f'<option value="{post}" selected>{role}</option>' in page
    hand_in(browser, sent, ALL, pdf())
    assert hands_on(sent) == [(role, role, False) for role in ALL]
    entry = TrailEntry.objects.get(verb="sign_on_paper_last")
    assert [each["name"] for each in entry.words["stamped"]] == ALL
    page = browser.get(reverse("signing:paper", args=[sent.pk])).content.decode()
    assert ("會計 accountant" in page, "掃描檔由clerk於" in page) == (True, True)


def test_a_stand_in_who_stamped_is_chosen_and_named_as_such(city: SimpleNamespace, as_: As, sent: Application) -> None:
    post = Post.objects.get(pk=city.director.posts[0].post)
    told = {"user_id": city.member.user, "role": "director", "school": post.school, "first": TODAY, "last": TODAY}
    stood = Post.objects.create(**told, stands_in_for=post)
    browser = as_(city.clerk)
    assert f'<option value="{stood.pk}">member（代理）</option>' in browser.get(reverse("signing:scan", args=[sent.pk])).content.decode()
    hand_in(browser, sent, ["director"], pdf(), who_director=stood.pk)
    row = Signature.objects.get()
    assert (row.signer, row.signer_name, row.stands_in_for_id) == (city.member.user, "member", post.pk)
    assert "member（代理）" in browser.get(reverse("signing:paper", args=[sent.pk])).content.decode()


def test_a_stand_in_without_an_account_is_written_by_name(city: SimpleNamespace, as_: As, sent: Application) -> None:
    hand_in(as_(city.clerk), sent, ALL, pdf(), name_accountant=" 王 小明 ")
    assert hands_on(sent)[1] == ("accountant", "王 小明", True)
    assert Signature.objects.get(role="accountant").signer is None


def test_where_nobody_holds_the_post_the_name_is_asked_for(city: SimpleNamespace, as_: As, sent: Application) -> None:
    Post.objects.filter(role="director", school=sent.fiscal_school).delete()
    browser = as_(city.clerk)
    assert "蓋章的人的姓名" in browser.get(reverse("signing:scan", args=[sent.pk])).content.decode()
    answer = hand_in(browser, sent, ["director"], pdf())
    assert (answer.status_code, "請選「承辦主任」的章是誰蓋的，或寫下姓名。" in answer.content.decode()) == (422, True)
    hand_in(browser, sent, ["director"], pdf(), name_director="陳主任")
    assert hands_on(sent) == [("director", "陳主任", False)]


@pytest.mark.parametrize("by_name", [False, True])
def test_nobody_stamps_one_chain_twice_and_what_was_chosen_stays(city: SimpleNamespace, as_: As, sent: Application, by_name: bool) -> None:
    both = Post.objects.create(user_id=city.director.user, role="accountant", school=sent.fiscal_school, first=TODAY)
    changed = {"name_accountant": "Director".lower()} if by_name else {"who_accountant": both.pk}
    browser = as_(city.clerk)
    answer = hand_in(browser, sent, ALL, pdf(), **changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "director已經核「承辦主任」的章，同一個人不核兩次；「會計」的章要由代理人蓋" in page
    kept = 'value="director" maxlength' if by_name else f'<option value="{both.pk}" selected>'
    assert (kept in page, 'value="accountant" checked' in page) == (True, True)
    assert (Signature.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert hand_in(browser, sent, ALL, pdf(), name_accountant="代理的人").status_code == 302


def test_whoever_stamped_on_paper_does_not_sign_again_online(city: SimpleNamespace, as_: As, sent: Application) -> None:
    Post.objects.create(user_id=city.director.user, role="accountant", school=sent.fiscal_school, first=TODAY)
    hand_in(as_(city.clerk), sent, ["director"], pdf())
    paper = signable(Application.objects.get(pk=sent.pk))
    with pytest.raises(NotAllowed) as refused:
        sign(sent.pk, version=paper.version, digest=paper.digest, actor=actor_for(city.director.user, TODAY), at=LATER)
    assert refused.value.reason.zh.startswith("您已經以「承辦主任」核過章，同一個人不核兩次。")


def test_whose_name_stands_on_the_paper_does_not_sign_again_online(city: SimpleNamespace, as_: As, sent: Application) -> None:
    """The name is written where the hand is not chosen: it is the same hand."""
    Post.objects.create(user_id=city.director.user, role="accountant", school=sent.fiscal_school, first=TODAY)
    hand_in(as_(city.clerk), sent, ["director"], pdf(), name_director=" ｄirector ")
    both = actor_for(city.director.user, TODAY)
    paper = signable(Application.objects.get(pk=sent.pk))
    assert waiting_for(both) == ()
    with pytest.raises(NotAllowed) as refused:
        sign(sent.pk, version=paper.version, digest=paper.digest, actor=both, at=LATER)
    assert refused.value.reason.zh.startswith("您已經以「承辦主任」核過章，同一個人不核兩次。")
    with pytest.raises(NotAllowed):
        name_chain_stand_in(sent.pk, "accountant", city.director.user, last=TODAY, actor=city.principal, at=LATER)


def test_a_scan_is_called_by_the_day_on_which_it_came_in_in_taipei(city: SimpleNamespace, as_: As, sent: Application) -> None:
    clock.start_over(NOON.replace(hour=7))  # in Greenwich it is the day before
    hand_in(as_(city.clerk), sent, ["director"], pdf())
    answer = as_(city.clerk).get(reverse("signing:scanned", args=[sent.pk, StoredFile.objects.get().pk]))
    assert "20220324.pdf" in answer.headers["Content-Disposition"]


def test_a_post_of_another_school_is_no_hand_here(city: SimpleNamespace, as_: As, sent: Application) -> None:
    answer = hand_in(as_(city.clerk), sent, ["director"], pdf(), who_director=city.partner_director.posts[0].post)
    assert (answer.status_code, Signature.objects.count()) == (422, 0)


def test_a_recall_tells_those_who_stamped(city: SimpleNamespace, as_: As, sent: Application) -> None:
    hand_in(as_(city.clerk), sent, ["director"], pdf())
    move(sent.pk, "recall", actor=city.convener, at=LATER)
    assert list(Notice.objects.filter(kind="recall", relation="signer").values_list("user", flat=True)) == [city.director.user]


def test_the_receipt_and_the_lists_say_who_sealed(city: SimpleNamespace, as_: As, sent: Application) -> None:
    hand_in(as_(city.clerk), sent, ALL, pdf(), name_accountant="王小明")
    move(sent.pk, "submit", actor=city.clerk, at=LATER)
    told = "承辦主任 director（紙本）、會計 王小明（代理・紙本）、校長 principal（紙本）"
    assert told in as_(city.convener).get(reverse("submitting:receipt", args=[sent.pk])).content.decode()
    assert sent.fiscal_school is not None
    school = reverse("submitting:export", args=[sent.fiscal_school.key, "csv"])
    for who, address in ((city.clerk, school), (city.officer, reverse("overseeing:export", args=["csv"]))):
        assert told in b"".join(as_(who).get(address).streaming_content).decode()  # type: ignore[attr-defined]  # a file
