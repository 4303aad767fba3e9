import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongxue.rules.numerals import LARGEST, capital, money, quantity
from gongxue.rules.text import Text
from gongxue.rules.written import Refusal
from gongxue.rules.written_amounts import parse_capital, parse_money, parse_quantity


@pytest.mark.parametrize(
    "text",
    ["12345", "12,345", "12,345元", "12,345 元", "12,345元整", "NT$12,345", "NT$ 12,345", "nt 12345", "NTD 12,345", "NTD$12,345", "$12,345",
     "＄１２，３４５", "１２３４５", "１２，３４５元", "新臺幣12,345元整", "新台幣 12,345 元正", "12, 345", "12345.0", "12,345.00元", "012345",
     "壹萬貳仟參佰肆拾伍元整", "新臺幣壹萬貳仟參佰肆拾伍元整", "一萬二千三百四十五元"],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_spelled(text: str) -> None:
    assert parse_money(text) == 12_345


@pytest.mark.parametrize(("text", "amount"), [("0", 0), ("0元", 0), ("零元整", 0), ("-500", -500), ("−1,500元", -1_500), ("NT$-500", -500)])
def test_nothing_and_negative_amounts_are_read_for_the_rules_to_judge(text: str, amount: int) -> None:
    assert parse_money(text) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("　", "blank"),
        ("1,23,45", "grouping"),
        ("1,2345", "grouping"),
        ("12,34元", "grouping"),
        ("12,", "grouping"),
        ("12.5", "cents"),
        ("12,345.10元", "cents"),
        ("1234567890123456", "digits"),
        ("12 345", "unreadable"),
        ("--5", "unreadable"),
        ("-$-5", "unreadable"),
        ("五千", "unreadable"),
        ("5千元", "unreadable"),
        ("一萬二元", "unreadable"),
        ("5000¹", "unreadable"),
        ("１２½", "unreadable"),
        ("約5,000元", "unreadable"),
        ("5000-6000", "unreadable"),
        ("元", "unreadable"),
        ("٥٠٠", "unreadable"),
        ("9" * 101, "unreadable"),
    ],
)
def test_what_is_no_whole_amount_is_refused_with_its_reason(text: str, code: str) -> None:
    refused = parse_money(text)
    assert isinstance(refused, Refusal)
    assert refused.code == code


def test_a_refusal_names_what_was_seen_and_says_what_to_write() -> None:
    refused = parse_money("1,23,45")
    assert isinstance(refused, Refusal)
    assert refused.reason == Text(
        "「1,23,45」的千分位逗號位置不對，可能少了數字。請寫成 12,345 元。",
        "The commas of “1,23,45” are misplaced; a figure may be missing. Write 12,345.",
    )


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.booleans())
def test_money_as_we_print_it_is_read_back(amount: int, unit: bool) -> None:
    assert parse_money(money(amount, unit=unit)) == amount


@given(st.integers(0, LARGEST), st.sampled_from(["", "新臺幣"]))
def test_capital_numerals_as_we_print_them_are_read_back(amount: int, prefix: str) -> None:
    assert parse_capital(capital(amount, prefix=prefix)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("伍仟元整", 5_000),
        ("伍仟圓正", 5_000),
        ("新台幣 伍 仟 元 整", 5_000),
        ("五千元", 5_000),
        ("叁万元整", 30_000),
        ("壹拾萬零柒仟元整", 107_000),
    ],
)
def test_capital_numerals_are_read_in_their_variants(text: str, amount: int) -> None:
    assert parse_capital(text) == amount


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "blank"), ("伍仟", "unreadable"), ("壹萬貳元整", "unreadable"), ("伍零零零元", "unreadable"), ("5000元", "unreadable")],
)
def test_what_is_no_full_spelling_of_an_amount_is_refused(text: str, code: str) -> None:
    refused = parse_capital(text)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert refused.reason.zh.endswith("。請寫成 壹萬貳仟參佰元整。")


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("2.0", 2), ("2.5", 2.5), ("２．５", 2.5), ("2.5 節", 2.5), ("2節", 2), ("-1", -1), ("1,000", 1_000), ("1e-07", 1e-07)],
)
def test_a_quantity_is_read_with_or_without_its_unit(text: str, number: float) -> None:
    assert parse_quantity(text, unit="節") == number


def test_a_whole_quantity_is_an_int() -> None:
    assert [type(parse_quantity(text)) for text in ("2", "2.0", "2.5")] == [int, int, float]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "blank"),
        ("2份", "unit"),
        ("2-3", "unit"),
        ("2½", "unit"),
        ("兩節", "unreadable"),
        ("1e999", "unreadable"),
        ("1234567890123456", "digits"),
    ],
)
def test_what_is_no_quantity_is_refused(text: str, code: str) -> None:
    refused = parse_quantity(text, unit="節")
    assert isinstance(refused, Refusal)
    assert refused.code == code


@given(st.one_of(st.integers(-(10**15) + 1, 10**15 - 1), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_quantity_as_we_print_it_is_read_back(number: float) -> None:
    assert parse_quantity(quantity(number)) == number


@given(st.one_of(st.text(), st.text("0123456789,.-$元整壹萬仟零NT ", max_size=16)))
def test_any_text_is_an_amount_or_refused_in_both_languages(text: str) -> None:
    for answer in (parse_money(text), parse_capital(text), parse_quantity(text)):
        if isinstance(answer, Refusal):
            assert answer.reason.zh.isprintable()
            assert answer.reason.en.isprintable()
