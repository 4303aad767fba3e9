"""`gongxue backup`, `gongxue restore`, `gongxue upgrade`: everything as one file, brought back, and brought to this version."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from gongxue.commands.arguments import Arguments
from gongxue.commands.console import Console
from gongxue.commands.site_at_hand import say, set_up, tell_all
from gongxue.rules.text import Text

if TYPE_CHECKING:
    from gongxue.records.backup import Made
    from gongxue.records.restoring import Restored

DONE: Final = 0
FAILED: Final = 1
IN_USE: Final = Text("網站正在執行，請先結束 gongxue serve 再做", "the site is being served: stop gongxue serve first")


def run(arguments: Arguments, console: Console) -> int:
    """Do what the command's name says; 1 where it was refused or failed, and then the data is as it was."""
    if not set_up(console):
        return FAILED
    from django.db import DatabaseError

    from gongxue.records.occupancy import alone
    from gongxue.records.refusals import Refused
    from gongxue.records.restoring import other_sessions

    try:
        if arguments.command.name == "backup":
            return _back_up(arguments, console)
        with alone() as mine:
            if not mine or other_sessions():
                console.tell("", IN_USE)
                return FAILED
            return _restore(arguments, console) if arguments.command.name == "restore" else _upgrade(console)
    except Refused as refused:
        console.tell("", refused.reason)
    except DatabaseError as error:
        console.tell("", Text(f"資料庫：{error}", f"the database: {error}"))
    except OSError as error:
        told = error.strerror or str(error)
        console.tell(str(error.filename or ""), Text(f"無法讀寫（{told}）", f"cannot be read or written ({told})"))
    return FAILED


def _back_up(arguments: Arguments, console: Console) -> int:
    from gongxue.records import soundness
    from gongxue.records.backup import back_up
    from gongxue.site import clock

    if not soundness.exists():
        tell_all(soundness.migrations(), console)
        return FAILED
    made = back_up(Path(arguments.words[0]), clock.real_now())
    say(console, _told(made))
    return DONE


def _told(made: "Made") -> Text:
    rows, files = sum(made.manifest.counts.values()), len(made.manifest.members) - 1
    size = made.path.stat().st_size
    return Text(
        f"已備份並讀回核對：{made.path}（{rows:,} 筆資料、{files:,} 個檔案、{size:,} 位元組）",
        f"backed up, read back and compared: {made.path} ({rows:,} rows, {files:,} files, {size:,} bytes)",
    )


def _restore(arguments: Arguments, console: Console) -> int:
    from gongxue.records import soundness
    from gongxue.records.restoring import restore
    from gongxue.site import clock

    restored = restore(Path(arguments.words[0]), clock.real_now())
    _tell_restored(restored, console)
    if reasons := soundness.at_start():
        tell_all(reasons, console)
        return FAILED
    return DONE


def _tell_restored(restored: "Restored", console: Console) -> None:
    rows, files = sum(restored.manifest.counts.values()), len(restored.manifest.members) - 1
    made = restored.manifest.made_at[:16].replace("T", " ")
    say(
        console,
        Text(
            f"已還原 {made} 的備份並核對：{rows:,} 筆資料、{files:,} 個檔案",
            f"restored and compared the backup of {made}: {rows:,} rows, {files:,} files",
        ),
    )
    for kept in restored.kept:
        say(console, Text(f"原來的資料留在 {kept}，確定不需要時再刪", f"what stood before is kept in {kept}; delete it when you are sure"))


def _upgrade(console: Console) -> int:
    """Back up, migrate, make the triggers again, check; where any of it fails, bring the backup back."""
    from django.conf import settings

    from gongxue.records import soundness
    from gongxue.records.backup import back_up
    from gongxue.site import clock

    if not soundness.exists() or soundness.newer_migrations():
        tell_all(soundness.migrations(), console)
        return FAILED
    made = back_up(Path(settings.BACKUPS), clock.real_now())
    say(console, _told(made))
    if reasons := _migrate():
        tell_all(reasons, console)
        _bring_back(made.path, console)
        return FAILED
    if faults := soundness.thorough():
        tell_all(faults, console)
        console.tell(
            "", Text("已更新，但核對有上面的問題；請看 gongxue doctor", "upgraded, but what is told above was found: see gongxue doctor")
        )
        return FAILED
    say(console, Text("已更新到這個版本，保護與歷程核對無誤", "upgraded to this version; protections and trail are sound"))
    return DONE


def _migrate() -> list[Text]:
    """Migrate, make the triggers again, and put right the columns that a changed rule reckons anew; why this database is not fit now."""
    from django.core.management import call_command

    from gongxue.records import columns, soundness, triggers

    try:
        call_command("migrate", verbosity=0)
        triggers.make()
        for application in dict.fromkeys(each.application for each in columns.recompute()):
            columns.put_right(application)
    except Exception as error:  # whatever a migration does wrong, the data comes back
        return [Text(f"更新失敗（{type(error).__name__}：{error}）", f"the upgrade failed ({type(error).__name__}: {error})")]
    return soundness.at_start()


def _bring_back(path: Path, console: Console) -> None:
    from gongxue.records.restoring import restore
    from gongxue.site import clock

    say(console, Text("正在還原更新前的資料", "bringing back what stood before the upgrade"))
    _tell_restored(restore(path, clock.real_now()), console)
