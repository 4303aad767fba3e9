"""附件一 on paper: the scan binds what was printed, its seals come in order, and go with it when it is opened again."""

from types import SimpleNamespace

import pytest

from gongxue.records import trail
from gongxue.records.files import Clean
from gongxue.records.models import Application, Notice, SchoolSummary, Signature, StoredFile, TrailEntry
from gongxue.records.refusals import NotAllowed, NotThere, Stale
from gongxue.records.signatures import valid
from gongxue.records.stamped import Stamped, printed_as
from gongxue.records.summaries import signable_summary, version_on_paper
from gongxue.records.summary_moves import move_summary, say_facts, sign_summary_on_paper
from gongxue.rules.programme_file import load_programme
from gongxue.rules.workflow import SCHOOL_SUMMARY
from tests.records.city import LATER, NOON, OWN, found_draft, take_to_signed, told_of
from tests.records.test_summaries import CHAIN, FACTS

PROGRAMME = load_programme("hsinchu-111")
SCAN = Clean("pdf", b"%PDF a stamped paper", 1, "scan.pdf")


@pytest.fixture
def signing(city: SimpleNamespace, draft: Application) -> SchoolSummary:
    """附件一 that covers one application, sent to its chain."""
    take_to_signed(city, draft)
    say_facts(city.schools[OWN], PROGRAMME, FACTS, version=1, actor=city.clerk, at=NOON)
    return step(city, "send_to_sign", "clerk")


def now() -> SchoolSummary:
    return SchoolSummary.objects.select_related("school").get()


def step(city: SimpleNamespace, name: str, who: str, reason: str = "") -> SchoolSummary:
    version = now().version
    return move_summary(city.schools[OWN], PROGRAMME, name, version=version, actor=getattr(city, who), at=LATER, reason=reason)


def hand_in(city: SimpleNamespace, roles: tuple[str, ...] = CHAIN, who: str = "clerk", digest: str = "") -> SchoolSummary:
    stamped = Stamped(SCAN, told_of(city, *roles), now().version, digest or now().digest)
    return sign_summary_on_paper(city.schools[OWN], PROGRAMME, stamped, actor=getattr(city, who), at=LATER)


def holds() -> list[tuple[str, str]]:
    return [(role, row.how) for role, row in valid(SCHOOL_SUMMARY, str(now().pk)).items()]


def test_one_scan_with_all_seals_lets_the_clerk_send_it(city: SimpleNamespace, signing: SchoolSummary) -> None:
    summary = hand_in(city)
    stored = StoredFile.objects.get()
    assert (stored.subject, stored.subject_id) == (SCHOOL_SUMMARY, str(summary.pk))
    assert {(row.digest, row.scan_id) for row in Signature.objects.filter(subject=SCHOOL_SUMMARY)} == {(summary.digest, stored.pk)}
    assert holds() == [(role, "paper") for role in CHAIN]
    assert [row.signer_name for row in valid(SCHOOL_SUMMARY, str(summary.pk)).values()] == list(CHAIN)
    entry = TrailEntry.objects.get(verb="sign_on_paper")
    assert (entry.words["roles"], entry.words["scan"], entry.role) == (list(CHAIN), stored.sha256, "clerk")
    assert (step(city, "send", "clerk").state, trail.verify()) == ("sent", [])


def test_some_stamp_and_others_sign_online(city: SimpleNamespace, signing: SchoolSummary) -> None:
    hand_in(city, ("clerk", "director"))
    assert Notice.objects.get(kind="sign_on_paper").user_id == city.principal.user
    step(city, "sign", "principal")
    assert holds() == [("clerk", "paper"), ("director", "paper"), ("principal", "online")]


@pytest.mark.parametrize(
    ("roles", "told"),
    [(("director",), "這張紙上還缺「承辦人」的章"), (("clerk", "principal"), "這張紙上還缺「主任」的章"), ((), "請勾選紙上新蓋了誰的章")],
)
def test_its_seals_come_in_their_order(city: SimpleNamespace, signing: SchoolSummary, roles: tuple[str, ...], told: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        hand_in(city, roles)
    assert told in refused.value.reason.zh
    assert (holds(), StoredFile.objects.count()) == ([], 0)


def test_a_paper_of_another_version_is_refused_and_known(city: SimpleNamespace, signing: SchoolSummary) -> None:
    old = now()
    step(city, "recall", "clerk")
    take_to_signed(city, found_draft(city))
    step(city, "send_to_sign", "clerk")
    with pytest.raises(Stale):
        hand_in(city, digest=old.digest)
    assert printed_as(signable_summary(now()), old.digest[:12]) == version_on_paper(old) == 3
    assert printed_as(signable_summary(now()), "0" * 12) is None
    assert holds() == []


def test_seals_leave_the_version_in_the_foot_as_it_is(city: SimpleNamespace, signing: SchoolSummary) -> None:
    before = version_on_paper(now())
    hand_in(city, ("clerk",))
    assert (version_on_paper(now()), now().version) == (before, before + 1)


def test_what_is_opened_again_loses_its_seals_on_paper(city: SimpleNamespace, signing: SchoolSummary) -> None:
    hand_in(city, ("clerk", "director"))
    step(city, "return", "principal", "班級數不對")
    assert (holds(), set(Signature.objects.filter(how="paper").values_list("why", flat=True))) == ([], {"return"})


@pytest.mark.parametrize(
    ("who", "told"),
    [("accountant", NotAllowed), ("officer", NotAllowed), ("other_clerk", NotThere), ("convener", NotThere), ("stranger", NotThere)],
)
def test_and_the_stranger(city: SimpleNamespace, signing: SchoolSummary, who: str, told: type[Exception]) -> None:
    with pytest.raises(told):
        hand_in(city, who=who)
    assert StoredFile.objects.count() == 0
