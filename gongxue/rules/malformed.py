"""What is said of a file that cannot be read: every wrong place in it, and what was expected there."""

import msgspec

from gongxue.rules.text import Language, Text

MOST_TOLD = 20
"""Of one application no more wrong places than these are told; the others are counted."""

LONGEST_PATH = 100
"""A path is cut after so many characters where it is told: an unknown key may be as long as it likes."""


class WrongPlace(msgspec.Struct, frozen=True):
    """One wrong place. `line` and `column` count characters from 1, 0 where they are not known; `path` is "" for the file as a whole."""

    expected: Text
    path: str = ""
    line: int = 0
    column: int = 0

    def in_language(self, language: Language) -> str:
        """One line for people: the place, and what was expected."""
        where = Text(f"第 {self.line} 行第 {self.column} 欄", f"line {self.line}, column {self.column}").in_language(language)
        comma, colon = ("，", "：") if language == "zh" else (", ", ": ")
        place = comma.join(part for part in (where if self.line else "", self._short_path()) if part)
        return place + colon + self.expected.in_language(language) if place else self.expected.in_language(language)

    def _short_path(self) -> str:
        return visible(self.path[:LONGEST_PATH]) + ("…" if len(self.path) > LONGEST_PATH else "")


class MalformedError(Exception):
    """An application that cannot be read. `wrong` are the wrong places in reading order, `untold` how many more there are."""

    def __init__(self, wrong: tuple[WrongPlace, ...], untold: int = 0) -> None:
        super().__init__("; ".join(place.in_language("en") for place in wrong))
        self.wrong, self.untold = wrong, untold

    @classmethod
    def whole(cls, zh: str, en: str, path: str = "") -> "MalformedError":
        """For one reason, about `path` or the file as a whole."""
        return cls((WrongPlace(Text(zh, en), path),))

    def in_language(self, language: Language) -> list[str]:
        """One line for each wrong place, and one that says how many more there are."""
        lines = [place.in_language(language) for place in self.wrong]
        if self.untold:
            lines.append(
                Text(f"另有 {self.untold:,} 處，先改好上面這些再試", f"{self.untold:,} more; put these right first").in_language(language)
            )
        return lines


def visible(text: str) -> str:
    """`text` with control characters and the like written as escapes, so that no file moves the cursor of who reads about it."""
    if text.isprintable() or text.replace("\u3000", "").isprintable():
        return text
    return "".join(character if _plain(character) else character.encode("unicode_escape").decode() for character in text)


def _plain(character: str) -> bool:
    # The ideographic space counts as unprintable for Python, and stands in much Chinese text.
    return character.isprintable() or character == "\u3000"


def quoted(text: str, most: int = 30) -> Text:
    """`text` in the quotation marks of either language, on one line, cut after `most` characters."""
    short = visible(text[:most]) + ("…" if len(text) > most else "")
    return Text(f"「{short}」", f"“{short}”")
