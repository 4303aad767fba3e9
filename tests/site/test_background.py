"""Work in the background: in the transaction of what it belongs to, by name only, and noted where it is regular."""

import datetime

import pytest
from django.db import transaction
from django_q.models import OrmQ, Schedule

from gongxue.records.models import Chore
from gongxue.site import background
from gongxue.site.background import JobFailedError, Regular, later, prepare, register, run_waiting

SAID: list[tuple[object, ...]] = []


def say(*words: object, at: datetime.datetime) -> dict[str, int]:
    SAID.append(words)
    return {"words": len(words)}


def fail(secret: str, at: datetime.datetime) -> None:
    raise ValueError(secret)


@pytest.fixture(autouse=True)
def _jobs(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_jobs", {})
    monkeypatch.setattr(background, "_regular", {})
    register("say", say)
    register("fail", fail)
    SAID.clear()


def test_a_job_runs_with_what_was_enqueued_in_turn() -> None:
    later("say", "one", 1)
    later("say", "two")
    assert (run_waiting(), SAID) == (["say", "say"], [("one", 1), ("two",)])
    assert (run_waiting(), OrmQ.objects.count()) == ([], 0)


def test_what_is_rolled_back_leaves_no_task() -> None:
    with transaction.atomic():
        later("say", "never")
        transaction.set_rollback(True)
    assert OrmQ.objects.count() == 0


def test_a_name_that_no_job_has_is_refused() -> None:
    with pytest.raises(KeyError):
        later("os.system", "true")


@pytest.mark.parametrize("what", [None, 1.5, b"x", {"a": 1}, True])
def test_a_task_holds_words_and_numbers_only(what: object) -> None:
    with pytest.raises(TypeError):
        later("say", what)  # type: ignore[arg-type]


def test_a_job_for_later_waits(stopped_clock: datetime.datetime) -> None:
    later("say", "tomorrow", at=stopped_clock + datetime.timedelta(days=1))
    later("say", "past", at=stopped_clock - datetime.timedelta(days=1))
    assert (run_waiting(), SAID) == (["say"], [("past",)])


def test_two_jobs_cannot_have_one_name() -> None:
    register("say", say)
    with pytest.raises(ValueError, match="two jobs are called 'say'"):
        register("say", fail)


def test_a_job_that_fails_stays_in_the_queue_and_tells_nothing_of_what_was_written() -> None:
    later("fail", "王小明 0912345678")
    with pytest.raises(JobFailedError) as failed:
        run_waiting()
    assert ("ValueError" in str(failed.value), "王小明" in str(failed.value), failed.value.__cause__) == (True, False, None)
    assert OrmQ.objects.count() == 1


def test_regular_work_is_noted() -> None:
    register("tidy", say, regular=Regular("tidy"))
    later("tidy", "a", "b")
    run_waiting()
    chore = Chore.objects.get()
    assert (chore.name, chore.ok, chore.told, chore.done_at is not None) == ("tidy", True, {"words": 2}, True)


def test_regular_work_that_fails_keeps_when_it_went_well_last() -> None:
    register("tidy", say, regular=Regular("tidy"))
    later("tidy")
    run_waiting()
    well = Chore.objects.get().done_at
    background._jobs["tidy"] = lambda at: fail("x", at)
    later("tidy")
    with pytest.raises(JobFailedError):
        run_waiting()
    assert Chore.objects.values_list("ok", "done_at").get() == (False, well)


def test_regular_work_stands_once_in_the_schedule_however_often_it_is_prepared() -> None:
    register("often", say, regular=Regular("often", minutes=1))
    register("nightly", say, regular=Regular("nightly", hour=datetime.time(3, 10)))
    for _ in range(3):
        prepare()
    rows = Schedule.objects.order_by("name").values_list("name", "func", "args", "schedule_type", "minutes", "repeats")
    assert list(rows) == [
        ("nightly", background.RUN, "('nightly',)", "D", None, -1),
        ("often", background.RUN, "('often',)", "I", 1, -1),
    ]
    nightly = Schedule.objects.get(name="nightly").next_run.astimezone(background.TAIPEI)
    assert (nightly.hour, nightly.minute) == (3, 10)


def test_what_is_no_longer_regular_leaves_the_schedule_and_what_is_not_ours_stays() -> None:
    register("often", say, regular=Regular("often", minutes=1))
    prepare()
    Schedule.objects.create(name="a neighbour's", func="math.sqrt", args="(1,)")
    background._regular.clear()
    prepare()
    assert [each.name for each in Schedule.objects.all()] == ["a neighbour's"]


def test_preparing_again_does_not_put_off_what_is_due() -> None:
    register("nightly", say, regular=Regular("nightly"))
    prepare()
    due = datetime.datetime(2022, 3, 1, tzinfo=datetime.UTC)
    Schedule.objects.update(next_run=due)
    prepare()
    assert Schedule.objects.get().next_run == due


def test_a_schedule_that_somebody_doubled_is_one_again() -> None:
    register("often", say, regular=Regular("often", minutes=1))
    prepare()
    prepare()
    Schedule.objects.create(name="often", func=background.RUN, args="('often',)")
    prepare()
    assert Schedule.objects.count() == 1
