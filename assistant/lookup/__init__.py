"""A `Query` for numbers → an answer from the facts: no model, no search, arithmetic in the open.

`dispatch` chooses by operation; `readings` fetches a measure from the library, `aggregates`,
`rankings`, `changes`, `filters`, `statements` and `nameless` each answer one kind of question, and
`composition` puts statements, values and citations together.
"""

from assistant.lookup.dispatch import look_up

__all__ = ["look_up"]
