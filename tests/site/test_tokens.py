"""The colours of the look: every pair of text and ground that is used reaches 4.5:1, in light and in dark."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parent.parent.parent / "gongxue/site/styles/_tokens.scss").read_text("utf-8")
TINTED = ("teal", "seal", "amber", "green", "blue")
PAIRS = [
    *[(ink, ground) for ink in ("ink", "muted", "teal", "seal", "amber", "green", "blue") for ground in ("page", "surface")],
    *[(ink, f"{ink}-tint") for ink in TINTED],
    *[("ink", f"{tint}-tint") for tint in (*TINTED, "grey")],
    ("teal-dark", "teal-tint"), ("teal-dark", "surface"), ("band-ink", "band"), ("band-ink", "band-here"), ("button-ink", "button"),
    ("button-ink", "button-dark"), ("ink", "heat-stripe"), ("ink", "heat-between"), ("muted", "grey-tint"),
]  # fmt: skip
EDGES = [("edge", "page"), ("edge", "surface"), ("focus", "page"), ("focus", "surface"), ("teal", "surface")]
"""Borders of fields and the focus ring: 3:1."""


def tokens(dark: bool) -> dict[str, str]:
    """The colours by name; those of the dark mode over the light ones."""
    light, _, rest = TOKENS.partition("@media (prefers-color-scheme: dark)")
    of = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return of | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", rest.partition("@media")[0])) if dark else of


def luminance(colour: str) -> float:
    """Of WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_all_text_can_be_read(dark: bool) -> None:
    of = tokens(dark)
    assert {
        f"{ink} on {ground}": round(contrast(of[ink], of[ground]), 2) for ink, ground in PAIRS if contrast(of[ink], of[ground]) < 4.5
    } == {}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_edges_and_the_focus_ring_can_be_seen(dark: bool) -> None:
    of = tokens(dark)
    assert {
        f"{edge} on {ground}": round(contrast(of[edge], of[ground]), 2) for edge, ground in EDGES if contrast(of[edge], of[ground]) < 3
    } == {}


def test_the_tokens_are_those_of_the_look() -> None:
    of = tokens(dark=False)
    look = {
        "page": "#faf8f4", "surface": "#ffffff", "line": "#e4dfd5", "ink": "#1e2a2f", "muted": "#57646b", "teal": "#0f5b63",
        "teal-dark": "#0a444a", "teal-tint": "#e5f0f0", "seal": "#a8261c", "seal-tint": "#fbeae7", "amber": "#96480a",
        "amber-tint": "#fdf2df", "green": "#2c6636", "green-tint": "#e7f2e8", "blue": "#33527f", "blue-tint": "#e9eff8",
    }  # fmt: skip
    assert {name: of[name] for name in look} == look
