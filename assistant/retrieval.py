"""Query → the sentences of the reports that answer it, quoted; a model may phrase them.

The choice of sentences needs no model and is exact within the reports looked at: all of them where
few are meant, else those that the library's search puts first.

Text of a report is data: a sentence that gives orders to a program is neither quoted nor shown to
the model.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice

from assistant.answer import Answer, Citation, Statement, Value, count_in_words
from assistant.inventory import current_entries, refuse
from assistant.mentions import answer_mentions, asks_mentions
from assistant.model import Model
from assistant.phrasing import phrase
from assistant.query import Query
from assistant.sentences import Part, Sentence, joined, report_to_sentences
from assistant.silences import answer_silence, asks_silence, denial
from assistant.text_claims import false_claim
from assistant.topics import Term, mention
from assistant.wanted import (
    Wanted,
    asks_how,
    asks_when_done,
    asks_who,
    is_plan,
    judgement,
    names_document,
    part_in_words,
    query_to_wanted,
)
from ingest.numbers import number_in_words
from ingest.report import Report
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Up to this many reports are read whole; of more, those that the search finds.
FEW_REPORTS = 30
PASSAGES_SEARCHED = 60
# A sentence that speaks of fewer of the things asked about does not answer.
LEAST_MENTION = 0.5
MOST_REPORTS_SHOWN = 12
# A model sums up more reports than people read quotes of.
MOST_REPORTS_PHRASED = 40
MOST_REJECTED = 12
MOST_NAMED = 4
OVERVIEW_SECTION = 1
_REMEDIES: frozenset[Part] = frozenset({"remedy"})
_MEASURES: frozenset[Part] = frozenset({"measure", "remedy"})
_NO_JUDGEMENT = "报告之间比不出哪家“{}”，这要由读的人判断"
_OTHER_REMEDIES = "没有认出写明{}的句子；对上年问题的整改，报告写的是：\n"
MOST_QUOTES_PER_REPORT = 6


def retrieve(query: Query, library: Library, model: Model | None = None) -> Answer:
    """The sentences that answer, grouped by report, each quoted letter for letter and cited.

    With a model, its phrasing of them as far as it holds. "unanswerable" when no sentence answers.
    """
    return deque(retrieve_stream(query, library, model), maxlen=1)[0]


def retrieve_stream(
    query: Query, library: Library, model: Model | None = None
) -> Generator[Answer, None, None]:
    """The quotes at once, then the model's phrasing as it grows; the last is what `retrieve` gives.

    The same answer may come again while the model is silent. Closing the generator ends the call.
    """
    wanted = query_to_wanted(query)
    if wanted.says_something and asks_silence(query):
        speaks, denies = partial(_speaks, query, wanted), partial(denial, wanted.terms)
        entries = _entries(query, library)
        yield answer_silence(query, entries, wanted.matter, speaks, denies, library)
        return
    if wanted.says_something and asks_mentions(query):
        said = partial(_first_said, query, wanted)
        yield answer_mentions(query, _entries(query, library), wanted.matter, said, library)
        return
    reports = read_reports(query, library) if wanted.says_something else {}
    found = _found(query, wanted, reports)
    if not found:
        word = judgement(query)
        missing = f"{_NO_JUDGEMENT.format(word)}。" if word else _missing(query, wanted, reports)
        yield refuse(query.question, missing, library, method="retrieval", agencies=query.agencies)
        return
    quoted = quote(query, found)
    if wanted.parts == _REMEDIES and not _on_the_matter(found, wanted):
        opening = Statement(_OTHER_REMEDIES.format(wanted.matter))
        yield replace(quoted, statements=(opening, *quoted.statements))
        return
    yield quoted
    if model:
        yield from phrase(quoted, model, reports, of=quote(query, found, MOST_REPORTS_PHRASED))


def _on_the_matter(found: Sequence[Sentence], wanted: Wanted) -> bool:
    return any(share_of(sentence, wanted.terms) >= LEAST_MENTION for sentence in found)


def _missing(query: Query, wanted: Wanted, reports: Mapping[str, Report]) -> str:
    """What was looked for in vain, and in which reports where these are few."""
    if wanted.overview and query.sections and reports:
        parts = "、".join(number_in_words(number) for number in query.sections)
        return f"年报第{parts}部分没有读到文字；第二至第四部分是表格，可以问其中的数。"
    if not 0 < len(reports) <= MOST_NAMED or wanted.terms or wanted.overview:
        return "资料库的年报中没有找到能回答这个问题的内容。"
    names = "、".join(f"{report.agency}{report.year}年" for report in reports.values())
    return f"{names}的年报没有写明{wanted.matter}。"


def _speaks(query: Query, wanted: Wanted, report: Report) -> bool:
    return _first_said(query, wanted, report) is not None


def _first_said(query: Query, wanted: Wanted, report: Report) -> Sentence | None:
    """The first sentence in which a report speaks of what is wanted."""
    chosen = choose(report, wanted, query.sections)
    is_said = chosen.sentences and chosen.share >= LEAST_MENTION
    return chosen.sentences[0] if is_said else None


def _found(query: Query, wanted: Wanted, reports: Mapping[str, Report]) -> list[Sentence]:
    """The sentences that answer, in the order of the reports."""
    found = _best(choose(report, wanted, query.sections) for report in reports.values())
    if asks_when_done(query):
        return [sentence for sentence in found if not is_plan(sentence.text)]
    is_half = found and asks_how(query) and all(s.part == "problem" for s in found)
    if wanted.terms and is_half:
        return _with_its_other_part(replace(wanted, parts=_MEASURES), reports)
    if not found and wanted.parts and wanted.terms and wanted.parts != _REMEDIES:
        found = _with_its_other_part(wanted, reports)
    if not found and wanted.parts == _REMEDIES and wanted.terms:
        return _best(choose(report, replace(wanted, terms=())) for report in reports.values())
    if not found and wanted.parts and wanted.terms:
        # What a column or a platform was improved by stands in section one as often as in five.
        anywhere = replace(wanted, parts=frozenset())
        found = _best(choose(report, anywhere) for report in reports.values())
    return found


def _with_its_other_part(wanted: Wanted, reports: Mapping[str, Report]) -> list[Sentence]:
    """The problem that the terms name, with all that its report means to do: 舆情被动的对策.

    Or what is done about it, with all the problems. Which measure is meant against which problem no
    report marks.
    """
    other: frozenset[Part] = frozenset({"problem"} if "measure" in wanted.parts else {"measure"})
    named = _best(choose(r, replace(wanted, parts=other)) for r in reports.values())
    found: list[Sentence] = []
    for id in dict.fromkeys(sentence.report_id for sentence in named):
        asked = choose(reports[id], replace(wanted, terms=())).sentences
        theirs = (*(s for s in named if s.report_id == id), *asked)
        found += sorted(theirs, key=lambda s: (s.place.section or 0, s.start)) if asked else ()
    return found


def reach(query: Query, library: Library) -> str:
    """How far a list of those who speak of something can be trusted; "" when no list is asked for."""
    if not asks_who(query) or asks_silence(query) or asks_mentions(query):
        return ""
    held, read = len(_entries(query, library)), len(read_reports(query, library))
    if held == 1:
        return ""
    if read < held:
        return (
            f"（{count_in_words(held)}份年报中只通读了检索出的{count_in_words(read)}份，"
            "名单可能不全；限定年度或单位再问，可以逐份查。）"
        )
    year = f"{query.years[0]}年的" if len(query.years) == 1 else ""
    return f"（{year}{count_in_words(held)}份年报逐份查过；换了写法的可能没有列出。）"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A passage that was found and not quoted, and why, as a Chinese sentence."""

    citation: Citation
    reason: str


