"""Reads a command line, and says in both languages what a command takes.

The standard argparse speaks English only, and importing it costs a third of what a bare interpreter does at every start.
"""

from collections.abc import Iterator, Sequence

import msgspec

from gongxue.rules.malformed import quoted
from gongxue.rules.text import Language, Text


class UsageError(Exception):
    """A command line that is not understood; `command` is "" before one is named."""

    def __init__(self, zh: str, en: str, command: str = "") -> None:
        super().__init__(en)
        self.text, self.command = Text(zh, en), command


class Option(msgspec.Struct, frozen=True):
    """An option that takes a value; a `switch` takes none. `value` names it in the help, or `choices` list all that it may be."""

    flag: str
    help: Text
    value: str = ""
    short: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    required: bool = False
    repeats: bool = False
    switch: bool = False

    @property
    def shown(self) -> str:
        """The option as it is written in the help, with its value."""
        names = f"{self.short}, {self.flag}" if self.short else self.flag
        return f"{names} {self.in_usage}".rstrip()

    @property
    def in_usage(self) -> str:
        """What stands for the value."""
        return "|".join(self.choices) or self.value


LANGUAGE = Option("--lang", Text("訊息的語言，預設 zh", "language of messages, zh by default"), choices=("zh", "en"), default="zh")
"""The option that every command has."""


class Command(msgspec.Struct, frozen=True):
    """A command: `takes` is how its words (files, …) are written in the help, `least` how many there must be.

    `module` of `gongxue.commands` does it; "" is the one of the same name.
    """

    name: str
    help: Text
    takes: str
    least: int
    options: tuple[Option, ...]
    most: int | None = None
    module: str = ""

    def option(self, flag: str) -> Option:
        """The option written `flag`; raises UsageError."""
        for option in self.options:
            if flag in (option.flag, option.short):
                return option
        name = quoted(flag)
        flags = [option.flag for option in self.options]
        zh = f"沒有{name.zh}這個選項，可用的有 {'、'.join(flags)}"
        raise UsageError(zh, f"there is no option {name.en}; there are {', '.join(flags)}", self.name)


class Arguments(msgspec.Struct, frozen=True):
    """What a command line says: the words, and the values of each option that is given."""

    command: Command
    words: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    wants_help: bool = False

    def all(self, flag: str) -> tuple[str, ...]:
        """The values of a repeating option, in order."""
        return self.values.get(flag, ())

    def one(self, flag: str) -> str:
        """The value of an option, its default where it is not given."""
        return self.values[flag][-1] if flag in self.values else self.command.option(flag).default

    def has(self, flag: str) -> bool:
        """Whether a switch is given."""
        return flag in self.values

    @property
    def language(self) -> Language:
        """The language of messages."""
        return "en" if self.one("--lang") == "en" else "zh"


def parse(command: Command, arguments: Sequence[str]) -> Arguments:
    """What `arguments` say to `command`; raises UsageError. `--` ends the options, a lone `-` is a word."""
    words: list[str] = []
    values: dict[str, tuple[str, ...]] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            words.extend(rest)
        elif argument in ("-h", "--help"):
            return Arguments(command, (), {}, wants_help=True)
        elif argument.startswith("-") and argument != "-":
            option, value = _option(command, argument, rest)
            values[option.flag] = (*values.get(option.flag, ()), value)
        else:
            words.append(argument)
    _hold_to(command, words, values)
    return Arguments(command, tuple(words), values)


def _option(command: Command, argument: str, rest: Iterator[str]) -> tuple[Option, str]:
    flag, equals, value = argument.partition("=")
    option = command.option(flag)
    if option.switch:
        if equals:
            raise UsageError(f"{flag} 之後不應有值", f"{flag} takes no value", command.name)
        return option, ""
    if not equals:
        given = next(rest, None)
        if given is None:
            raise UsageError(f"{flag} 之後應有 {option.in_usage}", f"{flag} needs {option.in_usage} after it", command.name)
        value = given
    if option.choices and value not in option.choices:
        told = quoted(value)
        zh = f"{flag} 應為 {'、'.join(option.choices)} 其中之一，卻是{told.zh}"
        raise UsageError(zh, f"{flag} must be one of {', '.join(option.choices)}, not {told.en}", command.name)
    return option, value


def _hold_to(command: Command, words: Sequence[str], values: dict[str, tuple[str, ...]]) -> None:
    for option in command.options:
        count = len(values.get(option.flag, ()))
        if option.required and not count:
            raise UsageError(f"缺少 {option.flag}", f"{option.flag} is missing", command.name)
        if count > 1 and not option.repeats:
            raise UsageError(f"{option.flag} 只能寫一次", f"{option.flag} may stand once only", command.name)
    if len(words) < command.least:
        raise UsageError(f"缺少 {command.takes}", f"{command.takes} is missing", command.name)
    if command.most is not None and len(words) > command.most:
        extra = quoted(words[command.most])
        raise UsageError(f"不應有{extra.zh}", f"{extra.en} was not expected", command.name)


def usage(command: Command) -> str:
    """The one line that says how a command is written."""
    required = "".join(f" {option.short or option.flag} {option.in_usage}" for option in command.options if option.required)
    return f"gongxue {command.name}{required} {command.takes}".rstrip()


def help_of(command: Command) -> list[str]:
    """The help of one command in lines, each sentence in Chinese, then in English."""
    lines = [f"用法 Usage: {usage(command)}", "", command.help.zh, command.help.en, ""]
    for option in command.options:
        lines += [f"  {option.shown}", f"      {option.help.zh}", f"      {option.help.en}"]
    return lines
