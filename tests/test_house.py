"""The promises of the house: what keeps a newcomer able to find every room. Each exemption stands here with its reason."""

import ast
import fnmatch
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongxue

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "gongxue"

# The folders of the house, each with how its docstring begins to say what it is.
FLOORS = {
    "rules": "Floor 1: ",
    "documents": "Floor 2: ",
    "records": "Floor 3: ",
    "site": "Floor 4: ",
    "stages": "Floor 5: ",
    "commands": "Commands: ",
}
CLOCKLESS = ("rules", "documents", "commands", "records", "stages")
"""Floors that are given their time; the site reads the clock in one place."""

LONGEST_LINE = 140
LONG_MODULE, LONGEST_MODULE, LONGEST_FUNCTION, LARGEST_FILE = 300, 400, 30, 600_000

# Modules over 300 lines, and functions over 30: each is one thing that would be harder to read in two places.
LONG_MODULES: dict[str, str] = {"tests/documents/reading/test_interpret.py": "every way a form comes back, case after case"}
LONG_FUNCTIONS: dict[str, str] = {
    "gongxue/records/invitations.py::invite_to_post": "its arguments, one a line",
    "gongxue/site/mail/posting.py::post_letter": "its arguments, and what it writes, one a line",
    "gongxue/site/demo/papers.py::document": "a paper written out, line by line",
    "gongxue/site/demo/papers.py::_sessions": "a paper written out, line by line",
    "gongxue/documents/reading/interpret.py::reading": "one field of the form after another",
    "tests/documents/papers.py::_appendices": "a paper written out, line by line",
    "tests/documents/papers.py::_grid": "a paper written out, line by line",
    "tests/documents/papers.py::application": "a paper written out, line by line",
}

VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "service", "misc", "base", "manager"}

DJANGO_NAMES = {"gongxue/records/sqlite/base.py", "gongxue/records/postgresql/base.py"}
"""Names that Django looks for."""

# Written as patterns, so that this file does not hold what it forbids.
FORBIDDEN_WORDS = {
    "an address of a package registry": r"https?://[^ \"')]*(pypi|pythonhosted|npmj[s]|debia[n])\.(org|com)|\"resolve[d]\":",
    "a path of somebody's machine": r"/wor[k]/|/roo[t]/|/hom[e]/[a-z]|/User[s]/[a-z]",
    "unfinished work": r"\b(TOD[O]|FIXM[E]|XX[X]|raise NotImplementedErro[r])\b",
    "a test that is not run, or cannot fail": r"pytest\.ski[p]|mark\.xfai[l]|mark\.ski[p]|importorski[p]|assert Tru[e]\b",
}

CLOCK_ATTRIBUTES = {"now", "utcnow", "today"}
CLOCK_FUNCTIONS = {"time", "time_ns", "localtime", "gmtime", "ctime"}

HEAVY = {"defusedxml", "django", "fontTools", "lxml", "typst"}
HEAVY |= {"argparse", "asyncio", "dataclasses", "email", "http", "inspect", "json", "logging", "multiprocessing", "shutil", "socket"}
HEAVY |= {"subprocess", "tempfile", "unittest", "xml", "zipfile"}


