"""What the library holds, said in a sentence: the second half of every refusal.

Counts are written in words, and each report named is cited, so that its year is a fact.
"""

from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import Answer, Citation, Method, Statement, count_in_words
from assistant.query import Known
from ingest.report import Place
from vectorstore.holdings import Entry
from vectorstore.library import Library

# More than this nobody reads; the page and `nianbao library` list them all.
MOST_NAMED = 16


def refuse(
    question: str,
    sentence: str,
    library: Library,
    *,
    method: Method = "lookup",
    agencies: Iterable[str] = (),
) -> Answer:
    """The answer "unanswerable": what is missing, then what the library holds.

    With `agencies`, what it holds of these is said; all of it when it holds nothing of them.
    """
    held = current_entries(library)
    wanted = frozenset(agencies)
    theirs = [entry for entry in held if entry.agency in wanted]
    statements, citations = _held(theirs or held, of_some=bool(theirs))
    return Answer(
        question, (Statement(sentence), *statements), "unanswerable", method, (), citations
    )


def current_entries(library: Library) -> list[Entry]:
    """The reports that questions are answered from, by agency and year."""
    return list(library.once_a_change(_current))


def entries_of(library: Library, agencies: Iterable[str]) -> list[Entry]:
    """The reports of these agencies that questions are answered from, by agency and year."""
    held = library.once_a_change(_by_agency)
    return [entry for agency in sorted(set(agencies)) for entry in held.get(agency, ())]


def library_to_known(library: Library) -> Known:
    """What the understanding of a question must know of the library."""
    return library.once_a_change(_known)


def _current(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    current = (entry for entry in entries if entry.current)
    return tuple(sorted(current, key=lambda entry: (entry.agency, entry.year)))


def _by_agency(entries: Sequence[Entry]) -> Mapping[str, Sequence[Entry]]:
    held: dict[str, list[Entry]] = {}
    for entry in _current(entries):
        held.setdefault(entry.agency, []).append(entry)
    return held


def _known(every: Sequence[Entry]) -> Known:
    entries = _current(every)
    return Known(
        agencies=tuple(dict.fromkeys(entry.agency for entry in entries)),
        years=tuple(sorted({entry.year for entry in entries})),
        reports=tuple((entry.agency, entry.year) for entry in entries),
    )


def entry_to_citation(entry: Entry) -> Citation:
    """A citation of a whole report, by its title."""
    return Citation(entry.id, entry.agency, entry.year, Place(quote=entry.title))


def _held(
    entries: list[Entry], *, of_some: bool
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    if not entries:
        return (Statement("资料库还是空的。"),), ()
    named = entries[:MOST_NAMED]
    years: dict[str, list[str]] = {}
    for entry in named:
        years.setdefault(entry.agency, []).append(f"{entry.year}年")
    names = "、".join(f"{agency}（{'、'.join(of_it)}）" for agency, of_it in years.items())
    more = "等" if len(entries) > len(named) else ""
    whose = "资料库中有关的年报" if of_some else "资料库现有年报"
    text = f"{whose}{count_in_words(len(entries))}份：{names}{more}。"
    citations = tuple(entry_to_citation(entry) for entry in named)
    return (Statement(text, tuple(range(len(citations)))),), citations
