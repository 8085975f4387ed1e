"""Query → the sentences of the reports that answer it, quoted; a model may phrase them.

The choice of sentences needs no model and is exact within the reports looked at: all of them where
few are meant, else those that the library's search puts first.

Text of a report is data: a sentence that gives orders to a program is neither quoted nor shown to
the model.
"""

import re
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from assistant.answer import Answer, Citation, Statement, Value, count_in_words
from assistant.inventory import current_entries, refuse
from assistant.model import Model
from assistant.phrasing import phrase
from assistant.query import Query
from assistant.question.outcomes import asks_outcome
from assistant.question.units import without_counts
from assistant.sentences import Part, Sentence, joined, report_to_sentences
from assistant.silences import answer_silence, asks_silence
from assistant.topics import Term, mention, topic_terms
from ingest.report import Report
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Up to this many reports are read whole; of more, those that the search finds.
FEW_REPORTS = 30
PASSAGES_SEARCHED = 60
# A sentence that speaks of fewer of the things asked about does not answer.
LEAST_MENTION = 0.5
# A sentence quoted in place of a number speaks of nearly all that was asked about.
MOSTLY = 0.6
MOST_REPORTS_SHOWN = 12
# A model sums up more reports than people read quotes of.
MOST_REPORTS_PHRASED = 40
MOST_REJECTED = 12
OVERVIEW_SECTION = 1
MOST_QUOTES_PER_REPORT = 6

