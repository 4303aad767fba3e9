"""Papers become files, each told of what is missing in it, and one that cannot be printed does not stop the others."""

from functools import partial
from pathlib import Path

import pytest

from gongxue.commands.console import Console
from gongxue.commands.printing import Job, print_all
from gongxue.documents.blocks import Blank, Paper, Paragraph, Title
from tests.commands.shell import streams

KINDS = {"pdf": b"%PDF-", "odt": b"PK\x03\x04", "docx": b"PK\x03\x04", "html": b"<!"}


def paper(words: str, *blank: str) -> Paper:
    lines = ((words, *map(Blank, blank)),)
    return Paper("申請書", (Title("申請書"), Paragraph(lines)), version="第 1 版", digest="0" * 64)


def job(words: str, target: Path | None, *blank: str) -> Job:
    return Job(f"{words}.json", partial(paper, words, *blank), target)


def printed(jobs: list[Job], to: str, *, tell_names: bool = False) -> tuple[bool, bytes, list[str]]:
    with streams(b"") as (out, err):
        well = print_all(jobs, to, Console("zh"), tell_names=tell_names)
        Console("zh").flush()
    return well, out.getvalue(), err.getvalue().decode().splitlines()


@pytest.mark.parametrize("to", KINDS)
def test_every_kind_of_file_is_printed(to: str, tmp_path: Path) -> None:
    target = tmp_path / f"a.{to}"
    assert printed([job("數學", target)], to) == (True, b"", [])
    assert target.read_bytes().startswith(KINDS[to])


@pytest.mark.parametrize("to", KINDS)
def test_without_a_file_it_goes_to_standard_output(to: str, tmp_path: Path) -> None:
    print_all([job("數學", tmp_path / "a")], to, Console("zh"), tell_names=False)
    assert printed([job("數學", None)], to) == (True, (tmp_path / "a").read_bytes(), [])


def test_many_are_printed_in_order_and_named(tmp_path: Path) -> None:
    jobs = [job(f"第{number}份", tmp_path / f"{number}.odt") for number in range(5)]
    well, _, told = printed(jobs, "odt", tell_names=True)
    assert well
    assert told == [f"第{number}份.json：已製作 {tmp_path / f'{number}.odt'}" for number in range(5)]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{number}.odt" for number in range(5)]


def test_blanks_and_unprintable_characters_are_told(tmp_path: Path) -> None:
    well, _, told = printed([job("響\x07鈴", tmp_path / "a.docx", "convener.name", "tier")], "docx")
    assert well
    assert told == ["響\\x07鈴.json：印成空白的欄位：convener.name、tier", "響\\x07鈴.json：無法印出、印成〓的字：U+0007"]


@pytest.mark.parametrize("to", ["pdf", "docx"])
def test_a_file_that_cannot_be_written_does_not_stop_the_others(to: str, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    well, _, told = printed([job("一", tmp_path / "taken"), job("二", tmp_path / "b")], to)
    assert not well
    assert [line.split("：")[:2] for line in told] == [[str(tmp_path / "taken"), "無法寫出（Is a directory）"]]
    assert (tmp_path / "b").read_bytes().startswith(KINDS[to])
