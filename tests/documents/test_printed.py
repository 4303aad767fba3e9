import sys

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongxue.documents.blocks import Blank, Paper, Tick
from gongxue.documents.printed import code_point, foot, printable, words

ANY_TEXT = st.text(st.characters())
"""Half surrogate pairs, control characters and what is no character among it."""


def test_a_character_that_cannot_be_printed_becomes_a_geta_and_is_named_once() -> None:
    missing: dict[str, None] = {}
    assert printable("甲\x07乙\ud83d丙\x07丁\uffff", missing) == "甲〓乙〓丙〓丁〓"
    assert list(missing) == ["U+0007", "U+D83D", "U+FFFF"]


def test_rare_characters_tabs_and_line_breaks_are_printed() -> None:
    missing: dict[str, None] = {}
    assert printable("𡘙㛢堃喆䒟𠮷龘\t\n　　", missing) == "𡘙㛢堃喆䒟𠮷龘\t\n　　"
    assert missing == {}


def test_every_kind_of_line_break_is_one() -> None:
    assert printable("一\r\n二\r三\n\r四", {}) == "一\n二\n三\n\n四"


def test_every_character_that_is_printed_is_one_that_xml_allows() -> None:
    everything = printable("".join(map(chr, range(sys.maxunicode + 1))), {}).replace("&", "").replace("<", "")
    assert etree.fromstring(f"<all>{everything}</all>").text == everything


@given(ANY_TEXT)
def test_what_has_been_made_printable_is_so(text: str) -> None:
    missing: dict[str, None] = {}
    once = printable(text, {})
    assert printable(once, missing) == once
    assert missing == {}
    assert once.encode().decode() == once


def test_a_code_point_has_at_least_four_digits() -> None:
    assert [code_point(sign) for sign in ("\x07", "堃", "𠮷")] == ["U+0007", "U+5803", "U+20BB7"]


def test_ticks_and_blanks_are_typed_with_signs_that_every_font_has() -> None:
    assert [words(inline) for inline in (Tick(True, "是"), Tick(False, "否"), Blank("name"), "甲")] == ["■是", "□否", "（未填）", "甲"]


def test_the_foot_tells_the_version_and_the_first_twelve_digits_of_the_digest() -> None:
    assert foot(Paper("申請書", (), "3", "0123456789abcdef" * 4)) == "版本 3　校驗碼 0123456789ab"
