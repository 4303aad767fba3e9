"""What reading a form back gives: the application, the cells that could not be read, or the reason why it is no form at all."""

import msgspec

from gongxue.rules.application import Application
from gongxue.rules.text import Language, Text


class FormError(Exception):
    """A file that cannot be read as a form: `text` says why, and what its owner can do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

    def in_language(self, language: Language) -> str:
        """The reason in `language`."""
        return self.text.in_language(language)


class UnreadCell(msgspec.Struct, frozen=True, gc=False):
    """A cell that was not understood: its place as a person would say it, the reason, and the text as it stands there."""

    place: Text
    reason: Text
    text: str


class FormReading(msgspec.Struct, frozen=True):
    """A form read back. What could not be read is blank in `application`, or raw text where the exchange format has text there."""

    application: Application
    unread: tuple[UnreadCell, ...] = ()
