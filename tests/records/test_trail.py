"""The trail tells where it was broken, is sealed as a whole, and can be blanked without breaking."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from gongxue.records import trail, triggers
from gongxue.records.actor import Capacity
from gongxue.records.doors import edit
from gongxue.records.models import Application, TrailEntry, TrailSeal
from gongxue.records.trail import Broken
from gongxue.rules.workflow import APPLICATION
from tests.records.city import LATER, NOON, found_draft, put

SYSTEM = Capacity(None, "system")


@pytest.fixture
def entries(city: SimpleNamespace, draft: Application) -> str:
    """The id of a draft whose trail has four entries; beside it stands another of one."""
    for number in range(3):
        edit(
            draft.pk,
            [put("summary", Application.objects.get(pk=draft.pk).document["summary"], f"第 {number} 版")],
            actor=city.convener,
            at=LATER,
        )
    found_draft(city)
    return str(draft.pk)


@pytest.fixture
def unguarded(entries: str) -> str:
    """The same, in a database whose triggers somebody took away."""
    triggers.drop()
    return entries


def test_a_chain_holds_whatever_is_in_it(city: SimpleNamespace, draft: Application) -> None:
    words = {"text": "𠮷\n\t「」", "half": 0.5, "one": 1.0, "big": 10**14, "small": 1e-07, "no": None, "list": [True, {"a": []}]}
    with transaction.atomic():
        trail.write(APPLICATION, str(draft.pk), "test", words, by=Capacity(city.convener.user, "convener"), at=LATER)
    assert trail.broken(APPLICATION, draft.pk) is None


@pytest.mark.parametrize(
    "forged",
    [
        {"verb": "other"},
        {"role": "officer"},
        {"user": None},
        {"at": NOON},
        {"version": 7},
        {"words": {"changes": []}},
        {"words_digest": "0"},
        {"salt": "0" * 32},
        {"words": {}, "salt": "0"},
        {"previous": ""},
        {"digest": "0" * 64},
        {"salt": ""},
    ],
)
def test_a_forged_entry_is_named(unguarded: str, forged: dict[str, object]) -> None:
    TrailEntry.objects.filter(subject_id=unguarded, number=3).update(**forged)
    assert trail.verify() == [Broken(APPLICATION, unguarded, 3)]
    assert trail.broken(APPLICATION, unguarded) == 3


def test_a_missing_entry_is_named(unguarded: str) -> None:
    TrailEntry.objects.filter(subject_id=unguarded, number=2).delete()
    assert trail.verify() == [Broken(APPLICATION, unguarded, 2)]


def test_an_entry_moved_to_another_subject_is_named(unguarded: str) -> None:
    other = TrailEntry.objects.exclude(subject_id=unguarded).get()
    TrailEntry.objects.filter(subject_id=unguarded, number=4).update(subject_id=other.subject_id, number=2)
    assert trail.verify() == [Broken(APPLICATION, other.subject_id, 2)]


def test_a_number_stands_once(entries: str) -> None:
    again = TrailEntry.objects.filter(subject_id=entries, number=4).get()
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_seals_cover_every_chain_and_each_other(entries: str) -> None:
    first = trail.seal(NOON)
    with transaction.atomic():
        trail.write(APPLICATION, entries, "test", {}, by=SYSTEM, at=LATER)
    second = trail.seal(LATER)
    assert (first.subjects, second.subjects, second.previous) == (2, 2, first.digest)
    assert first.digest != second.digest
    assert trail.verify() == []


def test_the_end_of_a_chain_cannot_be_cut_off_unseen(unguarded: str) -> None:
    seal = trail.seal(NOON)
    TrailEntry.objects.filter(subject_id=unguarded, number=4).delete()
    assert trail.broken(APPLICATION, unguarded) is None
    assert trail.verify() == [Broken("seal", str(seal.pk), 1)]


def test_a_seal_taken_away_or_doubled_is_seen(unguarded: str) -> None:
    seals = [trail.seal(NOON) for _ in range(3)]
    with pytest.raises(IntegrityError), transaction.atomic():
        TrailSeal.objects.create(at=NOON, subjects=0, last_entry=0, digest="x", previous=seals[0].digest)
    TrailSeal.objects.filter(pk=seals[1].pk).delete()
    assert trail.verify() == [Broken("seal", str(seals[2].pk), 2)]


def test_blanked_words_are_gone_and_the_chain_holds(entries: str) -> None:
    trail.seal(NOON)
    assert trail.blank(APPLICATION, entries, by=SYSTEM, at=LATER, numbers=[2, 3], why="保存期限屆滿") == 2
    kept = dict(TrailEntry.objects.filter(subject_id=entries).values_list("number", "words"))
    assert (kept[2], kept[3], kept[5]) == ({}, {}, {"entries": [2, 3], "why": "保存期限屆滿"})
    assert kept[4]["changes"][0]["value"] == "第 2 版"
    assert trail.verify() == []
    assert trail.blank(APPLICATION, entries, by=SYSTEM, at=LATER) == 3
    assert "第" not in str(list(TrailEntry.objects.filter(subject_id=entries).exclude(verb="blank").values_list("words", "salt")))
    assert trail.verify() == []


def test_an_entry_is_written_only_inside_a_transaction(transactional_db: None) -> None:
    with pytest.raises(TransactionManagementError):
        trail.write(APPLICATION, "x", "test", {}, by=SYSTEM, at=NOON)


def test_a_digest_is_of_the_instant_however_it_is_written() -> None:
    at = datetime.datetime(2022, 3, 24, 12, 0, 0, 123456, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
    fields = {
        "subject": "s",
        "subject_id": "1",
        "number": 1,
        "role": "clerk",
        "verb": "v",
        "version": 3,
        "words_digest": "d",
        "previous": "p",
    }
    digests = {trail._link(TrailEntry(at=each, **fields)) for each in (at, at.astimezone(datetime.UTC))}
    assert digests == {"ea4c08bb2544bae1757a09974d7fb99eafb164784a77cbeb426d2705789d046a"}
