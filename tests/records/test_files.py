"""Files that people hand in: on the disk before their row is; an orphan goes, and nothing that has a row ever does."""

import datetime
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction
from pytest_django import Settings

from gongxue.records import files
from gongxue.records.files import Clean, MissingFileError, Swept, keep, missing, path_of, read, sweep
from gongxue.records.models import StoredFile
from gongxue.records.refusals import Unkept
from scripts.with_postgresql import Server, programs
from tests.conftest import Rounds
from tests.records.city import NOON

SCAN = Clean("pdf", b"%PDF scan", 1, "掃描.pdf")
NOW = datetime.datetime.now(datetime.UTC)
TOMORROW, LATER = NOW + datetime.timedelta(days=2), NOW + datetime.timedelta(days=4)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


def kept(city: SimpleNamespace, clean: Clean = SCAN) -> StoredFile:
    return keep(clean, "application", "x", by=city.clerk.user, at=NOON)


def there(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*/*"))


def test_a_file_lies_under_its_digest_and_is_read_back(city: SimpleNamespace, folder: Path) -> None:
    stored = kept(city)
    digest = hashlib.sha256(SCAN.data).hexdigest()
    assert (stored.sha256, stored.size, stored.name, there(folder)) == (digest, 9, "掃描.pdf", [digest])
    assert read(stored) == SCAN.data
    assert kept(city).sha256 == digest
    assert (StoredFile.objects.count(), there(folder), missing()) == (2, [digest], [])


def test_nobody_else_on_the_machine_reads_it(city: SimpleNamespace, folder: Path) -> None:
    assert path_of(kept(city).sha256).parent.stat().st_mode & 0o777 == 0o700


def test_a_row_is_never_changed(city: SimpleNamespace) -> None:
    kept(city)
    with pytest.raises(Exception, match="stays"), transaction.atomic():
        StoredFile.objects.update(name="x")


def test_a_lost_or_damaged_file_is_named(city: SimpleNamespace) -> None:
    first, second = kept(city), kept(city, Clean("jpeg", b"photo", 1, "x.jpg"))
    path_of(first.sha256).unlink()
    path_of(second.sha256).write_bytes(b"other")
    for stored in (first, second):
        with pytest.raises(MissingFileError):
            read(stored)
    assert missing() == [first.sha256]
    assert missing(thorough=True) == sorted([first.sha256, second.sha256])


def test_a_full_disk_is_told(city: SimpleNamespace, folder: Path) -> None:
    folder.write_text("where a folder should be")
    with pytest.raises(Unkept):
        kept(city)
    assert StoredFile.objects.count() == 0


def test_an_orphan_goes_in_two_steps_and_a_file_with_a_row_stays(city: SimpleNamespace, folder: Path) -> None:
    stored = kept(city)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012  # kept, and undone
        kept(city, Clean("pdf", b"undone", 1, "x.pdf"))
        raise RuntimeError
    orphan = hashlib.sha256(b"undone").hexdigest()
    (folder / stored.sha256[:2] / f"{stored.sha256}.abcd.new").write_bytes(b"half")
    assert sweep(NOW) == Swept(0, 0, 0)
    assert sweep(TOMORROW) == Swept(aside=1, removed=1, back=0)
    assert there(folder) == sorted([stored.sha256, f"{orphan}.orphan"])
    assert sweep(LATER) == Swept(aside=0, removed=1, back=0)
    assert (there(folder), read(stored)) == ([stored.sha256], SCAN.data)


def test_a_row_that_comes_while_its_file_is_set_aside_gets_it_back(city: SimpleNamespace, folder: Path) -> None:
    stored = kept(city)
    place = path_of(stored.sha256)
    aside = place.with_name(place.name + files.ORPHAN)
    place.replace(aside)
    os.utime(aside, (NOW.timestamp(), NOW.timestamp()))
    assert read(stored) == SCAN.data
    assert sweep(TOMORROW) == Swept(0, 0, back=1)
    assert there(folder) == [stored.sha256]


def trial(url: str, folder: Path, rounds: int) -> list[str]:
    environment = {**os.environ, "DATABASE_URL": url, "GONGXUE_VAR": str(folder)}
    command = [sys.executable, "-m", "tests.trials.killing_files", str(rounds)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.split()


def test_whoever_is_killed_leaves_no_row_without_its_file_on_sqlite(tmp_path: Path, rounds: Rounds) -> None:
    assert trial(f"sqlite:///{tmp_path / 'trial.sqlite3'}", tmp_path, rounds(3, 40))[-3:] == ["killed", "and", "whole"]


@pytest.mark.needs("postgresql")
def test_whoever_is_killed_leaves_no_row_without_its_file_on_postgresql(tmp_path: Path, rounds: Rounds) -> None:
    found = programs()
    assert found is not None
    with Server(found) as server:
        assert trial(server.url, tmp_path, rounds(2, 40))[-3:] == ["killed", "and", "whole"]
