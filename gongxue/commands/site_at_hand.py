"""Makes the site's own code usable in a command: Django, set up by the settings of the environment."""

import os

from gongxue.commands.console import Console
from gongxue.rules.text import Text


def set_up(console: Console) -> bool:
    """Set Django up; False where a setting cannot be used, which has been told."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        console.tell("", Text(f"設定有誤：{error}", f"a setting cannot be used: {error}"))
        return False
    return True


def tell_all(texts: list[Text], console: Console) -> None:
    """Each on a line of standard error."""
    for text in texts:
        console.tell("", text)


def say(console: Console, text: Text) -> None:
    """One line to standard output, in the language of the command."""
    console.say(text.in_language(console.language))