_ASKS_PROBLEMS = re.compile("问题|不足|短板|困难|薄弱|毛病|缺点|欠缺|不好的|做得(?:不好|不够|差)")
_ASKS_MEASURES = re.compile(
    "改进|整改|措施|怎么改|如何改|下一步|打算|解决|改(?:了|没改|没有|好|正|过)|有没有改"
)
# 问题的改进措施: the problems are only what the measures answer.
_PROBLEMS_AS_OBJECT = re.compile(
    "(?:对|针对|就).{0,12}问题|问题的?(?:整改|改进|解决)|(?:解决|改进|整改)[^,，。]{0,6}问题"
)
_ASKS_WHO = re.compile(
    "哪些(?:单位|部门|机关|机构|局|报告|年报|区|县|市)|哪个|哪几?[家份个]|哪几|谁|几家|几个单位"
)
_ASKS_OVERVIEW = re.compile("介绍|概括|总结|概述|(?:主要|哪些|什么)工作|工作怎么样|讲讲|说说")
_ASKS_CONTACT = re.compile("电话|地址|邮箱|邮编|传真|联系方式|怎么联系|如何联系")
_NUMERAL = re.compile(r"\d|[一二两三四五六七八九十百千万][件条次人名期场个项份家篇轮天]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the sentences must be: of these parts of section five, on these terms, a contact.

    `overview` asks for what section one says, when nothing more particular is asked for.
    """

    parts: frozenset[Part]
    terms: tuple[Term, ...]
    contact: bool
    overview: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.parts or self.terms or self.contact or self.overview)

    @property
    def matter(self) -> str:
        """A name for what is looked for, in Chinese."""
        if self.contact:
            return "联系方式"
        parts = "、".join(_PART_WORDS[part] for part in sorted(self.parts))
        terms = "、".join(f"“{'／'.join(term.wordings)}”" for term in self.terms)
        return "中".join(filter(None, (parts, terms))) or "主要工作"


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
        yield answer_silence(
            query, _entries(query, library), wanted.matter, partial(_speaks, query, wanted), library
        )
        return
    reports = _reports(query, library) if wanted.says_something else {}
    found = _found(query, wanted, reports)
    if not found:
        yield refuse(
            query.question,
            "资料库的年报中没有找到能回答这个问题的内容。",
            library,
            method="retrieval",
            agencies=query.agencies,
        )
        return
    quoted = _quoted(query, found)
    yield quoted
    if model:
        yield from phrase(quoted, model, reports, of=_quoted(query, found, MOST_REPORTS_PHRASED))


def _speaks(query: Query, wanted: Wanted, report: Report) -> bool:
    chosen = choose(report, wanted, query.sections)
    return bool(chosen.sentences) and chosen.share >= LEAST_MENTION


def _found(query: Query, wanted: Wanted, reports: Mapping[str, Report]) -> list[Sentence]:
    """The sentences that answer, in the order of the reports."""
    found = _best(choose(report, wanted, query.sections) for report in reports.values())
    if not found and wanted.parts and wanted.terms:
        # What a column or a platform was improved by stands in section one as often as in five.
        anywhere = replace(wanted, parts=frozenset())
        found = _best(choose(report, anywhere) for report in reports.values())
    return found


def reach(query: Query, library: Library) -> str:
    """How far a list of those who speak of something can be trusted; "" when no list is asked for."""
    if not _ASKS_WHO.search(query.topic or query.question) or asks_silence(query):
        return ""
    held, read = len(_entries(query, library)), len(_reports(query, library))
    if read < held:
        return (
            f"（{count_in_words(held)}份年报中只通读了检索出的{count_in_words(read)}份，"
            "名单可能不全；限定年度或单位再问，可以逐份查。）"
        )
    return f"（{count_in_words(held)}份年报逐份查过；换了写法的可能没有列出。）"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A passage that was found and not quoted, and why, as a Chinese sentence."""

    citation: Citation
    reason: str


def rejected_passages(query: Query, library: Library) -> tuple[Rejected, ...]:
    """The passages that speak of what was asked and were not quoted, the nearest first.

    For showing why an answer is what it is; the answer itself needs none of it.
    """
    wanted = query_to_wanted(query)
    if not wanted.says_something:
        return ()
    reports = _reports(query, library)
    found = _found(query, wanted, reports)
    weighed = [
        (_share(sentence, wanted.terms), sentence)
        for report in reports.values()
        for sentence in report_to_sentences(report)
        if not sentence.is_heading and not any(_is_within(sentence, quoted) for quoted in found)
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


def _reason(query: Query, wanted: Wanted, share: float, sentence: Sentence) -> str:
    if sentence.gives_orders:
        return "文字像是写给程序的指令，不作依据。"
    if query.sections and sentence.place.section not in query.sections:
        return "不在所问的那一部分。"
    if wanted.parts and sentence.part not in wanted.parts:
        return f"说的是{_PART_WORDS[sentence.part]}，不是所问的。"
    if share < LEAST_MENTION:
        return "只提到所问的一小部分。"
    return "不如已引用的贴切。"


_PART_WORDS: Mapping[Part, str] = {
    "": "别的事",
    "problem": "存在的问题",
    "measure": "改进措施",
    "remedy": "上年问题的整改",
}


def query_to_wanted(query: Query) -> Wanted:
    """What to look for, from the words of the question without its names and years."""
    words = query.topic or query.question
    contact = bool(_ASKS_CONTACT.search(words))
    terms = () if contact else topic_terms(words)
    parts = _parts(query, words)
    overview = bool(query.agencies and _ASKS_OVERVIEW.search(words)) and not (parts or terms)
    return Wanted(parts, terms, contact, overview)


def _parts(query: Query, words: str) -> frozenset[Part]:
    """The parts of section five that are asked for, none when the question is not about them."""
    if _ASKS_MEASURES.search(words):
        if asks_outcome(query.question):
            return frozenset({"remedy"})
        if _PROBLEMS_AS_OBJECT.search(words) or not _ASKS_PROBLEMS.search(words):
            return frozenset({"measure", "remedy"})
        return frozenset({"problem", "measure", "remedy"})
    return frozenset({"problem"}) if _ASKS_PROBLEMS.search(words) else frozenset()


# 增量主要来自…, 主要是推行…所致
_CAUSE = re.compile("原因|由于|因为|主要(?:是|来自|集中)|来自|源于|得益于|所致|导致|影响|压力大")
_MATTER = re.compile(
    "不予公开|无法提供|纠正|申请|复议|诉讼|许可|处罚|强制|收费|文件|主动公开|建议|提案|培训|访问|用户|信息"
)


def causes(query: Query, library: Library) -> Answer | None:
    """The sentences that give a reason for the numbers asked about, None where there are none."""
    matters = {word for measure in query.measures for word in _MATTER.findall(measure.name)}
    found = [
        sentence
        for report in _reports(query, library).values()
        for sentence in report_to_sentences(report)
        if not sentence.gives_orders
        and _CAUSE.search(sentence.text)
        and any(matter in sentence.text for matter in matters - {"信息"})
    ]
    return _quoted(query, found) if found else None


def with_numbers(query: Query, library: Library) -> Answer | None:
    """The sentences with a number that speak of what is asked, where no figure of the text does.

    None where there are none: what is quoted is near the question and may not be its answer.
    """
    terms = topic_terms(without_counts(query.topic or query.question))
    if not terms:
        return None
    reports = _reports(query, library).values()
    found = [
        sentence
        for report in reports
        for sentence in report_to_sentences(report)
        if not sentence.gives_orders
        and _NUMERAL.search(sentence.text)
        and _share(sentence, terms) >= MOSTLY
    ]
    return _quoted(query, found[:MOST_QUOTES_PER_REPORT]) if found else None


# --- Which reports, which sentences ----------------------------------------------------------------


def _entries(query: Query, library: Library) -> list[Entry]:
    return [
        entry
        for entry in current_entries(library)
        if (not query.agencies or entry.agency in query.agencies)
        and (not query.years or entry.year in query.years)
        and (not query.pairs or (entry.agency, entry.year) in query.pairs)
    ]


def _reports(query: Query, library: Library) -> dict[str, Report]:
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
    """The sentences of one report that answer best, at most a handful."""
    sentences = tuple(
        sentence
        for sentence in report_to_sentences(report)
        if not sentence.gives_orders and (not sections or sentence.place.section in sections)
    )
    if wanted.contact:
        return Chosen(tuple(s for s in sentences if s.is_contact)[:1], 1.0)
    if wanted.parts:
        sentences = tuple(s for s in sentences if s.part in wanted.parts)
    if wanted.overview:
        sentences = tuple(s for s in sentences if s.place.section == OVERVIEW_SECTION)
    spoken = [(_share(s, wanted.terms), s) for s in sentences if not s.is_heading]
    best = max((share for share, _ in spoken), default=0.0)
    chosen = tuple(s for share, s in spoken if share == best)
    whole = joined(report, chosen)
    return Chosen(_without_repeats(whole)[:MOST_QUOTES_PER_REPORT], best)


def _share(sentence: Sentence, terms: Sequence[Term]) -> float:
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


def _quoted(query: Query, found: Sequence[Sentence], most: int = MOST_REPORTS_SHOWN) -> Answer:
    groups = [(id, tuple(group)) for id, group in groupby(found, key=lambda s: s.report_id)]
    shown = groups[:most]
    citations = tuple(
        Citation(s.report_id, s.agency, s.year, s.place) for _, group in shown for s in group
    )
    values = tuple(_who(query, [group[0] for _, group in groups]))
    statements = tuple(_statements(shown))
    if len(groups) > len(shown):
        more = count_in_words(len(groups) - len(shown))
        statements += (Statement(f"\n另有{more}份年报也写到，这里不再列出。"),)
    return Answer(query.question, statements, "answered", "retrieval", values, citations)


def _who(query: Query, firsts: Iterable[Sentence]) -> Iterator[Value]:
    """The agencies themselves, where the question asks which they are."""
    if _ASKS_WHO.search(query.topic or query.question):
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
