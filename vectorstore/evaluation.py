"""How well a search finds the passages that answer: questions, ranks, and what they come to.

A set is JSON Lines: {"question", "agency", "year", "wording": "same" | "other", and "sentences" or
"rows"}. A passage of the report of that agency and year answers when it holds one of the sentences,
or is one of the rows of tables ("requests/new"). "other" says that the question avoids the words of
the text. Everything that ranks is asked for passages of the same chunks; what cuts them further
counts as the chunk that a piece was cut from.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ingest.chunk import Chunk, report_to_chunks
from ingest.errors import NianbaoError
from vectorstore.holdings import Passage
from vectorstore.keywords import content_terms
from vectorstore.library import Library
from vectorstore.peers import Document, peers

DEPTHS = (1, 5, 20)
GAIN_DEPTH = 10
DEEPEST = 20
MISSES_SHOWN = 10

# A chunk as everything that ranks names it: its report's identifier, its context and its text.
Key: TypeAlias = tuple[str, str, str]
Search: TypeAlias = Callable[["RetrievalCase"], Sequence[Key]]
# The agencies and years that a question names, as whoever answers it resolves them.
Named: TypeAlias = Callable[[str], tuple[Sequence[str], Sequence[int]]]


@dataclass(frozen=True, slots=True)
class RetrievalCase:
    """One question, the report that answers it, and how to know the answer there."""

    question: str
    agency: str
    year: int
    wording: str
    sentences: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over the questions, each between 0 and 1; `recall` by depth."""

    cases: int
    recall: Mapping[int, float]
    mrr: float
    ndcg: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way of searching, as it is called, and what it came to: for all questions, by wording."""

    name: str
    total: Measures
    by_wording: Mapping[str, Measures]


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose answer the hybrid search put late; places count from 1, None is not found."""

    case: RetrievalCase
    place: int | None
    place_by_word: int | None
    place_by_meaning: int | None
    answer: str
    first: str
    why: str


@dataclass(frozen=True, slots=True)
class RetrievalScores:
    """All ways side by side, the worst misses of the hybrid search, and what could not be asked."""

    cases: int
    chunks: int
    ways: tuple[Way, ...]
    misses: tuple[Miss, ...]
    missing: tuple[str, ...]


def is_retrieval_set(path: Path) -> bool:
    """Whether the first line of a file asks for passages rather than for an answer."""
    try:
        with path.open(encoding="utf-8") as file:
            first = json.loads(next((line for line in file if line.strip()), "{}"))
    except (OSError, ValueError):
        # Whoever reads it as a set of questions says what is wrong with it.
        return False
    return isinstance(first, dict) and bool(first.keys() & {"sentences", "rows"})