def rejected_passages(
    query: Query, library: Library, quoted: Sequence[Citation] = ()
) -> tuple[Rejected, ...]:
    """The passages that speak of what was asked and were not quoted, the nearest first.

    `quoted` are the citations of the answer. For showing why an answer is what it is; the answer
    itself needs none of it.
    """
    wanted = query_to_wanted(query)
    if not wanted.says_something:
        return ()
    reports = read_reports(query, library)
    found = () if quoted else _found(query, wanted, reports)
    weighed = [
        (_nearness(sentence, wanted), sentence)
        for report in reports.values()
        for sentence in report_to_sentences(report)
        if not sentence.is_heading
        and not any(_is_within(sentence, shown) for shown in found)
        and not any(_is_cited(sentence, citation) for citation in quoted)
    ]
    near = [(share, s) for share, s in weighed if share > 0 or s.gives_orders]
    near.sort(key=lambda pair: -pair[0])
    return tuple(
        Rejected(Citation(s.report_id, s.agency, s.year, s.place), _reason(query, wanted, share, s))
        for share, s in near[:MOST_REJECTED]
    )


def _is_within(sentence: Sentence, quoted: Sentence) -> bool:
    same = (sentence.report_id, sentence.place.section) == (quoted.report_id, quoted.place.section)
    return same and quoted.start <= sentence.start and sentence.end <= quoted.end


