"""The door: commands, help, versions, and how a process of `gongxue` ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongxue as package
from gongxue.cli import COMMANDS
from tests.commands.shell import gongxue

SAMPLES = Path(__file__).parent.parent / "samples"
GOOD = str(SAMPLES / "autonomous.json")


def process(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """`gongxue ARGUMENTS` as a process of its own."""
    return subprocess.run([sys.executable, "-m", "gongxue", *arguments], capture_output=True, timeout=60, check=False)


def test_the_version_is_that_of_the_package() -> None:
    assert gongxue("--version") == (0, f"gongxue {package.__version__}\n", "")


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_names_every_command_in_chinese_first(word: str) -> None:
    outcome = gongxue(word)
    assert outcome.status == 0
    for command in COMMANDS:
        assert 0 < outcome.out.index(f"gongxue {command.name}") < outcome.out.index(command.help.zh) < outcome.out.index(command.help.en)


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_its_help(command: str) -> None:
    outcome = gongxue(command, "--help")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.lines[0].startswith(f"用法 Usage: gongxue {command}")


def test_no_command_is_answered_with_help_on_standard_error() -> None:
    outcome = gongxue()
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.told == gongxue("--help").lines


@pytest.mark.parametrize("arguments", [["chek", "a.json"], ["check"], ["check", "--fromat", "json", "a.json"], ["render", "a.json"]])
def test_a_command_line_that_is_not_understood_is_answered_in_both_languages(arguments: list[str]) -> None:
    outcome = gongxue(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    zh, en, usage = outcome.told[:3]
    assert zh.startswith("gongxue")
    assert "：" in zh
    assert ": " in en
    assert usage.startswith("用法 Usage: gongxue ")


def test_the_installed_command_and_the_module_do_the_same() -> None:
    script = Path(sys.executable).with_name("gongxue")
    by_script = subprocess.run([script, "check", GOOD], capture_output=True, check=False)
    by_module = process("check", GOOD)
    assert (by_script.returncode, by_script.stdout, by_script.stderr) == (by_module.returncode, by_module.stdout, by_module.stderr)
    assert by_module.returncode == 0


def in_shell(line: str, given: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    command = f'"{sys.executable}" -m gongxue {line}'
    return subprocess.run(
        ["bash", "-c", command], input=given, capture_output=True, timeout=60, check=False, env={**os.environ, **variables}
    )


def test_a_reader_that_goes_away_is_no_matter() -> None:
    line = Path(GOOD).read_text("utf-8").replace("\n", " ").encode() + b"\n"
    outcome = in_shell('check --format json - | head -n 1; test "${PIPESTATUS[0]}" = 141', line * 3000)
    assert (outcome.returncode, outcome.stdout.count(b"\n"), outcome.stderr) == (0, 1, b"")


@pytest.mark.parametrize("redirection", [">/dev/full", ">&-"])
def test_results_that_cannot_be_written_are_told_and_fail(redirection: str) -> None:
    outcome = in_shell(f'check "{GOOD}" {redirection}')
    assert (outcome.returncode, outcome.stdout) == (2, b"")
    assert "無法寫出結果（".encode() in outcome.stderr
    assert outcome.stderr.count(b"\n") == 1


def test_closed_standard_error_and_input_end_in_a_status_only() -> None:
    assert in_shell("check nowhere.json 2>&-").returncode == 2
    closed = in_shell("check --format json - <&-")
    assert (closed.returncode, closed.stdout, closed.stderr.count(b"\n")) == (2, b"", 1)


def test_a_terminal_that_knows_no_chinese_gets_escapes_and_json_stays_utf_8() -> None:
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    people = in_shell(f'check "{GOOD}"', **plain)
    assert (people.returncode, people.stderr) == (0, b"")
    assert people.stdout.isascii()
    assert "提問讀詩社群".encode() in in_shell(f'check --format json "{GOOD}"', **plain).stdout


def test_names_of_files_that_are_not_utf_8_are_no_matter(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xa4\xa4.json"
    with open(name, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(Path(GOOD).read_bytes())
    outcome = subprocess.run([sys.executable, "-m", "gongxue", "check", "--format=json", name], capture_output=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    assert outcome.stdout.decode().startswith('{"source":"')


def test_an_interruption_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "gongxue", "check", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(b'{"programme": 1}\n')
        running.stdin.flush()
        assert running.stderr.readline().startswith(b"-:1")
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 130
        assert running.stderr.read() == b""


HOSTILE = {
    "empty": b"",
    "not JSON": b"hello",
    "NaN": b'{"programme": "hsinchu-111", "tier_year": NaN}',
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "long number": b'{"programme": "hsinchu-111", "tier_year": ' + b"9" * 100_000 + b"}",
    "huge exponent": b'{"programme": "hsinchu-111", "budget": [{"quantity": 1e999999999999}]}',
    "ten megabytes of one text": b'{"programme": "hsinchu-111", "summary": "' + b"x" * 10_000_000 + b'"}',
    "ten megabytes of brackets": b"[[]," * 2_500_000,
    "a hundred thousand members": b'{"programme": "hsinchu-111", "members": [' + b'{"name": "x"},' * 100_000 + b"{}]}",
    "byte order marks": b"\xef\xbb\xbf" * 3 + b"{}",
    "UTF-16": '{"programme": "hsinchu-111"}'.encode("utf-16"),
    "Big5": '{"programme": "新竹市"}'.encode("cp950"),
    "NUL": b'{"programme": "hsinchu-111"}\0',
    "NUL escaped": b'{"programme": "\\u0000"}',
    "half a surrogate": b'{"programme": "\\ud800"}',
    "a programme with control characters": b'{"programme": "\\u001b[2J"}',
    "doubled keys": b'{"programme": "hsinchu-111", "programme": "hsinchu-111"}',
    "numbers as text": b'{"programme": "hsinchu-111", "budget": [{"quantity": "1", "amount": "3"}]}',
    "negative numbers": b'{"programme": "hsinchu-111", "budget": [{"line": "meals", "quantity": -1, "unit_price": -1, "amount": -1}]}',
    "largest numbers": b'{"programme": "hsinchu-111", "budget": [{"quantity": 999999999999999, "unit_price": 999999999999999}]}',
    "impossible dates": b'{"programme": "hsinchu-111", "sessions": [{"date": "2022-02-30", "start": "25:61", "end": "x"}]}',
    "null for everything": b'{"programme": "hsinchu-111", "members": null, "sessions": null, "budget": null, "convener": null}',
    "blank rows": b'{"programme": "hsinchu-111", "members": [{}], "sessions": [{}], "budget": [{}], "materials": [{}], "outcomes": [{}]}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_makes_the_process_print_a_traceback_or_take_long(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(HOSTILE[name])
    start = time.monotonic()
    outcome = process("check", "--format", "json", str(path))
    assert time.monotonic() - start < 30
    assert outcome.returncode in (1, 2)
    assert b"Traceback" not in outcome.stderr
    assert (outcome.returncode == 2) == bool(outcome.stderr) == (not outcome.stdout)


@given(
    st.lists(
        st.sampled_from(["check", "render", "programmes", "show", "--lang", "en", "--format=json", "-o", "--", "-", "x.json", "--form"])
        | st.text(max_size=4)
    )
)
def test_any_command_line_whatever_is_answered(arguments: list[str]) -> None:
    outcome = gongxue(*arguments)
    assert outcome.status in (0, 1, 2)
    assert outcome.out or outcome.err or "-" in arguments
