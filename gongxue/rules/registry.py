"""All rules by code, in the order of the plan's page of rules."""

from gongxue.rules import budget, community, lecturers, people, sessions
from gongxue.rules.rule import Rule

RULES: dict[str, Rule] = {
    each.code: each for each in (*community.rule.all, *people.rule.all, *sessions.rule.all, *lecturers.rule.all, *budget.rule.all)
}
