"""Every night a backup is made, and the oldest goes."""

from pathlib import Path

import pytest
from pytest_django import Settings

from gongxue.records import archive
from gongxue.records.models import Chore
from gongxue.site.background import later, run_waiting


@pytest.mark.django_db(transaction=True)
def test_the_night_keeps_the_newest_backups_and_notes_the_last(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUPS, settings.BACKUPS_KEPT, settings.FILES = tmp_path / "backups", 2, tmp_path / "files"
    settings.BACKUPS.mkdir()
    for day in (1, 2, 3):
        (settings.BACKUPS / f"gongxue-2022030{day}-200000.zip").write_bytes(b"old")
    later("backup")
    run_waiting()
    chore = Chore.objects.get(name="backup")
    oldest, newest = sorted(path.name for path in settings.BACKUPS.iterdir())
    assert (chore.ok, chore.told["name"], chore.told["kept"], oldest) == (True, newest, 2, "gongxue-20220303-200000.zip")
    assert archive.read(settings.BACKUPS / newest).counts["records_user"] == 0


@pytest.mark.django_db
def test_where_none_are_kept_none_is_made(settings: Settings, tmp_path: Path) -> None:
    settings.BACKUPS, settings.BACKUPS_KEPT = tmp_path / "backups", 0
    later("backup")
    run_waiting()
    assert not settings.BACKUPS.exists()
