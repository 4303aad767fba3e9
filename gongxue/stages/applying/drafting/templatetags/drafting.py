"""Words of the desk for its templates."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from gongxue.rules.field_names import name_of
from gongxue.site.templatetags.gongxue import text
from gongxue.stages.applying.drafting.sections import section_of

register = template.Library()


@register.filter
def section_label(name: str) -> str:
    """What a section is called; one that is none of ours after the field of that name."""
    found = section_of(name)
    return text(found.label if found is not None else name_of(name))


@register.filter
def said(spots: Mapping[str, SafeString], spot: str) -> SafeString | str:
    """What is found at a spot of the page, "" for nothing."""
    return spots.get(spot, "")
