"""The doors: what opens them, what does not, and that nothing is lost."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from gongxue.records import trail
from gongxue.records.actor import NOBODY, SYSTEM, Actor, Held
from gongxue.records.changes import Change
from gongxue.records.doors import CONDITIONS, edit, locked, move, restore, start
from gongxue.records.models import Application, Post, Snapshot, TrailEntry
from gongxue.records.refusals import ChangeError, Clashed, NotAllowed, NotThere, RulesBroken, Stale, TooLate
from gongxue.rules.workflow import APPLICATION, TRANSITIONS
from tests.records.city import LATER, NOON, OWN, TODAY, document, found_draft, put, put_into

MINUTE = datetime.timedelta(minutes=1)


def test_a_draft_starts_once_however_often_it_is_asked(city: SimpleNamespace) -> None:
    key = uuid.uuid4()
    first, second = (start(document(), actor=city.convener, at=NOON, key=key) for _ in range(2))
    assert first.pk == second.pk == key
    assert (Application.objects.count(), TrailEntry.objects.count()) == (1, 1)
    assert (first.name, first.people, first.sessions, first.asked, first.errors) == ("繪本說演共學社群", 4, 6, 4382, 0)
    assert first.fiscal_school == city.schools[OWN]
    assert [(person.user_id, person.role) for person in first.persons.all()] == [(city.convener.user, "convener")]


def test_the_key_of_somebody_elses_draft_leads_nowhere(city: SimpleNamespace) -> None:
    key = start(document(), actor=city.convener, at=NOON).pk
    with pytest.raises(NotThere):
        start(document(), actor=city.member, at=NOON, key=key)
    assert Application.objects.get().made_by_id == city.convener.user


@pytest.mark.parametrize("who", ["stranger", "officer", "auditor", "reviewer"])
def test_only_who_has_a_post_at_a_school_starts_a_draft(city: SimpleNamespace, who: str) -> None:
    with pytest.raises(NotAllowed):
        start(document(), actor=getattr(city, who), at=NOON)


@pytest.mark.parametrize("actor", [NOBODY, SYSTEM, Actor(None, "x", (Held(1, "member", 1),))])
def test_somebody_without_an_account_starts_nothing(db: None, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        start(document(), actor=actor, at=NOON)


@pytest.mark.parametrize("programme", ["", "nope", "../hsinchu-111", None, 5])
def test_a_draft_needs_a_programme_that_is_there(city: SimpleNamespace, programme: object) -> None:
    with pytest.raises(ChangeError) as refused:
        start({**document(), "programme": programme}, actor=city.convener, at=NOON)
    assert refused.value.path == "programme"
    assert Application.objects.count() == 0


def test_an_edit_changes_a_field_and_bumps_the_version(city: SimpleNamespace, draft: Application) -> None:
    edited = edit(draft.pk, [put("name", "繪本說演共學社群", "繪本社")], actor=city.convener, at=LATER)
    assert (edited.application.version, edited.application.name, edited.clashes) == (2, "繪本社", ())
    draft.refresh_from_db()
    assert (draft.version, draft.name, draft.document["name"], draft.changed_by_id, draft.changed_at) == (
        2,
        "繪本社",
        "繪本社",
        city.convener.user,
        LATER,
    )
    entry = TrailEntry.objects.get(verb="edit")
    assert entry.words == {"changes": [{"kind": "set", "path": "name", "base": "繪本說演共學社群", "value": "繪本社"}]}
    assert (entry.user_id, entry.role, entry.post_id, entry.version, entry.at) == (city.convener.user, "convener", None, 2, LATER)


def test_a_clerk_who_edits_is_on_the_trail_with_the_post(city: SimpleNamespace, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "改")], actor=city.clerk, at=LATER)
    entry = TrailEntry.objects.get(verb="edit")
    assert (entry.role, entry.post_id) == ("clerk", city.clerk.posts[0].post)


def test_of_two_posts_the_trail_names_the_one_at_the_applications_school(city: SimpleNamespace, draft: Application) -> None:
    own, other = city.clerk.posts[0], city.other_clerk.posts[0]
    stand_in = Post.objects.create(
        user_id=city.clerk.user, role="clerk", school=city.schools[OWN], first=TODAY, last=TODAY, stands_in_for_id=own.post
    )
    actor = Actor(city.clerk.user, "clerk", (Held(stand_in.pk, "clerk", own.school, own.post), other, own))
    edit(draft.pk, [put("name", draft.name, "改")], actor=actor, at=LATER)
    assert TrailEntry.objects.get(verb="edit").post_id == own.post


def test_an_edit_that_changes_nothing_leaves_no_trace(city: SimpleNamespace, draft: Application) -> None:
    assert edit(draft.pk, [put("name", "x", "繪本說演共學社群")], actor=city.convener, at=LATER).application.version == 1
    assert (Snapshot.objects.count(), TrailEntry.objects.filter(verb="edit").count()) == (0, 0)


def test_the_same_edit_sent_twice_has_one_effect(city: SimpleNamespace, draft: Application) -> None:
    changes = [put("name", draft.name, "第二版"), Change("insert", "members", value={"name": "新"}, row="n1")]
    first, second = (edit(draft.pk, changes, actor=city.convener, at=LATER) for _ in range(2))
    assert (first.application.version, second.application.version, second.done, second.clashes) == (2, 2, (), ())


def test_two_people_in_different_fields_never_meet(city: SimpleNamespace, draft: Application) -> None:
    row = draft.document["sessions"][0]["id"]
    edit(draft.pk, [put(f"sessions/{row}/place", "圖書室", "視聽教室")], actor=city.convener, at=LATER)
    edited = edit(draft.pk, [put(f"sessions/{row}/host", "溫若晴", "杜承翰")], actor=city.member, at=LATER)
    content = edited.application.document["sessions"][0]
    assert (content["place"], content["host"], edited.clashes) == ("視聽教室", "杜承翰", ())


def test_in_the_same_field_the_second_save_shows_both_texts(city: SimpleNamespace, draft: Application) -> None:
    before = draft.document["summary"]
    edit(draft.pk, [put("summary", before, "甲的字")], actor=city.convener, at=LATER)
    second = edit(draft.pk, [put("summary", before, "乙的字"), put("name", draft.name, "乙的名")], actor=city.member, at=LATER)
    assert [(clash.path, clash.theirs, clash.yours) for clash in second.clashes] == [("summary", "甲的字", "乙的字")]
    assert (second.application.document["summary"], second.application.name) == ("甲的字", "乙的名")
    with pytest.raises(Clashed) as refused:
        edit(draft.pk, [put("summary", before, "丙的字"), put("name", "乙的名", "丙的名")], actor=city.convener, at=LATER, strict=True)
    assert refused.value.clashes[0].yours == "丙的字"
    draft.refresh_from_db()
    assert (draft.name, draft.version) == ("乙的名", 3)


def test_a_change_outside_the_shape_is_refused_and_changes_nothing(city: SimpleNamespace, draft: Application) -> None:
    with pytest.raises(ChangeError):
        edit(draft.pk, [put("name", draft.name, "改"), put("nope", None, "x")], actor=city.convener, at=LATER)
    draft.refresh_from_db()
    assert (draft.version, draft.name) == (1, "繪本說演共學社群")


@pytest.mark.parametrize("who", ["other_clerk", "other_principal", "partner_clerk", "stranger", "reviewer"])
def test_whoever_may_not_see_it_is_told_that_nothing_is_there(city: SimpleNamespace, draft: Application, who: str) -> None:
    actor = getattr(city, who)
    for there in (draft.pk, uuid.uuid4()):
        for act in (
            lambda pk: edit(pk, [put("name", draft.name, "改")], actor=actor, at=LATER),
            lambda pk: move(pk, "submit", actor=actor, at=LATER),
            lambda pk: restore(pk, 1, actor=actor, at=LATER),
        ):
            with pytest.raises(NotThere) as refused:
                act(there)
            assert refused.value.reason.zh == "找不到這份資料。"


@pytest.mark.parametrize("who", ["officer", "auditor", "principal", "director"])
def test_whoever_may_only_see_it_may_not_edit_it(city: SimpleNamespace, draft: Application, who: str) -> None:
    for act in (
        lambda: edit(draft.pk, [], actor=getattr(city, who), at=LATER),
        lambda: restore(draft.pk, 1, actor=getattr(city, who), at=LATER),
    ):
        with pytest.raises((NotAllowed, NotThere)):
            act()
    assert Application.objects.get().version == 1


def test_a_lock_without_a_transaction_is_a_fault(transactional_db: None) -> None:
    with pytest.raises(TransactionManagementError):
        locked(uuid.uuid4(), NOBODY)
    with transaction.atomic(), pytest.raises(NotThere):
        locked(uuid.uuid4(), NOBODY)


def test_a_move_freezes_what_it_moved_and_says_from_where(city: SimpleNamespace, draft: Application) -> None:
    moved = move(draft.pk, "send_to_school", actor=city.convener, at=LATER, version=1, words={"note": "請核", "to": "elsewhere"})
    assert (moved.state, moved.version) == ("signing", 2)
    snapshot = Snapshot.objects.get(application=draft, version=2)
    assert (snapshot.why, snapshot.made_by_id) == ("send_to_school", city.convener.user)
    assert TrailEntry.objects.get(verb="send_to_school").words == {
        "from": "draft", "to": "signing", "reason": "", "digest": snapshot.digest, "note": "請核",
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        edit(draft.pk, [put("name", draft.name, "改")], actor=city.convener, at=LATER)


def test_a_draft_with_errors_does_not_go_to_the_school(city: SimpleNamespace, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "")], actor=city.convener, at=LATER)
    with pytest.raises(RulesBroken) as refused:
        move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    assert [finding.rule for finding in refused.value.findings] == ["name.required"]


def test_a_second_click_on_what_has_moved_is_stale(city: SimpleNamespace, draft: Application) -> None:
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER, version=1)
    with pytest.raises(Stale) as refused:
        move(draft.pk, "send_to_school", actor=city.convener, at=LATER, version=1)
    assert (refused.value.state, refused.value.version) == ("signing", 2)
    assert TrailEntry.objects.filter(verb="send_to_school").count() == 1


def test_a_return_asks_a_reason_and_keeps_it(city: SimpleNamespace, draft: Application) -> None:
    move(draft.pk, "send_to_school", actor=city.convener, at=LATER)
    with pytest.raises(NotAllowed):
        move(draft.pk, "return", actor=city.director, at=LATER, reason="  ")
    with pytest.raises(ChangeError):
        move(draft.pk, "return", actor=city.director, at=LATER, reason="\0")
    with pytest.raises(ChangeError):
        move(draft.pk, "return", actor=city.director, at=LATER, reason="長" * 20_001)
    assert move(draft.pk, "return", actor=city.director, at=LATER, reason=" 請補課堂實踐班級\r\n").state == "returned"
    assert TrailEntry.objects.get(verb="return").words["reason"] == "請補課堂實踐班級"


@pytest.mark.parametrize(("seconds", "opens"), [(-1, True), (0, False), (1, False)])
def test_the_deadline_is_compared_to_the_second(
    city: SimpleNamespace, draft: Application, monkeypatch: pytest.MonkeyPatch, seconds: int, opens: bool
) -> None:
    for name in ("chain_complete", "partners_confirmed"):
        monkeypatch.setitem(CONDITIONS, name, lambda application, actor: None)
    put_into(draft, "signed")
    at = datetime.datetime(2022, 3, 30, 16, 0, tzinfo=datetime.UTC) + datetime.timedelta(seconds=seconds)
    if opens:
        submitted = move(draft.pk, "submit", actor=city.clerk, at=at)
        assert (submitted.state, submitted.submitted_at) == ("submitted", at)
        assert move(draft.pk, "recall_submission", actor=city.clerk, at=at).submitted_at is None
        assert move(
            draft.pk, "submit", actor=city.clerk, at=at + datetime.timedelta(milliseconds=900)
        ).submitted_at == at + datetime.timedelta(milliseconds=900)
    else:
        with pytest.raises(TooLate):
            move(draft.pk, "submit", actor=city.clerk, at=at)
        assert Application.objects.get().state == "signed"


def test_a_condition_that_does_not_hold_is_told(city: SimpleNamespace, draft: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongxue.rules.text import Text

    monkeypatch.setitem(CONDITIONS, "chain_complete", lambda application, actor: Text("校長尚未核章。", "The principal has not signed."))
    put_into(draft, "signed")
    with pytest.raises(NotAllowed) as refused:
        move(draft.pk, "submit", actor=city.clerk, at=LATER)
    assert refused.value.reason.zh == "校長尚未核章。"


@pytest.mark.parametrize("name", [row.name for row in TRANSITIONS if row.subject == APPLICATION])
def test_no_transition_is_open_to_a_stranger_or_to_who_may_only_look(city: SimpleNamespace, draft: Application, name: str) -> None:
    row = next(row for row in TRANSITIONS if row.name == name)
    put_into(draft, row.sources[0])
    for who, told in (("stranger", NotThere), ("other_principal", NotThere), ("auditor", NotAllowed)):
        with pytest.raises(told):
            move(draft.pk, name, actor=getattr(city, who), at=LATER, reason="理由")
    assert Application.objects.get().version == draft.version


def test_an_effect_that_fails_undoes_the_move(city: SimpleNamespace, draft: Application) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no paper")

    with pytest.raises(RuntimeError):
        move(draft.pk, "send_to_school", actor=city.convener, at=LATER, effect=fails)
    assert (Application.objects.get().state, Application.objects.get().version) == ("draft", 1)
    assert (TrailEntry.objects.count(), Snapshot.objects.count()) == (1, 0)


def test_many_moves_of_one_transaction_are_all_or_none(city: SimpleNamespace, draft: Application) -> None:
    other = found_draft(city)
    with pytest.raises(Stale), transaction.atomic():  # noqa: PT012  # the first move succeeds, and is undone by the second
        move(draft.pk, "send_to_school", actor=city.convener, at=LATER, version=1)
        move(other.pk, "send_to_school", actor=city.convener, at=LATER, version=9)
    assert set(Application.objects.values_list("state", "version")) == {("draft", 1)}


def test_an_earlier_version_comes_back_and_nothing_after_it_is_lost(city: SimpleNamespace, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "第二版")], actor=city.convener, at=LATER)
    with pytest.raises(Stale):
        restore(draft.pk, 1, actor=city.convener, at=LATER, seen=1)
    restored = restore(draft.pk, 1, actor=city.convener, at=LATER, seen=2).application
    assert (restored.name, restored.version) == ("繪本說演共學社群", 3)
    assert [(each.version, each.why) for each in Snapshot.objects.order_by("version")] == [(1, "edit"), (2, "restore")]
    assert restore(draft.pk, 2, actor=city.convener, at=LATER).application.name == "第二版"
    with pytest.raises(NotThere):
        restore(draft.pk, 99, actor=city.convener, at=LATER)
    assert trail.broken(APPLICATION, draft.pk) is None


def test_bringing_back_what_stands_changes_nothing(city: SimpleNamespace, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "第二版")], actor=city.convener, at=LATER)
    edit(draft.pk, [put("name", "第二版", draft.name)], actor=city.convener, at=LATER)
    assert restore(draft.pk, 1, actor=city.convener, at=LATER).application.version == 3


def test_a_spell_of_writing_is_one_entry_of_the_history(city: SimpleNamespace, draft: Application) -> None:
    def write(minutes: float, who: str) -> list[int]:
        name = Application.objects.get().name
        edit(draft.pk, [put("name", name, name + "。")], actor=getattr(city, who), at=NOON + MINUTE * minutes)
        return list(Snapshot.objects.order_by("version").values_list("version", flat=True))

    assert write(0.1, "convener") == [1]
    assert write(0.2, "convener") == [1]
    assert write(0.5, "member") == [1]
    assert write(2, "convener") == [1, 4]
    assert write(2.1, "member") == [1, 4, 5]
    assert write(2.2, "convener") == [1, 4, 5]
    assert write(12.3, "convener") == [1, 4, 5, 7]
    assert [write(12.3 + minute, "convener")[-1] for minute in range(1, 12)] == [8] * 10 + [18]


def test_requests_that_come_in_another_order_do_not_turn_the_time_back(city: SimpleNamespace, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "後")], actor=city.convener, at=LATER)
    assert edit(draft.pk, [put("summary", draft.document["summary"], "先")], actor=city.member, at=NOON).application.changed_at == LATER
