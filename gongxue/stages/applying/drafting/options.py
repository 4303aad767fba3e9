"""Lists of options as markup, remembered: a page of fifty rows draws the same list fifty times."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def choices(pairs: Sequence[tuple[str, str]], chosen: str, blank: str = "") -> SafeString:
    """`<option>`s of code and label; `blank` is the label of choosing nothing. A `chosen` in no list stays, as it is written."""
    return _options(tuple(pairs), chosen, blank)


@lru_cache(maxsize=512)
def _options(pairs: tuple[tuple[str, str], ...], chosen: str, blank: str) -> SafeString:
    rows = [("", blank), *pairs] if blank else list(pairs)
    if chosen not in [code for code, _ in rows]:
        rows.append((chosen, chosen))
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, mark_safe(" selected" if code == chosen else ""), label) for code, label in rows),  # noqa: S308  # a constant
    )


def boxes(path: str, labels: Mapping[str, str], ticked: Sequence[str]) -> SafeString:
    """Tick boxes of a list of codes, with the empty input before them that the contract asks for. What is ticked and in no list stays."""
    known = {**labels, **{code: code for code in ticked if code not in labels}}
    rows: list[tuple[Any, ...]] = [
        (f"{path}:{code}", path, code, mark_safe(" checked" if code in ticked else ""), label)  # noqa: S308  # a constant
        for code, label in known.items()
    ]
    return format_html('<input type="hidden" name="{}" value="">', path) + format_html_join(
        "",
        '<label class="form-check"><input class="form-check-input" type="checkbox" id="{}" name="{}" value="{}"{}><span>{}</span></label>',
        rows,
    )
