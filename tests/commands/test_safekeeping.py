"""A backup holds everything, is restored and compared here in every run, and refused where one byte is wrong. An upgrade that fails leaves
what was there."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import URL
from tests.commands.filling import EVERYTHING, FILL, WRITE
from tests.commands.installation import ROOT, Installation, database_beside

SOUND = "from gongxue.records import soundness; print(soundness.thorough())"


@pytest.fixture
def filled(begun: Installation) -> Installation:
    begun.python(FILL)
    return begun


def backup_of(installation: Installation, name: str = "backup.zip") -> Path:
    path = installation.var.parent / name
    done = installation.run("backup", path)
    assert (done.status, done.told) == (0, [])
    return path


def test_what_is_restored_elsewhere_is_the_same_to_the_last_row_and_file(filled: Installation, tmp_path: Path) -> None:
    everything = filled.python(EVERYTHING)
    path = backup_of(filled)
    assert path.stat().st_mode & 0o777 == 0o600
    with database_beside(URL) as url:
        other = Installation(tmp_path / "other", url)
        done = other.run("restore", path, "--lang", "en")
        assert (done.status, done.told) == (0, [])
        assert done.lines[0].startswith("restored and compared the backup of ")
        assert other.python(EVERYTHING) == everything
        assert other.python(SOUND) == "[]"


def test_what_stood_before_is_kept_aside_and_can_be_restored_again(filled: Installation) -> None:
    path = backup_of(filled)
    before = filled.python(EVERYTHING)
    filled.python("from gongxue.records.models import User; User.objects.update(name='改了')")
    shutil.rmtree(filled.var / "files")
    done = filled.run("restore", path)
    assert done.status == 0
    assert filled.python(EVERYTHING) == before
    assert [line for line in done.lines if "原來的資料留在" in line] != []


def test_a_backup_made_while_people_write_is_whole(filled: Installation, tmp_path: Path) -> None:
    code = f"import django; django.setup()\n{WRITE}"
    writing = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=filled.environment | {"DJANGO_SETTINGS_MODULE": "gongxue.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writing.stdout is not None
    try:
        assert writing.stdout.readline() == "0\n"
        path = backup_of(filled)
        assert writing.poll() is None
    finally:
        writing.kill()
        writing.wait()
        writing.stdout.close()
    with database_beside(URL) as url:
        other = Installation(tmp_path / "other", url)
        assert other.run("restore", path).status == 0
        assert other.python(SOUND) == "[]"


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def change_one_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)


def rewrite(path: Path, change: Callable[[str, bytes], bytes | None], more: dict[str, bytes] | None = None) -> None:
    """The same backup, each member changed or (None) left out."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in {**members, **(more or {})}.items():
            if (changed := change(name, data)) is not None:
                new.writestr(name, changed)


def newer(name: str, data: bytes) -> bytes:
    return data.replace(b'"migrations":[', b'"migrations":["records.9999_of_next_year",') if name == "manifest.json" else data


def packed_strangely(path: Path) -> None:
    """Its manifest says to be packed in a way that no program here knows."""
    rewrite(path, lambda _, data: data)
    data = bytearray(path.read_bytes())
    for sign, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        named = next(at for at in range(len(data)) if data[at : at + 4] == sign and b"manifest.json" in data[at : at + 70])
        data[named + method : named + method + 2] = (97).to_bytes(2, "little")
    path.write_bytes(data)


DAMAGE: dict[str, Callable[[Path], None]] = {
    "cut off": cut,
    "one byte changed": change_one_byte,
    "no backup at all": lambda path: path.write_bytes(b"PK no archive") and None,
    "without its manifest": lambda path: rewrite(path, lambda name, data: None if name == "manifest.json" else data),
    "its manifest packed strangely": packed_strangely,
    "a file missing": lambda path: rewrite(path, lambda name, data: None if name.startswith("files/") else data),
    "a file changed": lambda path: rewrite(path, lambda name, data: data + b"." if name.startswith("files/") else data),
    "a database of other rows": lambda path: rewrite(path, lambda name, data: data[:-4096] if name == "database" else data),
    "a file more": lambda path: rewrite(path, lambda _, data: data, {"files/../../evil": b"evil"}),
    "made by a newer program": lambda path: rewrite(path, newer),
    "of a format to come": lambda path: rewrite(path, lambda name, data: data.replace(b'"format":1', b'"format":2')),
    "of another database": lambda path: rewrite(
        path, lambda _, data: data.replace(b'"vendor":"sqlite"', b'"vendor":"x"').replace(b'"vendor":"postgresql"', b'"vendor":"x"')
    ),
}


def test_one_that_is_damaged_or_newer_is_refused_and_nothing_is_touched(filled: Installation) -> None:
    good = backup_of(filled)
    before = filled.python(EVERYTHING)
    told = {}
    for what, damage in DAMAGE.items():
        path = good.with_name("damaged.zip")
        shutil.copy(good, path)
        damage(path)
        done = filled.run("restore", path)
        told[what] = (done.status, done.lines, ["沒有更動" in line or "較新版本" in line for line in done.told])
    assert told == dict.fromkeys(DAMAGE, (1, [], [True]))
    assert filled.python(EVERYTHING) == before
    assert [each.name for each in filled.var.iterdir() if "restore" in each.name] == []


def test_while_the_site_is_served_nothing_is_restored_or_upgraded(filled: Installation) -> None:
    path = backup_of(filled)
    with filled.serving() as served:
        served.ready()
        for command in (["restore", path], ["upgrade"]):
            done = filled.run(*command)
            assert (done.status, done.told) == (1, ["網站正在執行，請先結束 gongxue serve 再做"])
        assert filled.run("backup", filled.var.parent / "meanwhile.zip").status == 0
        assert served.stop() == 0


def test_a_folder_gets_a_backup_with_its_time_in_the_name(filled: Installation, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    assert filled.run("backup", folder).status == 0
    [made] = folder.iterdir()
    assert made.match("gongxue-????????-??????.zip")


@pytest.mark.parametrize("command", [["backup", "backup.zip"], ["upgrade"]])
def test_where_there_is_no_database_it_says_how_one_is_made(installation: Installation, command: list[str]) -> None:
    done = installation.run(*command)
    assert (done.status, done.told) == (1, ["資料庫還沒有建立：請執行 gongxue init"])


def test_a_file_that_is_not_there_is_told(begun: Installation) -> None:
    done = begun.run("restore", "nowhere.zip", "--lang", "en")
    assert (done.status, done.told) == (1, ["nowhere.zip: cannot be read or written (No such file or directory)"])


def test_an_upgrade_backs_up_migrates_and_makes_the_protections_again(filled: Installation) -> None:
    filled.python("""
from gongxue.records import triggers
triggers.drop()
""")
    before = filled.python(EVERYTHING)
    done = filled.run("upgrade")
    assert (done.status, done.told) == (0, [])
    assert done.lines[-1] == "已更新到這個版本，保護與歷程核對無誤"
    assert len(list((filled.var / "backups").glob("gongxue-*.zip"))) == 1
    assert filled.python(EVERYTHING) == before
    assert filled.python(SOUND) == "[]"


def test_an_upgrade_that_fails_leaves_what_was_there(filled: Installation) -> None:
    before = filled.python(EVERYTHING)
    done = filled.run("upgrade", DJANGO_SETTINGS_MODULE="tests.commands.ill_settings")
    assert done.status == 1
    assert "RuntimeError" in done.told[0]
    assert filled.python(EVERYTHING) == before
    assert filled.python(SOUND) == "[]"
    assert "ill_thing" not in filled.python("from django.db import connection; print(connection.introspection.table_names())")
