import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.written import plain, shown


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("１１１年　８月　１日", "111年8月1日"),
        (" 111 . 8 . 1 ", "111.8.1"),
        ("111.8.17  13:30", "111.8.17 13:30"),
        ("1\t\n 2", "1 2"),
        ("１３︰３０〜１５∶３０", "13:30~15:30"),
        ("111－8–1—2−3", "111-8-1-2-3"),
        ("111‧8・1。", "111.8.1."),
        ("\ufeff1\u200b2\u202e3", "123"),
        ("㈢", "(三)"),
        ("5000¹", "5000¹"),
        ("2½節", "2½節"),
        ("①", "①"),
    ],
)
def test_what_people_write_is_made_comparable(text: str, spelling: str) -> None:
    assert plain(text) == spelling


@given(st.text("0１一年月日．。/／-－—~～:：︰()（） 　\n\u200b下午元,，$＄¹½①"))
def test_plain_spelling_is_plain_already(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "inside_a_sentence"),
    [
        ("8/1", "8/1"),
        (" 八月\n一日 ", "八月 一日"),
        ("一" * 20, "一" * 20),
        ("一" * 21, "一" * 20 + "…"),
        ("a\x00b\ud800\u202e", "a〓b〓〓"),
    ],
)
def test_what_was_written_is_shown_short_and_printable(text: str, inside_a_sentence: str) -> None:
    assert shown(text) == inside_a_sentence


@given(st.text(st.characters()))
def test_whatever_was_written_can_be_shown(text: str) -> None:
    assert shown(text).isprintable()
    assert len(shown(text)) <= 21
