"""`python -m gongxue.site.demo`: migrate, and fill the demo once."""

import os
import sys

import django


def main() -> int:
    """Exit status 2 where this is no demo."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongxue.settings")
    os.environ.setdefault("GONGXUE_DEMO", "1")
    django.setup()
    from gongxue.site.demo.fill import NotADemoError, ensure_demo

    try:
        filled = ensure_demo()
    except NotADemoError as error:
        sys.stderr.write(f"這不是示範站 | not a demo: {error}\n")
        return 2
    sys.stdout.write("示範城市已建好 | the demo's city is there\n" if filled else "示範城市照舊 | the demo's city is as it was\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
