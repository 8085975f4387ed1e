"""Whether what a question takes for granted is so: 收到6件，全部公开了吗 of one that received five.

The invariant: a premise that the record denies is corrected with the record's own number; one of
several reports is left alone, as it cannot be told of which it speaks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Statement
from assistant.lookup.composition import amount_as_printed, citations_of, whose
from assistant.lookup.editions import read_current
from assistant.query import Query
from vectorstore.holdings import Entry
from vectorstore.library import Library


def with_denials(
    answer: Answer, query: Query, entries: Sequence[Entry], library: Library
) -> Answer:
    """The answer, with a sentence for each premise that the one report asked about denies."""
    for text, citations in _denials(query, entries, library):
        known = dict.fromkeys((*answer.citations, *citations))
        places = tuple(list(known).index(citation) for citation in citations)
        answer = replace(
            answer,
            statements=(*answer.statements, Statement(text, places)),
            citations=tuple(known),
        )
    return answer


def _denials(
    query: Query, entries: Sequence[Entry], library: Library
) -> Iterator[tuple[str, list[Citation]]]:
    if len(entries) != 1:
        return
    for claim in query.claims:
        if claim.measure is None:
            continue
        reading = read_current(claim.measure, entries, library)[0]
        if reading.value is not None and reading.value != claim.number:
            name, made = claim.measure.name, amount_as_printed(reading)
            text = f"您说的{name}{claim.text}与报告不符，{whose(reading)}为{made}。"
            yield text, citations_of([reading])
