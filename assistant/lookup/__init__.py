"""A `Query` for numbers → an answer from the facts: no model, no search, arithmetic in the open.

`dispatch` chooses by operation; `readings` fetches a measure from the library, `aggregates`,
`rankings`, `changes`, `filters`, `statements` and `nameless` each answer one kind of question, and
`composition` puts statements, values and citations together.
"""

from assistant.lookup.dispatch import look_up
from assistant.lookup.scope import find_scope

__all__ = ["find_scope", "look_up"]
