"""From a question in words to a `Query`: what is asked, of whom, about which years.

Pure: it knows the vocabulary and what the library holds, and reads nothing. What it cannot make
out it names in the query; it never takes an unknown agency for a similar known one.
"""

from collections.abc import Sequence

from assistant.query import Ambiguity, Claim, Comparison, Condition, Kind, Known, Operation, Query

__all__ = [
    "Ambiguity",
    "Claim",
    "Comparison",
    "Condition",
    "Kind",
    "Known",
    "Operation",
    "Query",
    "understand",
]


def understand(question: str, history: Sequence[object] = (), known: Known | None = None) -> Query:
    """The question as understood after the conversation so far, oldest turn first."""
    del history, known
    return Query(question)
