"""A decision made on the page → the workbook after it.

Pure but for a model, where one is asked to polish a part. The invariant: what the page sends is only
looked up, in the parts and the suggestions of the draft; what names nothing there changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from assistant.drafting.draft import Draft, DraftPart
from assistant.drafting.polish import reworded_by
from assistant.drafting.revision import Style
from assistant.drafting.suggestions import Suggestion
from assistant.drafting.workbook import Workbook
from assistant.model import Model

LONGEST_EDIT = 20_000  # characters of one part


@dataclass(frozen=True, slots=True)
class Decision:
    """What the page tells: what to do, to which part or suggestion, with which words."""

    act: str
    part: str = ""
    key: str = ""
    text: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def decision_of(about: Mapping[str, object]) -> Decision:
    """The decision in an event of the page; what has not the right type is as good as absent."""
    words = {name: about.get(name) for name in ("act", "part", "key", "text")}
    texts = about.get("texts")
    own = (
        {str(k): str(v)[:LONGEST_EDIT] for k, v in texts.items()} if isinstance(texts, dict) else {}
    )
    known = {name: word[:LONGEST_EDIT] for name, word in words.items() if isinstance(word, str)}
    return Decision(known.pop("act", ""), **known, texts=own)


def decide(book: Workbook, written: Draft, decision: Decision, model: Model | None) -> Workbook:
    """The workbook after the decision; `written` is its draft before it."""
    if decision.act == "reopen":
        return book.decided(book.revision.reopened())
    suggestion = next((s for s in written.suggestions if s.key == decision.key), None)
    if suggestion is not None and decision.act in _ON_SUGGESTIONS:
        return _ON_SUGGESTIONS[decision.act](book, written, suggestion, decision)
    part = next((p for p in written.parts if p.name == decision.part), None)
    if part is None:
        return book
    if decision.act == "polish":
        return _polished(book, part, model)
    return _ON_PARTS[decision.act](book, part, decision) if decision.act in _ON_PARTS else book


def _styled(book: Workbook, part: DraftPart, decision: Decision) -> Workbook:
    return book.styled(part.name, cast("Style", decision.act))


_ON_PARTS: Mapping[str, Callable[[Workbook, DraftPart, Decision], Workbook]] = {
    "reword": lambda book, part, _: book.reworded(part.name),
    "short": _styled,
    "full": _styled,
    "plain": _styled,
    "restore": lambda book, part, _: book.decided(book.revision.restored(part.name)),
    "save": lambda book, part, decision: book.edited(part, decision.text),
}


def _polished(book: Workbook, part: DraftPart, model: Model | None) -> Workbook:
    """The part in the model's words, kept like a hand edit; ModelUnavailable passes through."""
    if model is None:
        return book
    (prose,) = reworded_by(model, [part.prose])
    return book.decided(book.revision.edited(part.name, prose))


def _accepted(book: Workbook, _: Draft, suggestion: Suggestion, decision: Decision) -> Workbook:
    return book.accepted(suggestion, decision.texts)


def _dismissed(book: Workbook, _: Draft, suggestion: Suggestion, __: Decision) -> Workbook:
    return book.decided(book.revision.with_dismissed(suggestion.key))


def _supplied(
    book: Workbook, written: Draft, suggestion: Suggestion, decision: Decision
) -> Workbook:
    section = next(
        s for s in (written.preamble, *written.sections) if s.number == suggestion.section
    )
    part = next((p for p in section.parts if suggestion.text in p.prose.text), None)
    return book.supplied(part, suggestion.text, decision.text) if part else book


_ON_SUGGESTIONS: Mapping[str, Callable[[Workbook, Draft, Suggestion, Decision], Workbook]] = {
    "accept": _accepted,
    "dismiss": _dismissed,
    "supply": _supplied,
}
