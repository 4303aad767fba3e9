"""docs/operations.md tells every setting that is read and every command that keeps the site, and no others."""

import re
from pathlib import Path

from gongxue.commands.operating import OPERATING

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_the_table_of_settings_is_what_the_settings_read() -> None:
    read = re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "gongxue" / "settings.py").read_text("utf-8"))
    told = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE)
    assert sorted(told) == sorted(set(read))
    assert len(told) == len(set(told))


def test_every_command_that_keeps_the_site_is_told() -> None:
    told = set(re.findall(r"gongxue (\w+)", PAGE))
    assert {command.name for command in OPERATING} - told == set()
