"""The words of one programme: the labels of its tiers, lists and budget lines, and the codes that they stand for."""

from collections.abc import Iterable, Mapping
from typing import Final

from gongxue.documents.phrases.budget_notes import all_notes
from gongxue.rules.programme import BudgetItem, Choice, Choices, Programme
from gongxue.rules.register import normal

Codes = Mapping[str, str]
"""Codes and their Chinese labels, in the form's order."""

OTHER: Final = "other"

_OTHER_NAMES_OF_METHODS: Final = {
    "主題討論": "topic_discussion",
    "共備": "co_planning",
    "專家學者諮詢輔導": "expert_consultation",
    "諮詢輔導": "expert_consultation",
}
"""主題討論 and 專家學者諮詢輔導 stand in the form's own example rows; the others are what people say."""

_OTHER_NAMES_OF_MODES: Final = {
    "臺鐵": "train",
    "自強號": "train",
    "區間車": "train",
    "高速鐵路": "high_speed_rail",
    "公車": "bus",
    "巴士": "bus",
    "自用車": "private_car",
    "自行開車": "private_car",
    "開車": "private_car",
    "小黃": "taxi",
}

_OTHER_NAMES_OF_KINDS: Final = {
    "隸屬": "affiliated",
    "外聘(隸屬機關)": "affiliated",
    "有隸屬關係": "affiliated",
    "外聘有隸屬關係": "affiliated",
    "有隸屬關係之機關學校人員": "affiliated",
    "外聘有隸屬關係之機關學校人員": "affiliated",
    "外聘(有隸屬關係之機關學校人員)": "affiliated",
    "外聘專家學者": "external",
    "外聘(專家學者)": "external",
    "隸屬主辦機關、學校人員": "internal",
}


def key(text: str) -> str:
    """How labels are compared: after NFKC, without white space, capitals and small letters alike, 臺 and 台 too."""
    return normal(text).lower().replace("臺", "台")


class Vocabulary:
    """What a programme calls things on its forms."""

    def __init__(self, programme: Programme) -> None:
        lists = programme.lists
        self.register = programme.register
        self.tiers: Codes = {tier.code: tier.label.zh for tier in programme.tiers}
        self.tier_names = _keys(
            {tier.short.zh: tier.code for tier in programme.tiers},
            {f"{tier.short.zh}社群": tier.code for tier in programme.tiers},
            {tier.label.zh: tier.code for tier in programme.tiers},
        )
        self.contents: Codes = _labels(lists.content_types)
        self.approaches: Codes = _labels(lists.approaches)
        self.methods: Codes = _labels(lists.methods)
        self.method_names = _names(self.methods, _OTHER_NAMES_OF_METHODS, self.approaches)
        self.kinds: Codes = _labels(lists.lecturer_kinds)
        self.kind_names = _names(self.kinds, _OTHER_NAMES_OF_KINDS)
        self.modes: Codes = _labels(lists.travel_modes)
        self.mode_names = _names(self.modes, _OTHER_NAMES_OF_MODES)
        self.items = {item.code: item for item in programme.budget}
        self.notes = frozenset(key(note) for note in all_notes(programme))
        self.items_of_label: dict[str, tuple[BudgetItem, ...]] = {}
        for item in programme.budget:
            label = key(item.label.zh)
            self.items_of_label[label] = (*self.items_of_label.get(label, ()), item)
        self.item_names = _keys(
            {item.label.zh: item.code for item in reversed(programme.budget)},
            {item_label(item): item.code for item in programme.budget},
        )


def item_label(item: BudgetItem) -> str:
    """The label of a budget line, with whom it pays where the label alone does not tell."""
    return f"{item.label.zh}（{item.who.zh}）" if item.who is not None else item.label.zh


_vocabularies: dict[int, tuple[Programme, Vocabulary]] = {}


def vocabulary(programme: Programme) -> Vocabulary:
    """The vocabulary of a programme, made once while the programme lives here."""
    kept = _vocabularies.get(id(programme))
    if kept is None or kept[0] is not programme:
        if len(_vocabularies) >= 64:
            _vocabularies.clear()
        kept = _vocabularies[id(programme)] = (programme, Vocabulary(programme))
    return kept[1]


def _labels(choices: Choices | None) -> Codes:
    return {code: choice.zh for code, choice in _each(choices)}


def _each(choices: Choices | None) -> Iterable[tuple[str, Choice]]:
    return choices.codes.items() if choices is not None else ()


def _names(codes: Codes, also: Mapping[str, str], elsewhere: Codes | None = None) -> Mapping[str, str]:
    """Keys of all names of `codes`: those `also` in use, those of another list of the form, and above all their own."""
    return _keys(
        {name: code for name, code in also.items() if code in codes},
        {label: code for code, label in (elsewhere or {}).items() if code in codes},
        {label: code for code, label in codes.items()},
    )


def _keys(*names: Mapping[str, str]) -> Mapping[str, str]:
    """The names as keys; later ones go before earlier ones, and longer ones are met first."""
    found = {key(name): code for group in names for name, code in group.items()}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))
