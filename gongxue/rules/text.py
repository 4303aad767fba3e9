"""Words in two languages. Rules speak both, so nobody further up translates a rule again."""

from typing import Literal

import msgspec

Language = Literal["zh", "en"]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sentence or label in Traditional Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """The words in `language`."""
        return self.en if language == "en" else self.zh