def read_retrieval_cases(path: Path) -> list[RetrievalCase]:
    """The questions of a set; raises NianbaoError that names the line it cannot read."""
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            cases.append(_line_to_case(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise NianbaoError(
                f"检索题集 {path} 第{number}行不对：应含 question、agency、year、wording，"
                "以及 sentences 或 rows。"
            ) from error
    return cases


def evaluate_retrieval(path: Path, library: Library, named: Named | None = None) -> RetrievalScores:
    """Every question put to every way of searching the library and to the peers.

    With `named` also the hybrid search within what the question itself names, as asking does it.
    Raises NianbaoError for a bad file and for a report that the library does not hold.
    """
    cases = read_retrieval_cases(path)
    documents = _documents(library)
    answers = [_answers(case, documents) for case in cases]
    others = peers(documents, library.embedder(), DEEPEST)
    searches: dict[str, Search] = {**_own_ways(library, named), **_peer_ways(others.found)}
    places = {
        name: [_places(search(case), right) for case, right in zip(cases, answers, strict=True)]
        for name, search in searches.items()
    }
    ways = tuple(_way(name, cases, answers, found) for name, found in places.items())
    misses = _misses(cases, answers, places, library)
    return RetrievalScores(len(cases), len(documents), ways, misses, others.missing)


def measure(places: Sequence[Sequence[int]], wanted: Sequence[int]) -> Measures:
    """The measures of questions: the places (from 0) of answers found, of how many there are."""
    pairs = list(zip(places, wanted, strict=True))
    return Measures(
        len(pairs),
        {k: _mean(sum(p < k for p in found) / many for found, many in pairs) for k in DEPTHS},
        _mean(1 / (1 + min(found)) if found else 0.0 for found, _ in pairs),
        _mean(_gain(p for p in found) / _gain(range(many)) for found, many in pairs),
    )


# --- The ways of searching -------------------------------------------------------------------------

KEYWORDS, VECTORS, HYBRID = "关键词", "向量", "混合"
AS_ASKED, FILTERED = "混合，限定问题写明的单位和年度", "混合，限定答案所在的单位和年度"


def _own_ways(library: Library, named: Named | None) -> dict[str, Search]:
    def found(passages: Iterable[Passage]) -> list[Key]:
        return [_key(passage.report_id, passage.chunk) for passage in passages]

    def within(case: RetrievalCase, agencies: Sequence[str], years: Sequence[int]) -> list[Key]:
        return found(library.search(case.question, agencies=agencies, years=years, limit=DEEPEST))

    ways: dict[str, Search] = {
        KEYWORDS: lambda case: found(library.search(case.question, limit=DEEPEST, by="words")),
        VECTORS: lambda case: found(library.search(case.question, limit=DEEPEST, by="meaning")),
        HYBRID: lambda case: within(case, (), ()),
    }
    if named:
        ways[AS_ASKED] = lambda case: within(case, *named(case.question))
    return ways | {FILTERED: lambda case: within(case, [case.agency], [case.year])}


def _peer_ways(found: Mapping[str, Callable[[str], list[Document]]]) -> dict[str, Search]:
    def way(search: Callable[[str], list[Document]]) -> Search:
        return lambda case: [_key(each.report_id, each.chunk) for each in search(case.question)]

    return {name: way(search) for name, search in found.items()}


def _documents(library: Library) -> list[Document]:
    return [
        Document(report.id, report.agency or "", report.year or 0, chunk)
        for report in library.reports()
        for chunk in report_to_chunks(report)
    ]


# --- Questions and their answers -------------------------------------------------------------------


def _line_to_case(row: Mapping[str, object]) -> RetrievalCase:
    sentences, rows = row.get("sentences", []), row.get("rows", [])
    if not isinstance(sentences, list) or not isinstance(rows, list) or not (sentences or rows):
        raise TypeError("sentences or rows must be a list")
    return RetrievalCase(
        str(row["question"]),
        str(row["agency"]),
        int(str(row["year"])),
        str(row["wording"]),
        tuple(_bare(str(sentence)) for sentence in sentences),
        tuple(str(name) for name in rows),
    )


def _answers(case: RetrievalCase, documents: Sequence[Document]) -> frozenset[Key]:
    """The chunks that answer; raises NianbaoError where the library holds none."""
    right = frozenset(
        _key(each.report_id, each.chunk)
        for each in documents
        if (each.agency, each.year) == (case.agency, case.year) and _answered(case, each.chunk)
    )
    if not right:
        raise NianbaoError(
            f"资料库里没有能回答“{case.question}”的段落：请先收入{case.agency}{case.year}年的年报。"
        )
    return right


def _answered(case: RetrievalCase, chunk: Chunk) -> bool:
    if chunk.place.table:
        return f"{chunk.place.table}/{chunk.place.row}" in case.rows
    text = _bare(chunk.text)
    return any(sentence in text for sentence in case.sentences)


def _key(report_id: str, chunk: Chunk) -> Key:
    return report_id, chunk.context, chunk.text


def _bare(text: str) -> str:
    return "".join(text.split())


# --- Places and what they come to ------------------------------------------------------------------


def _places(found: Sequence[Key], right: frozenset[Key]) -> list[int]:
    """Where the answers stand among the different chunks found, from 0."""
    return [place for place, key in enumerate(dict.fromkeys(found)) if key in right][:DEEPEST]


def _way(
    name: str,
    cases: Sequence[RetrievalCase],
    answers: Sequence[frozenset[Key]],
    places: Sequence[Sequence[int]],
) -> Way:
    wanted = [len(right) for right in answers]

    def of(wording: str) -> Measures:
        chosen = [n for n, case in enumerate(cases) if case.wording == wording]
        return measure([places[n] for n in chosen], [wanted[n] for n in chosen])

    wordings = dict.fromkeys(case.wording for case in cases)
    return Way(name, measure(places, wanted), {wording: of(wording) for wording in wordings})


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return round(sum(listed) / len(listed), 4) if listed else 0.0


def _gain(places: Iterable[int]) -> float:
    return sum(1 / math.log2(2 + place) for place in places if place < GAIN_DEPTH)


# --- The worst misses and why ----------------------------------------------------------------------


def _misses(
    cases: Sequence[RetrievalCase],
    answers: Sequence[frozenset[Key]],
    places: Mapping[str, Sequence[Sequence[int]]],
    library: Library,
) -> tuple[Miss, ...]:
    hybrid = places[HYBRID]
    late = [n for n, found in enumerate(hybrid) if min(found, default=DEEPEST) > 0]
    late.sort(key=lambda n: (-min(hybrid[n], default=DEEPEST), n))
    return tuple(
        _miss(
            cases[n], answers[n], [places[way][n] for way in (HYBRID, KEYWORDS, VECTORS)], library
        )
        for n in late[:MISSES_SHOWN]
    )


def _miss(
    case: RetrievalCase,
    right: frozenset[Key],
    places: Sequence[Sequence[int]],
    library: Library,
) -> Miss:
    hybrid, by_word, by_meaning = (min(each) + 1 if each else None for each in places)
    answer = min(text for _, _, text in right)
    found = library.search(case.question, limit=1)
    if not found:
        why = "没有一段说到足够多，当作没有答案"
        return Miss(case, hybrid, by_word, by_meaning, answer, "", why)
    why = _why(case, answer, found[0], by_word, by_meaning)
    return Miss(case, hybrid, by_word, by_meaning, answer, found[0].chunk.text, why)


def _why(
    case: RetrievalCase, answer: str, first: Passage, by_word: int | None, by_meaning: int | None
) -> str:
    """What went wrong, from what can be seen: words shared, who came first, which way knew."""
    asked = content_terms(case.question)
    shared = [term for term in asked if term in answer]
    taken = [term for term in asked if term in first.chunk.text]
    ways = ((by_word, "关键词"), (by_meaning, "向量"))
    reasons = [f"答案只有问题的{len(shared)}个词（共{len(asked)}个）"]
    if len(taken) > len(shared):
        reasons.append(f"排在前面的一段有{len(taken)}个：{'、'.join(taken[:4])}")
    if first.agency == case.agency and first.year != case.year:
        reasons.append("同一单位另一年度的段落相近")
    knew = [name for place, name in ways if place is not None and place <= DEPTHS[1]]
    reasons.append(f"{'、'.join(knew)}一路找到了" if knew else "两路都没有排进前五")
    return "；".join(reasons)
