"""What a page says after a form was saved without JavaScript: both texts of a clash, what cannot be kept, a row that can be put back."""

from functools import cached_property
from typing import Any

import msgspec
from django.http import QueryDict

from gongxue.records.changes import Clash
from gongxue.records.refusals import Refused
from gongxue.rules.text import Text
from gongxue.stages.applying.drafting import pages, typed
from gongxue.stages.applying.drafting.actions import Kept
from gongxue.stages.applying.drafting.draft import Draft
from gongxue.stages.applying.drafting.posted import Posted, value_at
from gongxue.stages.applying.drafting.sections import SECTIONS
from gongxue.stages.applying.drafting.sections.section import Section


class OtherPerson(Refused):
    """What was typed by one person is not saved in the name of another."""


class Wrong(msgspec.Struct, frozen=True):
    """A field that cannot be kept as it was typed."""

    path: str
    label: Text
    words: Text


class Saved:
    """What came of a form."""

    def __init__(self, section: Section, form: Posted, kept: Kept) -> None:
        self.section, self.form, self.kept = section, form, kept
        self.refused = {**form.refused, **kept.refused}

    @cached_property
    def clashes(self) -> list[Clash]:
        """What clashed now, and what was on the page before and is not chosen yet."""
        document = self.kept.application.document
        again = [
            Clash(path, value_at(document, path), yours.split("\n") if typed.kind_of(path) == "ticks" else yours)
            for path, yours in self.form.pending.items()
            if path not in {each.path for each in self.kept.clashes}
        ]
        return [*self.kept.clashes, *again]

    @property
    def removed(self) -> str:
        """The row that was taken away, as JSON to put it back with; "" for none."""
        gone = next((each for each in self.kept.done if each.kind == "remove"), None)
        return msgspec.json.encode({"list": gone.path, **gone.base}).decode() if gone is not None else ""

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to say, and the browser goes on."""
        return not (self.clashes or self.refused or self.removed)

    @property
    def next_address(self) -> str:
        """Where the browser goes on."""
        names = [section.name for section in SECTIONS]
        here = names.index(self.section.name)
        pk = self.kept.application.pk
        if self.form.verb == "next":
            return pages.check_address(pk) if here + 1 == len(names) else pages.section_address(pk, names[here + 1])
        spot = f"{self.form.target.partition(' ')[0]}/{self.form.row}" if self.form.row else self.form.target
        return pages.section_address(pk, self.section.name) + (f"#{spot}" if self.form.row or self.form.verb in ("up", "down") else "")

    def to_say(self, post: QueryDict) -> dict[str, Any]:
        """The context of the page that says it; what cannot be kept stands in its field as it was typed."""
        draft = Draft(self.kept.application)
        labels = pages.labels_of(list(self.refused), draft)
        known = pages.context(draft, self.section)
        return {
            "clashes": pages.both(self.clashes, draft),
            "refused": [Wrong(path, labels[path], words) for path, words in self.refused.items()],
            "removed": self.removed,
            "fields": pages.fields(draft, self.section, known, {path: str(post.get(path, "")) for path in self.refused}),
        }
