"""The English catalogues: one for each app, in its own folder, so that whoever writes a page writes its English beside it.

`scripts/messages.py` brings every catalogue up to date with the words marked in code and templates, and names what lacks its English;
`scripts/messages.py compile` makes the .mo files that Django reads. No gettext programs are needed: not every machine has them.
"""

import ast
import functools
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog  # noqa: E402
from babel.messages.extract import extract_python  # noqa: E402
from babel.messages.mofile import write_mo  # noqa: E402
from babel.messages.pofile import read_po  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils.translation.template import templatize  # noqa: E402

Words = str | tuple[str, str]
"""What is marked: a sentence, or one for one and one for many."""

SHELL = ROOT / "gongxue" / "site"
PLURALS = ("ngettext", "ngettext_lazy")
KEYWORDS = ("_", "gettext", "gettext_lazy", *PLURALS)
HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"""
PLACE = re.compile(r"%\(\w+\)s")
"""Where something is filled in."""
_STRING = r"""u?("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_MARKED = re.compile(rf"\b(n?)(?:gettext|_)\(\s*{_STRING}(?:\s*,\s*{_STRING})?")


def apps() -> list[Path]:
    """The folders of our apps, the shell first: what it translates, nobody translates again."""
    folders = [ROOT / name.replace(".", "/") for name in settings.INSTALLED_APPS if name.startswith("gongxue.")]
    return sorted(folders, key=lambda folder: folder != SHELL)


@functools.cache
def marked(folder: Path) -> dict[Words, None]:
    """The words marked in an app's own code and templates, in the order of its files; nested apps have theirs."""
    nested = [each for each in apps() if folder in each.parents]
    found: dict[Words, None] = {}
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.html")]):
        if not any(each in file.parents for each in nested):
            found.update(dict.fromkeys(_in_code(file) if file.suffix == ".py" else _in_template(file)))
    return found


def _in_code(file: Path) -> Iterator[Words]:
    with file.open("rb") as code:
        found: Iterable[Any] = extract_python(code, dict.fromkeys(KEYWORDS), (), {"encoding": "utf-8"})
        for _line, name, words, _comments in found:
            several = [words] if isinstance(words, str) else words
            yield (several[0], several[1]) if name in PLURALS else several[0]


def _in_template(file: Path) -> Iterator[Words]:
    # Django turns a template into something that looks like code, for a program that reads code; we only look for the calls in it.
    for plural, one, many in _MARKED.findall(templatize(file.read_text("utf-8"), origin=str(file))):
        yield (ast.literal_eval(one), ast.literal_eval(many)) if plural else ast.literal_eval(one)


def catalogue(folder: Path) -> Path:
    """Where an app's English stands."""
    return folder / "locale" / "en" / "LC_MESSAGES" / "django.po"


def read(file: Path) -> Catalog:
    """A catalogue; an empty one where there is none yet."""
    if not file.is_file():
        return Catalog(locale="en")
    with file.open("rb") as words:
        return read_po(words, locale="en")


def english(folder: Path) -> dict[Words, Words]:
    """What an app's catalogue says: "" where it says nothing."""
    return {_words(each.id): _words(each.string) for each in read(catalogue(folder)) if each.id}


def _words(read_back: str | Sequence[str] | None) -> Words:
    if isinstance(read_back, str):
        return read_back
    one, many = read_back or ("", "")
    return one, many


def wanted(folder: Path) -> dict[Words, None]:
    """The words that an app must translate itself: all that it marks, but for those of the shell."""
    shells = {} if folder == SHELL else marked(SHELL)
    return {words: None for words in marked(folder) if words not in shells}


def missing(folder: Path) -> list[Words]:
    """The words that an app marks and nobody has translated."""
    said = english(folder)
    return [words for words in wanted(folder) if not said.get(words) or not all(said[words])]


def update(folder: Path) -> None:
    """Write an app's catalogue anew: what is marked, in order, with the English that it had, here or in another app."""
    elsewhere = {words: said for other in apps() for words, said in english(other).items() if said and all(said)}
    said = elsewhere | {words: one for words, one in english(folder).items() if one and all(one)}
    entries = [entry(words, said.get(words)) for words in wanted(folder)]
    if entries or catalogue(folder).is_file():
        catalogue(folder).parent.mkdir(parents=True, exist_ok=True)
        catalogue(folder).write_text("\n".join([HEADER, *entries]), "utf-8")


def entry(words: Words, said: Words | None) -> str:
    """The lines of one sentence in a catalogue."""
    format_ = "#, python-format\n" if "%(" in "".join(words) else ""
    if isinstance(words, str):
        return f"{format_}msgid {_quoted(words)}\nmsgstr {_quoted(str(said or ''))}\n"
    one, many = said if isinstance(said, tuple) else ("", "")
    return f"{format_}msgid {_quoted(words[0])}\nmsgid_plural {_quoted(words[1])}\nmsgstr[0] {_quoted(one)}\nmsgstr[1] {_quoted(many)}\n"


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def compile_all() -> None:
    """Make the .mo file of every catalogue."""
    for folder in apps():
        if catalogue(folder).is_file():
            with catalogue(folder).with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read(catalogue(folder)))


def main() -> None:
    """Update, tell what is missing (and fail), compile."""
    if sys.argv[1:] != ["compile"]:
        for folder in apps():
            update(folder)
    compile_all()
    lacking = [(folder, words) for folder in apps() for words in missing(folder)]
    for folder, words in lacking:
        print(f"{catalogue(folder).relative_to(ROOT)}: {words if isinstance(words, str) else words[0]}")
    if lacking and sys.argv[1:] != ["compile"]:
        sys.exit(f"{len(lacking)} lack their English")


if __name__ == "__main__":
    main()
