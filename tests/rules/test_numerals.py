import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongxue.rules.numerals import LARGEST, capital, money, quantity, read_number, read_places

CAPITALS = [
    (0, "零元整"),
    (5, "伍元整"),
    (10, "壹拾元整"),
    (1_000, "壹仟元整"),
    (1_001, "壹仟零壹元整"),
    (5_000, "伍仟元整"),
    (10_005, "壹萬零伍元整"),
    (10_100, "壹萬零壹佰元整"),
    (12_000, "壹萬貳仟元整"),
    (20_010, "貳萬零壹拾元整"),
    (28_000, "貳萬捌仟元整"),
    (98_765, "玖萬捌仟柒佰陸拾伍元整"),
    (100_203, "壹拾萬零貳佰零參元整"),
    (101_000, "壹拾萬壹仟元整"),
    (1_000_000, "壹佰萬元整"),
    (12_000_500, "壹仟貳佰萬零伍佰元整"),
    (100_000_000, "壹億元整"),
    (100_001_000, "壹億零壹仟元整"),
    (100_010_000, "壹億零壹萬元整"),
    (10**12, "壹兆元整"),
    (10**12 + 1, "壹兆零壹元整"),
]


@pytest.mark.parametrize(("amount", "spelling"), CAPITALS)
def test_an_amount_is_spelled_in_capital_numerals(amount: int, spelling: str) -> None:
    assert capital(amount) == spelling


def test_the_currency_stands_before_the_numerals() -> None:
    assert capital(5_000, prefix="新臺幣") == "新臺幣伍仟元整"


@pytest.mark.parametrize("amount", [-1, LARGEST + 1, 5000.0, "5000", True, None])
def test_what_is_no_amount_has_no_capital_numerals(amount: object) -> None:
    with pytest.raises(ValueError, match="capital numerals"):
        capital(amount)  # type: ignore[arg-type]  # the point is what happens when the checker is not asked


def slow_capital(amount: int) -> str:
    """Figure by figure with 零 for every zero, then the zeros that may not stand removed: the way it is taught at school."""
    words = ""
    figures = f"{amount:016d}"
    for group, start in zip("兆億萬 ", range(0, 16, 4), strict=True):
        four = figures[start : start + 4]
        named = [("零壹貳參肆伍陸柒捌玖"[int(figure)], place) for figure, place in zip(four, "仟佰拾 ", strict=True)]
        spelled = "".join(digit if digit == "零" else digit + place for digit, place in named)
        words += "零" if four == "0000" else spelled.replace(" ", "").rstrip("零") + group
    while "零零" in words:
        words = words.replace("零零", "零")
    return (words.replace(" ", "").strip("零") or "零") + "元整"


AMOUNTS = st.one_of(
    st.integers(0, LARGEST),
    st.integers(0, 200_000),
    st.lists(st.sampled_from("0001259"), min_size=1, max_size=16).map(lambda figures: int("".join(figures))),
)


@given(AMOUNTS)
@example(10**15)
@example(LARGEST)
def test_the_capital_numerals_agree_with_a_slow_second_spelling(amount: int) -> None:
    assert capital(amount) == slow_capital(amount)


def test_every_amount_up_to_the_largest_grant_agrees_with_the_slow_spelling() -> None:
    assert [amount for amount in range(28_001) if capital(amount) != slow_capital(amount)] == []


@given(AMOUNTS)
def test_spelled_out_numbers_are_read_back(amount: int) -> None:
    assert read_number(capital(amount).removesuffix("元整")) == amount


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("一十二", 12),
        ("廿", 20),
        ("廿一", 21),
        ("卅一", 31),
        ("一百一十一", 111),
        ("一百十一", 111),
        ("一一一", 111),
        ("一○一", 101),
        ("一〇一", 101),
        ("一百零一", 101),
        ("一百〇一", 101),
        ("二○二二", 2022),
        ("二千零二十二", 2022),
        ("兩千零二十二", 2022),
        ("壹佰壹拾壹", 111),
        ("叁萬", 30_000),
        ("拾萬", 100_000),
        ("壹拾萬柒仟", 107_000),
        ("壹拾萬零柒仟", 107_000),
        ("一億零一千", 100_001_000),
        ("一億一千萬", 110_000_000),
    ],
)
def test_chinese_numerals_are_read(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一萬二",
        "一百一",
        "一億一千",
        "百萬十",
        "十百",
        "一萬一萬",
        "九千九千兆",
        "二十十",
        "一千零零一",
        "零十",
        "一千零",
        "111",
        "一a",
        "年",
        "十" * 41,
        "九" * 41,
    ],
)
def test_what_is_no_full_spelling_is_not_read(text: str) -> None:
    assert read_number(text) is None


def test_digits_in_a_row_have_no_places() -> None:
    assert (read_places("一一一"), read_places("一百一十一")) == (None, 111)


@given(st.text("零〇○一二三十百千萬億兆廿卅壹拾a", max_size=12))
def test_a_number_that_is_read_with_places_has_one_full_spelling(text: str) -> None:
    number = read_places(text)
    if number is not None:
        assert read_places(capital(number).removesuffix("元整")) == number


def test_money_has_commas() -> None:
    assert [money(amount) for amount in (0, 999, 1_000, 12_345, 1_234_567, -500)] == ["0", "999", "1,000", "12,345", "1,234,567", "-500"]


def test_money_may_bear_its_unit() -> None:
    assert money(12_345, unit=True) == "12,345 元"


def test_half_periods_print_as_such_and_whole_ones_without_a_point() -> None:
    assert [quantity(number) for number in (2, 2.0, 2.5, 0.5, 0, -0.0, -1.5)] == ["2", "2", "2.5", "0.5", "0", "0", "-1.5"]


@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)))
@example(1e300)
@example(10.0**15)
def test_a_quantity_prints_the_very_number(number: float) -> None:
    assert float(quantity(number)) == number
