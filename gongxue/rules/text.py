"""Words in two languages. Rules speak both, so nobody further up translates a rule again."""

from collections.abc import Sequence
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


def listed(words: Sequence[Text]) -> Text:
    """The words one after another, as either language lists them; "" for none."""
    return Text("、".join([word.zh for word in words]), ", ".join([word.en for word in words]))
