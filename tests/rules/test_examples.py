"""Every rule has examples that a school clerk can read, and does what they say."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gongxue.rules.application import Application
from gongxue.rules.check import check
from gongxue.rules.programme_file import load_programme
from gongxue.rules.registry import RULES

EXAMPLES = Path(__file__).parent.parent / "examples"
PROGRAMME = load_programme("hsinchu-111")


def _changed(example: dict[str, Any]) -> Application:
    content = json.loads((EXAMPLES / "bases" / f"{example.get('base', 'autonomous')}.json").read_text("utf-8"))
    for path, value in example.get("set", {}).items():
        place, last = _place(content, path)
        place[last] = value
    for path in example.get("remove", []):
        place, last = _place(content, path)
        del place[last]
    for path, row in example.get("append", {}).items():
        content[path].append(row)
    return msgspec.convert(content, Application)


def _place(content: Any, path: str) -> tuple[Any, Any]:
    *steps, last = [int(token) if token.isdigit() else token for token in re.findall(r"\w+", path)]
    for step in steps:
        content = content[step]
    return content, last


def _all(kind: str) -> list[Any]:
    return [
        pytest.param(path.stem, example, id=f"{path.stem}: {example['when']}")
        for path in sorted(EXAMPLES.glob("*.toml"))
        for example in tomllib.loads(path.read_text("utf-8"))[kind]
    ]


def test_every_rule_of_the_plan_has_passing_and_failing_examples() -> None:
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in EXAMPLES.glob("*.toml")}
    assert set(files) == set(PROGRAMME.rules)
    assert [code for code, file in files.items() if not file["passes"] or not file["fails"]] == []
    assert set(PROGRAMME.rules) <= set(RULES)


@pytest.mark.parametrize("base", ["autonomous", "thematic", "curriculum"])
def test_the_bases_have_no_findings(base: str) -> None:
    assert check(_changed({"base": base}), PROGRAMME) == []


@pytest.mark.parametrize(("code", "example"), _all("passes"))
def test_passes(code: str, example: dict[str, Any]) -> None:
    assert [finding for finding in check(_changed(example), PROGRAMME) if finding.rule == code] == []


@pytest.mark.parametrize(("code", "example"), _all("fails"))
def test_fails(code: str, example: dict[str, Any]) -> None:
    found = [finding for finding in check(_changed(example), PROGRAMME) if finding.rule == code]
    assert [finding.path for finding in found] == example["finds"]
    assert example["says"] in found[0].message
    assert {(finding.severity, finding.clause) for finding in found} == {(RULES[code].severity, PROGRAMME.rules[code])}
    assert all(finding.message_en for finding in found)
    assert all(not re.search(r"[{}]", finding.message + finding.message_en) for finding in found)
