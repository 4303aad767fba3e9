"""Numbers in words and figures: capital numerals of receipts, everyday Chinese numerals, money and quantities as the forms print them."""

_CAPITAL_DIGITS = "零壹貳參肆伍陸柒捌玖"
_CAPITAL_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "萬", "億", "兆")
LARGEST = 10**16 - 1
"""The largest amount that has a spelling: 兆 is the last group, of four figures like the others."""

_PLAIN = str.maketrans("壹貳參叁叄肆伍陸柒捌玖拾佰仟弍貮両兩两万亿", "一二三三三四五六七八九十百千二二二二二萬億")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUP_VALUES = {"萬": 10**4, "億": 10**8, "兆": 10**12}
NUMERALS = "〇○零一二三四五六七八九十百千廿卅壹貳參叁叄肆伍陸柒捌玖拾佰仟弍貮兩"
"""The characters that `read_number` reads below 萬, for patterns that look for a number in words."""

_LONGEST = 40
_EXACT_FLOAT = 10**15


def capital(amount: int, *, prefix: str = "") -> str:
    """壹萬零伍元整 for 10,005, `prefix` (新臺幣) before it; 零元整 for 0.

    ValueError for what is not a whole number from 0 to `LARGEST`: no receipt may bear a guess.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise ValueError(f"capital numerals need whole dollars, not {amount!r}")
    if not 0 <= amount <= LARGEST:
        raise ValueError(f"capital numerals go from 0 to {LARGEST:,}, not {amount:,}")
    return f"{prefix}{_spelled(amount)}元整"


def _spelled(number: int) -> str:
    """The number in capital numerals: 零 stands once wherever one or more places are skipped before the next digit."""
    if number == 0:
        return _CAPITAL_DIGITS[0]
    words = ""
    skipped = False
    for group in range(len(_GROUPS) - 1, -1, -1):
        four = number // 10000**group % 10000
        if four == 0:
            skipped = True
            continue
        for place in range(3, -1, -1):
            digit = four // 10**place % 10
            if digit == 0:
                skipped = True
                continue
            words += ("零" if skipped and words else "") + _CAPITAL_DIGITS[digit] + _CAPITAL_PLACES[place]
            skipped = False
        words += _GROUPS[group]
        skipped = False
    return words


def read_number(text: str) -> int | None:
    """The number that Chinese numerals spell with places (一百一十一, 廿一, 壹萬零伍) or digit by digit (二○二二), or None."""
    digits = [_DIGITS.get(character) for character in text.translate(_PLAIN)]
    if digits and len(digits) <= _LONGEST and None not in digits:
        return int("".join(str(digit) for digit in digits))
    return read_places(text)


def read_places(text: str) -> int | None:
    """The number that Chinese numerals spell with their places, everyday or capital, or None.

    Only a full spelling is read: 一萬二 could be 12,000 or 10,002, so it is None; 一十 may be shortened to 十, and 零 may stand before a full
    千 (壹拾萬零柒仟).
    """
    plain = text.translate(_PLAIN).replace("廿", "二十").replace("卅", "三十")
    value = _added_up(plain) if 0 < len(plain) <= _LONGEST else None
    return value if value is not None and _comparable(plain) in _spellings(value) else None


def _added_up(plain: str) -> int | None:
    """What the numerals add up to, in whatever order they stand; `read_places` then asks whether it would be spelled so."""
    total = section = digit = 0
    for character in plain:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _PLACES:
            section += (digit or 1) * _PLACES[character]
            digit = 0
        elif character in _GROUP_VALUES:
            total += (section + digit) * _GROUP_VALUES[character]
            section = digit = 0
        else:
            return None
    return total + section + digit


def _spellings(value: int) -> tuple[str, ...]:
    if value > LARGEST:
        return ()
    full = _comparable(_spelled(value).translate(_PLAIN))
    return full, "".join(f"{group}零" if _full_thousand(full, at) else group for at, group in enumerate(full))


def _full_thousand(words: str, at: int) -> bool:
    return words[at] in _GROUP_VALUES and words[at + 2 : at + 3] == "千"


def _comparable(plain: str) -> str:
    return plain.replace("○", "零").replace("〇", "零").replace("一十", "十")


def money(amount: int, *, unit: bool = False) -> str:
    """12,345, or 12,345 元."""
    return f"{amount:,} 元" if unit else f"{amount:,}"


def quantity(number: int | float) -> str:
    """Half periods as 2.5, whole numbers as 2, whether they came as 2 or 2.0; any other number exactly as it is."""
    if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT_FLOAT:
        return str(int(number))
    return str(number)
