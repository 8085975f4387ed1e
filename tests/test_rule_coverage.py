"""docs/rule-coverage.md says truly which rules there are and what each is for."""

import re
from collections import Counter
from pathlib import Path

from assistant.rules import FAMILIES, RULES

PAGE = (Path(__file__).parents[1] / "docs" / "rule-coverage.md").read_text(encoding="utf-8")
# | T3-01 | 每列：… | R102、R103 |
ROW = re.compile(
    r"^\| [A-Z][A-Z0-9]-\d\d \| .+ \| (?P<rules>[A-Z]\d{3}(?:、[A-Z]\d{3})*) \|$", re.M
)


def test_every_rule_of_the_page_exists_and_every_rule_stands_on_the_page() -> None:
    named = {rule for match in ROW.finditer(PAGE) for rule in match["rules"].split("、")}
    assert named == set(RULES)


def test_the_sizes_of_the_families_are_those_of_the_catalogue() -> None:
    sizes = Counter(rule.family for rule in RULES.values())
    for letter, name in FAMILIES.items():
        assert f"| {letter} {name} | {sizes[letter]} |" in PAGE
    assert f"| 合计 | {len(RULES)} |" in PAGE
