"""Forms whose elements were shuffled, doubled, renamed or filled with nonsense: read or refused, never a breakdown."""

import io
import random
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from lxml import etree

from gongxue.documents.application_form import application_form
from gongxue.documents.blocks import Paper
from gongxue.documents.docx import render_docx
from gongxue.documents.odt import render_odt
from gongxue.documents.reading.extract import read_sheet
from gongxue.documents.reading.interpret import interpret
from gongxue.documents.reading.outcome import FormError, FormReading
from gongxue.rules import exchange
from gongxue.rules.check import Checker
from gongxue.rules.programme_file import load_programme
from tests.documents.reading.office_files import W, zipped

HSINCHU = load_programme("hsinchu-111")
CHECKER = Checker(HSINCHU)
SAMPLE = Path(__file__).parents[3] / "samples/cross-school.json"
MAIN = {"docx": "word/document.xml", "odt": "content.xml"}

VALUES = ["", "0", "-1", "2", "999999999999", "true", "none", "continue", "restart", "begin", "separate", "end", "F0FE", "☒"]
WORDS = ["\n  ", "數學", "□", "■是", "2,000", "1e400", "-", "111.9.14", "111.0.0", "（", "」", "第 99999999999999999999 列", "13:30-99:99"]
ADDED = [
    "del",
    "ins",
    "sdt",
    "sdtContent",
    "fldChar",
    "vMerge",
    "gridSpan",
    "gridBefore",
    "hMerge",
    "txbxContent",
    "tbl",
    "tr",
    "tc",
    "p",
    "r",
    "t",
    "sym",
    "vanish",
]


def printed(suffix: str) -> bytes:
    paper: Paper = application_form(exchange.read(SAMPLE.read_bytes()), HSINCHU)
    return (render_docx(paper) if suffix == "docx" else render_odt(paper)).data


def removed(one: etree._Element, _: etree._Element, chance: random.Random) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def doubled(one: etree._Element, _: etree._Element, chance: random.Random) -> None:
    one.addnext(deepcopy(one))


def moved(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    if one not in other.iterancestors():
        other.append(one)


def renamed(one: etree._Element, other: etree._Element, chance: random.Random) -> None:
    one.tag = other.tag


def changed(one: etree._Element, _: etree._Element, chance: random.Random) -> None:
    for name in one.attrib:
        one.set(name, chance.choice(VALUES))


def filled(one: etree._Element, _: etree._Element, chance: random.Random) -> None:
    one.text = chance.choice(WORDS)


def added(one: etree._Element, _: etree._Element, chance: random.Random) -> None:
    new = etree.SubElement(one, f"{{{W}}}{chance.choice(ADDED)}")
    new.set(f"{{{W}}}val", chance.choice(VALUES))
    new.set(f"{{{W}}}fldCharType", chance.choice(VALUES))


CHANGES: list[Callable[[etree._Element, etree._Element, random.Random], None]] = [removed, doubled, moved, renamed, changed, filled, added]


def shuffled(data: bytes, main: str, chance: random.Random) -> bytes:
    """The file after up to 30 changes of its main part."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts: dict[str, str | bytes] = {name: source.read(name) for name in source.namelist()}
    root = etree.fromstring(parts[main])
    inside = [element for element in root.iter() if element is not root]
    for _ in range(chance.randint(1, 30)):
        one, other = chance.choice(inside), chance.choice(inside)
        if one is not other:
            chance.choice(CHANGES)(one, other, chance)
    return zipped(parts | {main: etree.tostring(root)})


def outcome(data: bytes) -> FormReading | FormError:
    """What reading gives; any other exception goes on, and fails the test."""
    try:
        return interpret(read_sheet(data))
    except FormError as error:
        return error


@pytest.mark.parametrize("suffix", MAIN)
def test_a_shuffled_form_is_read_and_judged_or_refused(suffix: str, rounds: Callable[[int, int], int]) -> None:
    data = printed(suffix)
    judged = 0
    for seed in range(rounds(100, 5_000)):
        result = outcome(shuffled(data, MAIN[suffix], random.Random(seed)))  # noqa: S311 - a trial, no secret
        if isinstance(result, FormReading):
            judged += len(CHECKER.verdict(result.application).findings) > 0
        else:
            assert result.text.zh
    assert judged > rounds(50, 2_500)
