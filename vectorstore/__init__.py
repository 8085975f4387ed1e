"""The library on disk: records, vectors, originals. Knows Report and Chunk; nothing of rules.

Importing the package loads neither the database nor the vector store; `Library` is fetched when it
is first named.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vectorstore.library import Library

__all__ = ["Library"]


def __getattr__(name: str) -> object:
    if name == "Library":
        from vectorstore.library import Library

        return Library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
