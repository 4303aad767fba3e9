"""What a rule says of one place in an application."""

from typing import Literal

import msgspec

from gongxue.rules.text import Language, Text

Severity = Literal["error", "warning", "info"]


class Finding(msgspec.Struct, frozen=True, gc=False):
    """One sentence about one place: `path` counts from 0, as in `sessions[2].lecturer.periods`."""

    rule: str
    severity: Severity
    clause: str
    path: str
    message: str
    message_en: str

    def in_language(self, language: Language) -> str:
        """The sentence in `language`."""
        return Text(self.message, self.message_en).in_language(language)
