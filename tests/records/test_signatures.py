"""The chain: who signs in which order, over what, and when a seal no longer holds."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from gongxue.records import trail
from gongxue.records.actor import Actor, Held
from gongxue.records.doors import edit, move
from gongxue.records.models import Application, Post, Signature, Snapshot, TrailEntry
from gongxue.records.people import actor_for
from gongxue.records.refusals import NotAllowed, NotThere, RulesBroken, Stale
from gongxue.records.signatures import signable, unsealed, valid
from gongxue.records.signing import name_chain_stand_in, sign
from gongxue.rules.workflow import APPLICATION
from tests.records.city import LATER, NOON, OWN, SINCE, TODAY, put, put_into

CHAIN = ("director", "accountant", "principal")
SOON = TODAY + datetime.timedelta(days=3)


@pytest.fixture
def sent(city: SimpleNamespace, draft: Application) -> Application:
    """The draft, sent to the school."""
    return move(draft.pk, "send_to_school", actor=city.convener, at=NOON)


def press(application: Application, actor: Actor) -> Application:
    """Sign what stands now."""
    paper = signable(Application.objects.get(pk=application.pk))
    return sign(application.pk, version=paper.version, digest=paper.digest, actor=actor, at=LATER)


def holds(application: Application) -> list[tuple[str, str]]:
    return [(role, row.user.name) for role, row in valid(APPLICATION, str(application.pk)).items()]


def posts(user: int, *held: Post) -> Actor:
    return Actor(user, "two posts", tuple(Held(post.pk, post.role, post.school_id, post.stands_in_for_id) for post in held))


def test_the_chain_is_signed_in_its_order_and_then_it_can_be_submitted(city: SimpleNamespace, sent: Application) -> None:
    states = [press(sent, getattr(city, role)).state for role in CHAIN]
    assert (states, holds(sent)) == (["signing", "signing", "signed"], [(role, role) for role in CHAIN])
    assert [(row.version, row.how, row.stands_in_for_id) for row in Signature.objects.all()] == [
        (2, "online", None),
        (3, "online", None),
        (4, "online", None),
    ]
    digests = set(Snapshot.objects.filter(version__gt=1).values_list("digest", flat=True))
    assert set(Signature.objects.values_list("digest", flat=True)) == digests
    entries = TrailEntry.objects.filter(verb__startswith="sign").order_by("number")
    assert [(entry.verb, entry.role, entry.post_id) for entry in entries] == [
        ("sign_last" if role == "principal" else "sign", role, getattr(city, role).posts[0].post) for role in CHAIN
    ]
    assert move(sent.pk, "submit", actor=city.clerk, at=LATER).state == "submitted"


@pytest.mark.parametrize("who", ["accountant", "principal"])
def test_nobody_signs_before_the_turn_comes(city: SimpleNamespace, sent: Application, who: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        press(sent, getattr(city, who))
    assert refused.value.reason.zh == "現在等「承辦主任」核章，還沒輪到您。"
    assert holds(sent) == []


@pytest.mark.parametrize("who", ["convener", "member", "clerk", "officer", "auditor", "supervisor"])
def test_whoever_has_no_seal_does_not_sign(city: SimpleNamespace, sent: Application, who: str) -> None:
    with pytest.raises(NotAllowed):
        press(sent, getattr(city, who))
    assert holds(sent) == []


@pytest.mark.parametrize("who", ["stranger", "other_principal", "partner_director", "reviewer"])
def test_a_stranger_is_told_that_nothing_is_there(city: SimpleNamespace, sent: Application, who: str) -> None:
    with pytest.raises(NotThere):
        press(sent, getattr(city, who))


def test_what_was_not_shown_is_not_signed(city: SimpleNamespace, sent: Application) -> None:
    paper = signable(sent)
    for version, digest in ((paper.version - 1, paper.digest), (paper.version, "0" * 64), (paper.version + 1, paper.digest)):
        with pytest.raises(Stale):
            sign(sent.pk, version=version, digest=digest, actor=city.director, at=LATER)
    assert holds(sent) == []


def test_a_page_from_before_a_recall_signs_nothing(city: SimpleNamespace, sent: Application) -> None:
    shown = signable(sent)
    move(sent.pk, "recall", actor=city.convener, at=NOON)
    edit(sent.pk, [put("name", sent.name, "改過的社群")], actor=city.convener, at=NOON)
    move(sent.pk, "send_to_school", actor=city.convener, at=NOON)
    with pytest.raises(Stale):
        sign(sent.pk, version=shown.version, digest=shown.digest, actor=city.director, at=LATER)


def test_signing_twice_is_refused(city: SimpleNamespace, sent: Application) -> None:
    press(sent, city.director)
    with pytest.raises(NotAllowed):
        press(sent, city.director)
    assert holds(sent) == [("director", "director")]


def test_content_with_errors_is_not_signed(city: SimpleNamespace, draft: Application) -> None:
    edit(draft.pk, [put("name", draft.name, "")], actor=city.convener, at=NOON)
    put_into(draft, "signing")
    with pytest.raises(RulesBroken):
        press(draft, city.director)
    assert holds(draft) == []


@pytest.mark.parametrize(("name", "who"), [("recall", "convener"), ("return", "accountant"), ("withdraw", "principal")])
def test_what_goes_back_loses_its_seals(city: SimpleNamespace, sent: Application, name: str, who: str) -> None:
    press(sent, city.director)
    move(sent.pk, name, actor=getattr(city, who), at=LATER, reason="請再看一次")
    row = Signature.objects.get()
    assert (row.why, row.voided_at, row.voided_by_id) == (name, LATER, getattr(city, who).user)
    assert holds(sent) == []


def test_after_a_recall_the_chain_begins_anew(city: SimpleNamespace, sent: Application) -> None:
    press(sent, city.director)
    move(sent.pk, "recall", actor=city.convener, at=LATER)
    move(sent.pk, "send_to_school", actor=city.convener, at=LATER)
    with pytest.raises(NotAllowed):
        press(sent, city.accountant)
    press(sent, city.director)
    assert holds(sent) == [("director", "director")]
    assert Signature.objects.count() == 2


def test_content_that_changes_after_its_seals_voids_them_and_the_signers_are_told(city: SimpleNamespace, sent: Application) -> None:
    for role in CHAIN:
        press(sent, getattr(city, role))
    move(sent.pk, "submit", actor=city.clerk, at=LATER)
    move(sent.pk, "ask_completion", actor=city.officer, at=LATER, reason="請補")
    assert unsealed(signable(Application.objects.get())) is None

    edit(sent.pk, [put("name", sent.name, sent.name)], actor=city.convener, at=LATER)
    assert len(holds(sent)) == 3
    edit(sent.pk, [put("name", sent.name, "補件後的名字")], actor=city.convener, at=LATER)
    assert (holds(sent), set(Signature.objects.values_list("why", flat=True))) == ([], {"edit"})
    assert TrailEntry.objects.get(verb="void_signatures").words["roles"] == list(CHAIN)
    assert trail.broken(APPLICATION, sent.pk) is None


def test_content_does_not_change_while_it_is_signed(city: SimpleNamespace, sent: Application) -> None:
    for who in ("convener", "member", "clerk", "principal", "officer"):
        with pytest.raises(NotAllowed):
            edit(sent.pk, [put("name", sent.name, "改")], actor=getattr(city, who), at=LATER)


def test_nothing_is_submitted_without_its_whole_chain(city: SimpleNamespace, sent: Application) -> None:
    press(sent, city.director)
    put_into(sent, "signed")
    with pytest.raises(NotAllowed) as refused:
        move(sent.pk, "submit", actor=city.clerk, at=LATER)
    assert refused.value.reason.zh == "「會計」尚未核章。"


def test_a_stand_in_signs_as_such(city: SimpleNamespace, sent: Application) -> None:
    post = Post.objects.get(role="director", school=city.schools[OWN])
    Post.objects.create(user_id=city.member.user, role="director", school=city.schools[OWN], first=TODAY, last=TODAY, stands_in_for=post)
    actor = actor_for(city.member.user, TODAY)
    press(sent, actor)
    row = Signature.objects.get()
    assert (row.role, row.user_id, row.stands_in_for_id) == ("director", city.member.user, post.pk)
    assert TrailEntry.objects.get(verb="sign").post_id == row.post_id


def test_of_two_posts_one_person_signs_one_and_a_named_stand_in_the_other(city: SimpleNamespace, sent: Application) -> None:
    Post.objects.filter(role="accountant", school=city.schools[OWN]).delete()
    both = Post.objects.create(user_id=city.director.user, role="accountant", school=city.schools[OWN], first=SINCE)
    press(sent, actor_for(city.director.user, TODAY))
    with pytest.raises(NotAllowed) as refused:
        press(sent, actor_for(city.director.user, TODAY))
    assert refused.value.reason.zh.startswith("您已經以「承辦主任」核過章，同一個人不核兩次。")
    with pytest.raises(NotAllowed):
        name_chain_stand_in(sent.pk, "accountant", city.member.user, last=SOON, actor=city.director, at=LATER)
    for user in (city.director.user, city.principal.user):
        with pytest.raises(NotAllowed):
            name_chain_stand_in(sent.pk, "accountant", user, last=SOON, actor=city.principal, at=LATER)
    with pytest.raises(NotThere):
        name_chain_stand_in(sent.pk, "accountant", city.other_clerk.user, last=SOON, actor=city.principal, at=LATER)
    named = name_chain_stand_in(sent.pk, "accountant", city.clerk.user, last=SOON, actor=city.principal, at=LATER)
    assert (named.stands_in_for_id, named.last) == (both.pk, SOON)
    press(sent, actor_for(city.clerk.user, TODAY))
    assert holds(sent) == [("director", "director"), ("accountant", "clerk")]


def test_the_next_in_rank_names_a_stand_in_for_the_principal(city: SimpleNamespace, sent: Application) -> None:
    named = name_chain_stand_in(sent.pk, "principal", city.member.user, last=SOON, actor=city.director, at=LATER)
    assert named.role == "principal"
    for who, told in (("clerk", NotAllowed), ("convener", NotAllowed), ("stranger", NotThere), ("other_principal", NotThere)):
        with pytest.raises(told):
            name_chain_stand_in(sent.pk, "principal", city.clerk.user, last=SOON, actor=getattr(city, who), at=LATER)


def test_the_database_holds_what_a_bug_would_not(city: SimpleNamespace, sent: Application) -> None:
    press(sent, city.director)
    row = Signature.objects.get()
    for role, user in (("director", city.principal.user), ("accountant", city.director.user)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(
                subject=row.subject,
                subject_id=row.subject_id,
                version=2,
                digest=row.digest,
                role=role,
                user_id=user,
                at=LATER,
                how="online",
            )
    changes = ({"digest": "0" * 64}, {"role": "principal"}, {"voided_at": LATER, "why": "edit", "role": "principal"}, {"at": NOON})
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Signature.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Signature._meta.db_table}")  # noqa: S608  # a table of ours
    Signature.objects.update(voided_at=LATER, why="edit")
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.update(voided_at=None, why="")
