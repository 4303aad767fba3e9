"""The state of a letter, with why it is not there."""

from typing import Any, Final

from django import template

from gongxue.rules.workflow import MESSAGE, state
from gongxue.site.mail.reasons import told

register = template.Library()
TONES: Final = {
    "waiting": "grey", "sending": "blue", "sent": "green", "failed": "seal", "uncertain": "amber", "bounced": "seal", "dropped": "grey",
}  # fmt: skip
"""Amber and red wait for a person."""


@register.inclusion_tag("mail/state.html")
def letter_state(letter: Any) -> dict[str, Any]:
    """The state of a letter as a badge, its reason behind it."""
    return {"label": state(MESSAGE, letter.state).label, "tone": TONES[letter.state], "why": told(letter.error), "letter": letter}
