"""What people do with a library of annual reports: parse, keep, ask, check.

>>> from assistant import Library, ask, parse  # doctest: +SKIP
>>> report = parse("甲市乙局2023.pdf")  # doctest: +SKIP
>>> report.number("requests/new/total")  # doctest: +SKIP
3

Nothing heavy is imported until it is used.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.ask import ask
    from assistant.check import check
    from assistant.evaluate import evaluate
    from ingest.parse import parse
    from vectorstore.library import Library

_HOMES = {
    "Library": "vectorstore.library",
    "ask": "assistant.ask",
    "check": "assistant.check",
    "evaluate": "assistant.evaluate",
    "parse": "ingest.parse",
}

__all__ = ["Library", "ask", "check", "evaluate", "parse"]


def __getattr__(name: str) -> object:
    """The public name, imported from its module when first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
