"""`gongxue programmes`: which programmes there are, what one says, and its file."""

from gongxue.commands.arguments import Arguments, UsageError
from gongxue.commands.console import Console
from gongxue.rules.malformed import quoted
from gongxue.rules.programme_file import ProgrammeError, known_programmes, load_programme, programme_path
from gongxue.rules.text import Text


def run(arguments: Arguments, console: Console) -> int:
    """List, show or export; 2 when a programme's file cannot be used."""
    words = arguments.words
    if words and words[0] not in ("show", "export"):
        told = quoted(words[0])
        raise UsageError(f"應為 show 或 export，卻是{told.zh}", f"must be show or export, not {told.en}", "programmes")
    if len(words) == 1:
        raise UsageError(f"{words[0]} 之後應有計畫代碼", f"{words[0]} needs a programme's id after it", "programmes")
    try:
        if not words:
            _list(console)
        elif words[0] == "show":
            _show(_known(words[1]), console)
        else:
            _export(_known(words[1]), console)
    except ProgrammeError as error:
        console.tell("", error.in_language(console.language))
        return 2
    return 0


def _known(programme_id: str) -> str:
    if programme_id in known_programmes():
        return programme_id
    told, known = quoted(programme_id), known_programmes()
    raise UsageError(
        f"沒有{told.zh}這個計畫，認得的有 {'、'.join(known)}",
        f"there is no programme {told.en}; known are {', '.join(known)}",
        "programmes",
    )


def _list(console: Console) -> None:
    for programme_id in known_programmes():
        programme = load_programme(programme_id)
        title = programme.title.in_language(console.language)
        if programme.unknown:
            title += Text("（部分資料不明）", " (partly unknown)").in_language(console.language)
        console.say(f"{programme_id}  {title}")


def _show(programme_id: str, console: Console) -> None:
    from gongxue.rules.describe import describe

    for line in describe(load_programme(programme_id), console.language):
        console.say(line)


def _export(programme_id: str, console: Console) -> None:
    path = programme_path(programme_id)
    if path is not None:
        console.write(path.read_bytes())
