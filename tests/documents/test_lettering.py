"""Text as a page can carry it: nothing that no font has, nothing wider than its column, and nothing else changed."""

import json

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from gongxue.documents.fonts import LATIN, LATIN_RANGES, known_faces
from gongxue.documents.lettering import BREAK, Lettering, breakable, has_marks, width

LETTERS = Lettering(known_faces())
LATIN_CHARACTERS = [chr(code) for first, last in LATIN_RANGES for code in range(first, last + 1)]


def _plain(text: str, *, simple: bool = False) -> tuple[str, list[str]]:
    missing: dict[str, None] = {}
    return LETTERS.plain(text, missing, simple=simple), list(missing)


def _typst(markup: str, characters: list[str], **how: object) -> object:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    start = f'#set document(date: datetime(year: 2000, month: 1, day: 1), title: "t")\n#set text(font: "{LATIN}", fallback: false)\n'
    compiler = typst.Compiler((start + markup).encode(), font_paths=fonts, sys_inputs={"text": json.dumps(characters)})
    return (
        json.loads(compiler.query("<wide>", field="value"))[0]
        if how.get("query")
        else compiler.compile((start + markup).encode(), format="pdf", pdf_standards="a-2b")
    )


def test_no_latin_character_is_wider_than_we_reckon() -> None:
    markup = "#set text(size: 100pt)\n#context [#metadata(json(bytes(sys.inputs.text)).map(each => measure(text(each)).width.pt()))<wide>]"
    wide = _typst(markup, LATIN_CHARACTERS, query=True)
    assert isinstance(wide, list)
    assert [each for each, real in zip(LATIN_CHARACTERS, wide, strict=True) if real > 100 * width(each) + 0.01] == []


def test_every_latin_character_is_in_the_latin_font() -> None:
    alone = [each for each in LATIN_CHARACTERS if not has_marks(each)] + [f"a{each}" for each in LATIN_CHARACTERS if has_marks(each)]
    assert isinstance(_typst("#for each in json(bytes(sys.inputs.text)) [#each ]", alone), bytes)


@pytest.mark.parametrize(
    ("written", "printed", "missing"),
    [
        ("新竹市 111 學年度", "新竹市 111 學年度", []),
        ("甲\r\n乙\r丙\u2028丁\u2029戊", "甲\n乙\n丙\n丁\n戊", []),
        ("甲\t乙", "甲    乙", []),
        ("甲\u2003乙\u202f丙\u00a0丁", "甲 乙 丙\u00a0丁", []),
        ("葛\U000e0100飾\ufe00\u200b\ufeff", "葛飾", []),
        ("\u202e左\u202c右\u2066", "左右", []),
        ("甲\x07乙", "甲〓乙", ["U+0007"]),
        ("甲\U000f0000乙\ue000", "甲〓乙〓", ["U+F0000", "U+E000"]),
        ("👨\u200d👩\u200d👧 👨", "〓〓〓 〓", ["U+1F468", "U+1F469", "U+1F467"]),
        ("e\u0301 e\u0302\u0304", "é ê̄", []),
        ("ha\u030dk o\u0358", "ha\u030dk o\u0358", []),
        ("中\u0301\u0301 \u0301", "中〓〓 〓", ["U+0301"]),
        ("か\u3099中\u3099", "が中〓", ["U+3099"]),
    ],
)
def test_text_prints_as(written: str, printed: str, missing: list[str]) -> None:
    assert _plain(written) == (printed, missing)


def test_simple_text_is_letters_digits_and_signs_that_stand_alone() -> None:
    assert _plain("教師（A1）é㛢，", simple=True) == ("教師（A1）é㛢，", [])
    assert _plain("a\u030dب", simple=True) == ("a〓〓", ["U+030D", "U+0628"])


@given(st.text())
def test_any_text_keeps_its_other_characters_in_order_and_what_is_printed_has_a_font(text: str) -> None:
    missing: dict[str, None] = {}
    printed = LETTERS.plain(text, missing)
    assert [each for each in printed if each != "\n" and not LETTERS.family(each)] == []
    assert LETTERS.plain(printed, missing) == printed
    kept = [each for each in text if "\u4e00" <= each <= "\u9fff"]
    assert [each for each in printed if each in kept] == kept


@given(st.text(st.sampled_from("字林（。！1aW-@ \u0301"), max_size=60), st.floats(1, 40))
def test_no_word_is_wider_than_its_column_and_breaks_are_all_that_is_added(text: str, room: float) -> None:
    printed = breakable(text, room)
    assert printed.replace(BREAK, "") == text
    for word in printed.replace(" ", BREAK).split(BREAK):
        letters = word.replace("字", " ").replace("林", " ").split()
        assert all(width(each) <= max(room, 1.5) for each in letters if not has_marks(each))


def test_a_word_that_fits_is_left_whole() -> None:
    assert breakable("請寄 yating.lin@example.edu.tw 謝謝", 20) == "請寄 yating.lin@example.edu.tw 謝謝"


def test_a_mark_is_never_torn_from_its_letter() -> None:
    assert BREAK + "\u030d" not in breakable("a\u030d" * 30, 3)


def test_characters_are_shared_out_among_families_in_the_order_they_are_asked() -> None:
    shares = LETTERS.by_family("字A字1 ")
    assert shares[LATIN] == "A1 "
    assert list(shares) == [LATIN, known_faces()[0].family]
    assert shares[known_faces()[0].family] == "字字"


def test_families_are_asked_in_turn() -> None:
    assert LETTERS.family("A") == LATIN
    assert LETTERS.family("字") == known_faces()[0].family
    assert LETTERS.family("\U000f0000") == ""
