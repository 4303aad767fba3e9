"""What the forms of this room hold."""

from django import forms


class Seen(forms.Form):
    """The version that somebody looked at when deciding."""

    seen = forms.IntegerField(min_value=1, max_value=10**9)


def number(text: str | None) -> int | None:
    """A small whole number from an address, None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else None
