"""Addresses that open the page at a place: `?tab=check`, `?q=…`, `?report=…&finding=R101`.

Pure. What an address names but nobody knows is passed over: the page opens as it always does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from assistant.asking import LONGEST_QUESTION_CHARACTERS
from vectorstore.holdings import Entry

TABS = ("ask", "draft", "check", "library", "settings")
_RULE = re.compile("[A-Z]{1,3}[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the page opens: a tab ("" for the first), a question to ask, a report to show.

    `finding` is the rule whose findings in that report are opened.
    """

    tab: str = ""
    question: str = ""
    report: str = ""
    finding: str = ""


def link_to_opening(parameters: Mapping[str, str], entries: Sequence[Entry]) -> Opening:
    """What the parameters of an address ask for; a report is named by the start of its identifier."""
    question = parameters.get("q", "").strip()[:LONGEST_QUESTION_CHARACTERS]
    if question:
        return Opening("ask", question)
    named = parameters.get("report", "")
    found = [entry.id for entry in entries if named and entry.id.startswith(named)]
    if len(found) == 1:
        rule = parameters.get("finding", "")
        return Opening("library", "", found[0], rule if _RULE.fullmatch(rule) else "")
    tab = parameters.get("tab", "")
    return Opening(tab if tab in TABS else "")


def report_link(report: str, finding: str = "") -> str:
    """The address of a report in the library, or of what one rule found in it, from the page's own."""
    parameters = {"report": report, **({"finding": finding} if finding else {})}
    return f"?{urlencode(parameters)}"


def question_link(question: str) -> str:
    """The address that asks a question."""
    return f"?{urlencode({'q': question})}"