def _nearness(sentence: Sentence, wanted: Wanted) -> float:
    """How much a sentence speaks of what was asked; of a mere part, whether it is of section five."""
    if wanted.terms:
        return share_of(sentence, wanted.terms)
    return float(bool(wanted.parts and sentence.part))


def _is_cited(sentence: Sentence, citation: Citation) -> bool:
    return citation.report == sentence.report_id and sentence.text in (citation.place.quote or "")


def _reason(query: Query, wanted: Wanted, share: float, sentence: Sentence) -> str:
    if sentence.gives_orders:
        return "文字像是写给程序的指令，不作依据。"
    if asks_silence(query):
        return "写到了所问的，不在没有写到的之列。"
    if query.sections and sentence.place.section not in query.sections:
        return "不在所问的那一部分。"
    if wanted.parts and sentence.part not in wanted.parts:
        return f"说的是{part_in_words(sentence.part)}，不是所问的。"
    if share < LEAST_MENTION:
        return "只提到所问的一小部分。"
    return "不如已引用的贴切。"


# --- Which reports, which sentences ----------------------------------------------------------------


def _entries(query: Query, library: Library) -> list[Entry]:
    return [
        entry
        for entry in current_entries(library)
        if (not query.agencies or entry.agency in query.agencies)
        and (not query.years or entry.year in query.years)
        and (not query.pairs or (entry.agency, entry.year) in query.pairs)
    ]


