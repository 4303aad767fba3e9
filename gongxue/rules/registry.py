"""All rules by code, by subject; a programme's file gives them their order."""

from gongxue.rules import budget, community, lecturers, materials, people, sessions
from gongxue.rules.rule import Rule

RULES: dict[str, Rule] = {
    each.code: each
    for each in (*community.rule.all, *people.rule.all, *sessions.rule.all, *lecturers.rule.all, *budget.rule.all, *materials.rule.all)
}
