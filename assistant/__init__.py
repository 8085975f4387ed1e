"""What people do with a library of annual reports: parse, keep, ask, check, draft.

>>> from assistant import Library, ask, parse  # doctest: +SKIP
>>> report = parse("甲市乙局2023.pdf")  # doctest: +SKIP
>>> report.number("requests/new/total")  # doctest: +SKIP
3

Nothing heavy is imported until it is used. No module here has the name of a public function, so
that a name always means the function.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.asking import ask, ask_stream
    from assistant.checking.check import check
    from assistant.drafting.draft import draft
    from assistant.evaluation import evaluate
    from ingest.parse import parse
    from vectorstore.library import Library

_HOMES = {
    "Library": "vectorstore.library",
    "ask": "assistant.asking",
    "ask_stream": "assistant.asking",
    "check": "assistant.checking.check",
    "draft": "assistant.drafting.draft",
    "evaluate": "assistant.evaluation",
    "parse": "ingest.parse",
}

__all__ = ["Library", "ask", "ask_stream", "check", "draft", "evaluate", "parse"]


def __getattr__(name: str) -> object:
    """The public name, imported from its module when first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
