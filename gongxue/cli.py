"""The command line: `gongxue COMMAND …`. Which commands there are and what they take stands in the table; each runs in its own module."""

import importlib
import sys
from collections.abc import Sequence
from typing import Final

import gongxue
from gongxue.commands.arguments import LANGUAGE, Arguments, Command, Option, UsageError, help_of, parse, usage
from gongxue.commands.console import Console, let_go
from gongxue.commands.operating import OPERATING
from gongxue.rules.malformed import quoted
from gongxue.rules.text import Text

FAILED: Final = 2
INTERRUPTED: Final = 130
NOBODY_READS: Final = 141
"""What a shell reports of a program whose reader went away."""

PROGRAMME_FILE = Option(
    "--programme-file",
    Text(
        "未隨程式附上的計畫（明年、其他縣市），可重複", "a programme that is not shipped (next year's, another county's); may be repeated"
    ),
    value="FILE.toml",
    repeats=True,
)

CHECK = Command(
    "check",
    Text(
        "依計畫檢核申請。FILE 為 .json（一份）、.ndjson（一行一份）、填好的附件二 .docx 或 .odt；- 為標準輸入的 NDJSON。",
        "Checks applications against their programme's rules. FILE is .json (one application), .ndjson (one a line), "
        "or a filled form 附件二 as .docx or .odt; - is NDJSON on standard input. "
        "Status: 0 when none has an error, 1 when some have, 2 when something was malformed.",
    ),
    takes="FILE…",
    least=1,
    options=(
        Option(
            "--format", Text("text 給人看，json 一份一行", "text for people, json one line each"), choices=("text", "json"), default="text"
        ),
        PROGRAMME_FILE,
        LANGUAGE,
    ),
)

RENDER = Command(
    "render",
    Text(
        "由申請檔製作公文表件：application（附件二與附錄1、附錄2）、school_summary（附件一，彙整一校的數份申請）。",
        "Makes an official form from application files: application (附件二 with 附錄1, 附錄2), school_summary (附件一, from several of one school).",
    ),
    takes="FILE…",
    least=1,
    options=(
        Option("--form", Text("表件", "the form"), choices=("application", "school_summary"), required=True),
        Option("--to", Text("格式", "the kind of file"), choices=("pdf", "odt", "docx", "html"), required=True),
        Option(
            "--out",
            Text("檔案；或資料夾，檔名依計畫；- 為標準輸出", "a file; or a folder, names as the plan wants them; - is standard output"),
            short="-o",
            value="OUT",
            required=True,
        ),
        Option(
            "--school",
            Text(
                "附件一的學校資料：班級數、校長、承辦人、電話、E-mail",
                "the school's own facts for 附件一: classes, principal, clerk, phones, e-mails",
            ),
            value="FILE.json",
        ),
        PROGRAMME_FILE,
        LANGUAGE,
    ),
)

PROGRAMMES = Command(
    "programmes",
    Text(
        "列出認得的計畫；show ID 印出類別、限制、日期與其條文；export ID 印出計畫檔。",
        "Lists the programmes it knows; show ID prints tiers, limits, dates with their clauses; export ID prints the programme's file.",
    ),
    takes="[show ID | export ID]",
    least=0,
    most=2,
    options=(LANGUAGE,),
)

COMMANDS: Final = (CHECK, RENDER, PROGRAMMES, *OPERATING)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (of this process, unless `arguments` are given) and return its exit status."""
    try:
        status = _run(list(sys.argv[1:] if arguments is None else arguments))
        Console("zh").flush()
    except BrokenPipeError:
        let_go()
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    return status


def _run(arguments: list[str]) -> int:
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        return _help(wanted=bool(arguments))
    if arguments[0] == "--version":
        Console("zh").say(f"gongxue {gongxue.__version__}")
        return 0
    try:
        return _do(parse(_command(arguments[0]), arguments[1:]))
    except UsageError as error:
        return _refuse(error)


def _command(name: str) -> Command:
    for command in COMMANDS:
        if command.name == name:
            return command
    told = quoted(name)
    raise UsageError(f"沒有{told.zh}這個指令", f"there is no command {told.en}")


def _do(given: Arguments) -> int:
    console = Console(given.language)
    if given.wants_help:
        console.say(*help_of(given.command))
        return 0
    try:
        module = importlib.import_module(f"gongxue.commands.{given.command.module or given.command.name}")
        status: int = module.run(given, console)
        console.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        let_go()
        console.tell("", Text(f"無法寫出結果（{error.strerror}）", f"the results cannot be written ({error.strerror})"))
        return FAILED
    return status


def _help(wanted: bool) -> int:
    """Overall help: to standard output when asked for, else to standard error as the answer to an empty command line."""
    lines = [
        "共學 gongxue：教師專業學習社群補助計畫的檢核、表件與網站",
        "gongxue: checks, official forms and the site of a city's grant to teachers' professional learning communities",
        "",
        *(line for command in COMMANDS for line in (usage(command), f"    {command.help.zh}", f"    {command.help.en}")),
        "",
        "gongxue COMMAND --help：各指令的選項 the options of a command",
        "gongxue --version：版本 the version",
    ]
    console = Console("zh")
    if wanted:
        console.say(*lines)
        return 0
    for line in lines:
        console.tell("", line)
    return FAILED


def _refuse(error: UsageError) -> int:
    """Say in both languages what is wrong with the command line: nobody knows yet which one is read."""
    console = Console("zh")
    name = f"gongxue {error.command}".rstrip()
    console.tell("", f"{name}：{error.text.zh}")
    console.tell("", f"{name}: {error.text.en}")
    for command in COMMANDS:
        if error.command in ("", command.name):
            console.tell("", f"用法 Usage: {usage(command)}")
    return FAILED
