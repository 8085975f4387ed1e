"""Addresses that open the page at a place: `?tab=check`, `?q=…`, `?report=…`.

Pure. What an address names but nobody knows is passed over: the page opens as it always does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.asking import LONGEST_QUESTION_CHARACTERS
from vectorstore.holdings import Entry

TABS = ("ask", "draft", "check", "library", "settings")


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the page opens: a tab ("" for the first), a question to ask, a report to show."""

    tab: str = ""
    question: str = ""
    report: str = ""


def link_to_opening(parameters: Mapping[str, str], entries: Sequence[Entry]) -> Opening:
    """What the parameters of an address ask for; a report is named by the start of its identifier."""
    question = parameters.get("q", "").strip()[:LONGEST_QUESTION_CHARACTERS]
    if question:
        return Opening("ask", question)
    named = parameters.get("report", "")
    found = [entry.id for entry in entries if named and entry.id.startswith(named)]
    if len(found) == 1:
        return Opening("library", report=found[0])
    tab = parameters.get("tab", "")
    return Opening(tab if tab in TABS else "")