def project_files() -> Iterator[Path]:
    """Every file that is ours: all but what .gitignore names and git itself, whose folder is a file in a second work tree."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name != ".git" and not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)]
        yield from (
            Path(folder) / name for name in names if name != ".git" and not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)
        )


def ours(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


FILES = sorted(project_files())
TEXTS = {ours(path): path.read_text("utf-8") for path in FILES if path.suffix not in {".docx", ".odt", ".pdf", ".png"}}
MODULES = {name: ast.parse(text) for name, text in TEXTS.items() if name.endswith(".py")}
PROGRAM = {name: tree for name, tree in MODULES.items() if name.startswith("gongxue/")}


def test_every_floor_is_there_and_says_what_it_is() -> None:
    floors = {path.parent.name: ast.get_docstring(PROGRAM[ours(path)]) or "" for path in HOUSE.glob("*/__init__.py")}
    assert set(floors) == set(FLOORS)
    assert [name for name, text in floors.items() if not text.startswith(FLOORS[name])] == []


def test_no_module_is_over_400_lines_and_one_over_300_has_a_reason_but_what_django_writes() -> None:
    lengths = {name: text.count("\n") for name, text in TEXTS.items() if name in MODULES and "/migrations/" not in name}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}
    assert {name for name, length in lengths.items() if length > LONG_MODULE} == set(LONG_MODULES)


def test_no_function_is_over_30_lines_its_docstring_not_counted() -> None:
    long = {
        f"{name}::{function.name}" for name, tree in MODULES.items() for function in functions(tree) if lines(function) > LONGEST_FUNCTION
    }
    assert long == set(LONG_FUNCTIONS)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    text = function.body[0] if ast.get_docstring(function) is not None else None
    return (function.end_lineno or 0) - function.lineno + 1 - ((text.end_lineno or 0) - text.lineno + 1 if text else 0)


def test_no_line_of_code_is_over_140_characters() -> None:
    long = [f"{name}:{number}" for name in MODULES for number, line in enumerate(TEXTS[name].splitlines(), 1) if len(line) > LONGEST_LINE]
    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [name for name in PROGRAM if set(Path(name).with_suffix("").parts) & VAGUE_NAMES and name not in DJANGO_NAMES] == []


@pytest.mark.parametrize("what", FORBIDDEN_WORDS)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN_WORDS[what])
    found = [f"{name}:{text[: match.start()].count(chr(10)) + 1}" for name, text in TEXTS.items() for match in pattern.finditer(text)]
    assert found == []


def test_every_silenced_warning_gives_its_reason_on_its_line() -> None:
    silenced = re.compile(r"#\s*(?:noqa\b(?::\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*)?|type:\s*ignore(?:\[[a-z, -]+\])?)(.*)")
    bare = [
        f"{name}:{number}"
        for name in PROGRAM
        for number, line in enumerate(TEXTS[name].splitlines(), 1)
        if (match := silenced.search(line)) and len(match[1].strip(" #-:")) < len("a reason")
    ]
    assert bare == []


def test_nothing_large_is_kept_here() -> None:
    assert {ours(path): path.stat().st_size for path in FILES if path.stat().st_size > LARGEST_FILE} == {}


def test_only_the_site_reads_a_clock() -> None:
    assert [f"{name}:{node.lineno}" for name, tree in PROGRAM.items() if name.split("/")[1] in CLOCKLESS for node in clocks(tree)] == []


def clocks(tree: ast.AST) -> Iterator[ast.Attribute | ast.ImportFrom]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            of_time = isinstance(node.value, ast.Name) and node.value.id == "time"
            if node.attr in CLOCK_ATTRIBUTES or (of_time and node.attr in CLOCK_FUNCTIONS):
                yield node
        elif isinstance(node, ast.ImportFrom) and node.module == "time" and CLOCK_FUNCTIONS & {alias.name for alias in node.names}:
            yield node


def test_checking_a_json_file_imports_nothing_heavy() -> None:
    checked = modules_after("import sys; sys.argv[1:] = ['check', 'samples/autonomous.json']; from gongxue.cli import main; main()")
    # What msgspec itself brings differs between machines: it takes typing_extensions along, and so inspect, where the tools installed it.
    assert sorted((checked - modules_after("import msgspec")) & HEAVY) == []
    assert "gongxue.rules.check" in checked


def modules_after(code: str) -> set[str]:
    """The modules that a new interpreter holds when `code` is done; a module inside a package counts for the package, too."""
    ending = "import atexit, sys; atexit.register(lambda: print(*sys.modules, sep='\\n', file=sys.stderr))\n"
    run = subprocess.run([sys.executable, "-c", ending + code], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    return set(run.stderr.splitlines())


READERS = ["README.md", "README.en.md", "docs/tour.md"]


@pytest.mark.parametrize("name", READERS)
def test_every_make_command_a_reader_is_told_exists(name: str) -> None:
    told = set(re.findall(r"\bmake ([a-z]+)\b", " ".join(re.findall(r"```.*?```|`[^`]+`", TEXTS[name], re.DOTALL))))
    targets = set(re.findall(r"^([a-z]+):.* ## ", TEXTS["Makefile"], re.MULTILINE))
    assert told - targets == set()
    assert told & {"run", "test"}


def test_every_target_of_make_has_its_line_of_explanation() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", TEXTS["Makefile"], re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == set(re.findall(r"^([a-z]+):.* ## .+\| .+", TEXTS["Makefile"], re.MULTILINE))


def test_both_readmes_tell_the_same_commands() -> None:
    chinese, english = (
        [line.split("  #")[0].rstrip() for block in re.findall(r"```\w*\n(.*?)```", TEXTS[name], re.DOTALL) for line in block.splitlines()]
        for name in ("README.md", "README.en.md")
    )
    assert chinese == english


def test_every_link_to_a_file_of_ours_leads_there() -> None:
    links = [
        (name, target)
        for name, text in TEXTS.items()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
        if "://" not in target
    ]
    assert [(name, target) for name, target in links if not (ROOT / name).parent.joinpath(target).exists()] == []


def test_the_tour_names_every_folder_of_the_house() -> None:
    folders = {name.split("/")[0] for name in TEXTS if "/" in name} | {f"gongxue/{name}" for name in FLOORS}
    assert [folder for folder in sorted(folders) if f"{folder}/" not in TEXTS["docs/tour.md"]] == []


def test_the_changelog_tells_of_this_version() -> None:
    assert f"\n## {gongxue.__version__}" in TEXTS["CHANGELOG.md"]


def test_every_decision_is_in_the_index_and_numbered_in_turn() -> None:
    decisions = sorted(Path(name).name for name in TEXTS if re.match(r"docs/decisions/\d", name))
    assert re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", TEXTS["docs/decisions/README.md"]) == decisions
    assert [int(name[:4]) for name in decisions] == list(range(1, len(decisions) + 1))


LOCKS = ["run", "dev", "node"]


def locked(stem: str) -> set[tuple[str, str]]:
    return set(re.findall(r"^([a-z0-9._-]+)==(\S+)", TEXTS[f"requirements/{stem}.txt"], re.MULTILINE))


@pytest.mark.parametrize("stem", LOCKS)
def test_everything_locked_has_its_hashes(stem: str) -> None:
    pins = re.split(r"\n(?=[a-z0-9])", TEXTS[f"requirements/{stem}.txt"].split("\n", 2)[2])
    assert len(pins) == len(locked(stem))
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_the_lock_holds_every_dependency_of_the_package() -> None:
    dependencies = tomllib.loads(TEXTS["pyproject.toml"])["project"]["dependencies"]
    assert {re.split(r"[<>=~! \[]", line)[0].lower() for line in dependencies} - {name for name, _ in locked("run")} == set()


def test_shared_packages_have_one_version_in_all_locks() -> None:
    versions: dict[str, set[str]] = {}
    for stem in LOCKS:
        for name, version in locked(stem):
            versions.setdefault(name, set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_list_of_licences_is_that_of_the_locks() -> None:
    listed = set(re.findall(r"^\| ([@a-z0-9/._-]+) \| ([^ ]+) \| [0A-Z]", TEXTS["THIRD_PARTY_LICENSES.md"], re.MULTILINE))
    packages = json.loads(TEXTS["package-lock.json"])["packages"]
    from_npm = {(path.removeprefix("node_modules/"), entry["version"]) for path, entry in packages.items() if path}
    assert listed == set().union(*(locked(stem) for stem in LOCKS)) | from_npm
