"""`gongxue import people|communities FILE`: a sheet or a file of records, all or nothing, each row with its effect or error."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from gongxue.commands.arguments import Arguments, UsageError
from gongxue.commands.console import Console
from gongxue.commands.site_at_hand import say, set_up, tell_all
from gongxue.rules.text import Text

if TYPE_CHECKING:
    from gongxue.records.arrivals import Arrived

DONE: Final = 0
REFUSED: Final = 1


def run(arguments: Arguments, console: Console) -> int:
    """Import what the first word names; 1 where a row has an error, and then nothing was taken in."""
    what, file = arguments.words
    kinds: dict[str, Callable[[Path, bool, bool, Console], int]] = {"people": _people, "communities": _communities}
    if what not in kinds:
        raise UsageError("import 之後應為 people 或 communities", "import takes people or communities", "import")
    invite = arguments.has("--invite")
    if invite and what != "people":
        raise UsageError("--invite 只用於 people", "--invite goes with people only", "import")
    if not set_up(console):
        return REFUSED
    return _import(kinds[what], file, not arguments.has("--dry-run"), invite, console)


def _import(kind: Callable[[Path, bool, bool, Console], int], file: str, keep: bool, invite: bool, console: Console) -> int:
    """Import, or say why not."""
    from django.db import DatabaseError

    from gongxue.commands.sheets import SheetError
    from gongxue.records import soundness
    from gongxue.records.refusals import Refused

    try:
        if reasons := soundness.at_start():
            tell_all(reasons, console)
            return REFUSED
        return kind(Path(file), keep, invite, console)
    except SheetError as error:
        console.tell(file, error.text)
    except OSError as error:
        told = error.strerror or str(error)
        console.tell(file, Text(f"打不開（{told}）", f"cannot be opened ({told})"))
    except Refused as refused:
        console.tell("", refused.reason)
    except DatabaseError as error:
        console.tell("", Text(f"資料庫：{error}", f"the database: {error}"))
    return REFUSED


def _people(path: Path, keep: bool, invite: bool, console: Console) -> int:
    from gongxue.commands.people_rows import COLUMNS, REQUIRED, arrivals
    from gongxue.commands.sheets import read_sheet
    from gongxue.records.models import School
    from gongxue.rules.deadlines import TAIPEI
    from gongxue.site.accounts.bringing_in import bring_people_in
    from gongxue.site.clock import now
    from gongxue.site.programme import current

    sheet = read_sheet(path, COLUMNS, REQUIRED)
    tell_all(sheet.notes, console)
    register, at = current().register, now()
    if register is None:
        console.tell("", Text("這個計畫沒有學校名單", "the programme has no register of schools"))
        return REFUSED
    keys = dict(School.objects.values_list("key", "pk"))
    read, wrong = arrivals(sheet.rows, register, keys, at.astimezone(TAIPEI).date())
    done = bring_people_in(read, at=at, keep=keep and not wrong, invite=invite)
    return tell_rows([*done, *wrong], keep, console)


def _communities(path: Path, keep: bool, _invite: bool, console: Console) -> int:
    from gongxue.commands.community_rows import past_communities
    from gongxue.records.past_years import bring_back
    from gongxue.site.clock import now
    from gongxue.site.programme import current

    read, wrong = past_communities(path, current(), console)
    done = bring_back(read, current(), at=now(), keep=keep and not wrong)
    return tell_rows([*done, *wrong], keep, console)


def tell_rows(rows: "Sequence[Arrived]", keep: bool, console: Console) -> int:
    """Each row's effect or error in the sheet's order, then what became of the whole."""
    wrong = 0
    for row in sorted(rows, key=lambda row: row.line):
        place = Text(f"第 {row.line} 列", f"row {row.line}").in_language(console.language)
        if row.error is not None:
            wrong += 1
            console.tell(place, row.error)
        else:
            between, colon = ("、", "：") if console.language == "zh" else (", ", ": ")
            console.say(place + colon + between.join(effect.in_language(console.language) for effect in row.effects))
    if wrong:
        console.tell("", Text(f"{wrong} 列有問題，全部都沒有匯入", f"{wrong} rows have an error: nothing was imported"))
        return REFUSED
    if keep:
        say(console, Text(f"已匯入 {len(rows)} 列", f"{len(rows)} rows imported"))
    else:
        say(
            console,
            Text(
                f"試算完成，{len(rows)} 列都可以匯入；沒有寫入任何資料",
                f"dry run: all {len(rows)} rows can be imported; nothing was written",
            ),
        )
    return DONE