def read_reports(query: Query, library: Library) -> dict[str, Report]:
    """The reports to read: all that are meant where they are few, else the best found."""
    entries = _entries(query, library)
    ids = [entry.id for entry in entries]
    if len(entries) > FEW_REPORTS:
        passages = library.search(
            query.topic or query.question,
            agencies=query.agencies,
            years=query.years,
            sections=query.sections,
            limit=PASSAGES_SEARCHED,
        )
        ids = list(dict.fromkeys(passage.report_id for passage in passages))
    return {id: library.report(id) for id in ids}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Sentences of one report that speak of a share of what was asked about, in reading order."""

    sentences: tuple[Sentence, ...]
    share: float


def choose(report: Report, wanted: Wanted, sections: Sequence[int] = ()) -> Chosen:
    """The sentences of one report that answer best."""
    sentences = tuple(
        sentence
        for sentence in report_to_sentences(report)
        if not sentence.gives_orders and (not sections or sentence.place.section in sections)
    )
    if wanted.contact:
        told = (s for s in sentences if s.is_contact and wanted.is_contact(s.text))
        return Chosen(tuple(islice(told, 1)), 1.0)
    if wanted.basis:
        named = tuple(s for s in sentences if not s.is_heading and names_document(s.text))
        return Chosen(_without_repeats(named), 1.0)
    if wanted.parts:
        sentences = tuple(s for s in sentences if s.part in wanted.parts)
    if wanted.overview and not sections:
        sentences = tuple(s for s in sentences if s.place.section == OVERVIEW_SECTION)
    spoken = [(share_of(s, wanted.terms), s) for s in sentences if not s.is_heading]
    best = max((share for share, _ in spoken), default=0.0)
    chosen = tuple(s for share, s in spoken if share == best)
    whole = joined(report, chosen)
    return Chosen(_without_repeats(whole), best)


def share_of(sentence: Sentence, terms: Sequence[Term]) -> float:
    """How much of what was asked a sentence speaks of, or the heading that it stands under."""
    return max(mention(sentence.text, terms), mention(sentence.under, terms))


def _best(chosen: Iterable[Chosen]) -> list[Sentence]:
    """The sentences of those reports that speak of as much as the best of them does."""
    answering = [c for c in chosen if c.sentences and c.share >= LEAST_MENTION]
    best = max((c.share for c in answering), default=0.0)
    return [s for c in answering if c.share == best for s in c.sentences]


def _without_repeats(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    return tuple({"".join(s.text.split()): s for s in reversed(tuple(sentences))}.values())[::-1]


# --- The answer, quoted ----------------------------------------------------------------------------


def quote(query: Query, found: Sequence[Sentence], most: int = MOST_REPORTS_SHOWN) -> Answer:
    """These sentences as an answer, grouped by report; how many more there are is said."""
    groups = [(id, tuple(group)) for id, group in groupby(found, key=lambda s: s.report_id)]
    shown = [(id, group[:MOST_QUOTES_PER_REPORT]) for id, group in groups[:most]]
    cut = sum(max(0, len(group) - MOST_QUOTES_PER_REPORT) for _, group in groups[:most])
    citations = tuple(
        Citation(s.report_id, s.agency, s.year, s.place) for _, group in shown for s in group
    )
    values = tuple(_who(query, [group[0] for _, group in groups]))
    statements = (*_correction(query, shown), *_statements(shown))
    if len(groups) > len(shown):
        more = count_in_words(len(groups) - len(shown))
        statements += (Statement(f"\n另有{more}份年报也写到，这里不再列出。"),)
    if cut:
        more = count_in_words(cut)
        statements += (Statement(f"\n以上年报中另有{more}处也写到，请打开原文查看。"),)
    return Answer(query.question, statements, "answered", "retrieval", values, citations)


def _correction(
    query: Query, shown: Sequence[tuple[str, Sequence[Sentence]]]
) -> Iterator[Statement]:
    """A line before the quotes where the question takes for granted another number than theirs.

    Likewise where it asks for a judgement that no report can bear out.
    """
    sentences = [sentence for _, group in shown for sentence in group]
    if word := judgement(query):
        yield Statement(f"{_NO_JUDGEMENT.format(word)}；各家写的是：\n")
    if len(shown) == 1 and (words := false_claim(query.question, (s.text for s in sentences))):
        yield Statement(f"您说的{words}与报告不符，原文是：\n")


def _who(query: Query, firsts: Iterable[Sentence]) -> Iterator[Value]:
    """The agencies themselves, where the question asks which they are."""
    if asks_who(query) and not judgement(query):
        for first in firsts:
            yield Value(first.agency, "", first.agency, first.year)


def _statements(groups: Iterable[tuple[str, Sequence[Sentence]]]) -> Iterator[Statement]:
    index = 0
    for _, group in groups:
        first = group[0]
        own_line = "\n" if index else ""
        yield Statement(f"{own_line}{first.agency}{first.year}年：")
        for sentence in group:
            yield Statement(f"\n“{' '.join(sentence.text.split())}”", (index,))
            index += 1
