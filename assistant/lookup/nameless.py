"""A number that a report may state without its being a known measure: how many firms took part.

Looks for a figure whose sentence speaks of everything that was asked about, in the unit asked for.
The invariant: half a match is no answer; then the report does not state it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from assistant.answer import Answer, Value
from assistant.inventory import refuse
from assistant.lookup.composition import Composition
from assistant.lookup.own_figures import is_bound, is_of_another
from assistant.lookup.readings import figure_to_citation, number_text
from assistant.measure import Measure
from assistant.query import Query
from assistant.question.kinds import DEEDS
from assistant.question.text_words import DEPUTIES, MEMBERS
from assistant.question.units import in_asked_units, without_counts
from assistant.topics import Term, mention, topic_terms
from ingest.characters import for_matching
from ingest.report import Figure
from vectorstore.holdings import Entry, FigureFact
from vectorstore.library import Library

# What is counted, by the noun after 多少 or by the unit itself: 多少企业 is counted in 家.
_UNITS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile("多少(?:家)?企业|几家企业|多少家|几家"), frozenset(["家", "户", "个"])),
    (
        re.compile("多少(?:个|名|位)?(?:人|代表|群众|工作人员)|几个?[名位人]"),
        frozenset(["人", "名", "位", "人次"]),
    ),
    (
        re.compile("多少钱|多少(?:万)?元|多少经费|花(?:了)?多少|金额"),
        frozenset(["元", "万元", "亿元"]),
    ),
    (
        re.compile("多少[次场期]|几[次场期]|多少(?:个)?班"),
        frozenset(["次", "场", "期", "场次", "班次"]),
    ),
    (
        re.compile("多少(?:个)?(?:工作日|天)|几(?:个)?(?:工作日|天)"),
        frozenset(["个工作日", "工作日", "天"]),
    ),
    (re.compile("率(?:是|为|达到?)?(?:多少|几)?[?？]?$|百分之几|占比"), frozenset(["%"])),
    (re.compile("(?:多少|几)(?:册|本)"), frozenset(["册", "本"])),
    (re.compile("(?:多少|几)张"), frozenset(["张"])),
    (re.compile("[多几]少?处"), frozenset(["处", "个"])),
    (re.compile("多少[条篇则]|几[条篇则]"), frozenset(["条", "篇", "则", "条次", "篇次"])),
    (re.compile("多少[件份项个]|几[件份项个]"), frozenset(["件", "份", "项", "个", "件次"])),
)
# 采纳了多少: what was done may be done to a part only
_DEED = re.compile(
    "(?P<deed>采纳|整改|解决|落实|答复|办结|吸收|反馈|回应|撤销|纠正|更正)(?:了|过)(?=多少|几)"
)
_COUNTED = re.compile("(?:多少|几)(?:人次|万元|[个家名位人次场期条篇则件份项元钱])?")
_CLAUSE = re.compile("[,，;；。、:：]")
MOST_SHOWN = 8
_ROLE = re.compile("主办|协办|会办|分办|独办")
# A number whose own clause speaks of nothing that was asked may count something else.
LEAST_IN_CLAUSE = 0.6
_SET_AGAINST = frozenset(("difference", "compare", "times", "trend"))
_MONEY = frozenset(("元", "万元"))
LEAST_BESIDE = 0.5
# 几个村: a number of other things is not sure to be meant
_NOUN = re.compile(
    "(?:(?:多少|几)(?:个|家|名|位|件|份|条|项|处|所)(?P<noun>[一-龥]{1,4}?)|多少(?P<things>[一-龥]{2,4}?))"
    "(?=[呢了吗?？,，]|$)"
)
# Reports whose figures are looked through for the name that a question says.
MOST_READ = 60
SHORTEST_NAME = 3


def with_printed_names(query: Query, entries: Sequence[Entry], library: Library) -> Query:
    """The query with the name that the reports themselves print for what is counted.

    行政权力信息多少条 asks for that figure of the breakdown, not for all that was published.
    """
    if any(measure.aspect != "figure" for measure in query.measures):
        return query
    if len(query.measures) != 1 and set(query.measures) != {DEPUTIES, MEMBERS}:
        return query
    if len(entries) > MOST_READ or query.operation in ("filter", "count"):
        return query
    if roles := _of_roles(query, entries, library):
        return replace(query, measures=roles)
    if narrower := _narrower(query, entries, library):
        return replace(query, measures=(narrower,), not_understood=())
    question = for_matching(query.question)
    known = {
        name for measure in query.measures for names in measure.figures for name in names.split("+")
    }
    names = {
        figure.name
        for figure in (fact.figure for fact in _figures(entries, library))
        if figure.name not in known
        and _is_named(figure, question)
        and (figure.unit in _MONEY or query.measures[0].unit not in _MONEY)
        and _is_of_the_deed(figure, query)
        and in_asked_units([Measure(figure.name, figure.unit, "figure")], question)
    }
    if not names:
        return query
    name = max(sorted(names), key=len)
    return replace(query, measures=(Measure(name, "", "figure", figures=(name,)),))


def _of_roles(query: Query, entries: Sequence[Entry], library: Library) -> tuple[Measure, ...]:
    """The proposals by who leads them (主办几件，协办几件), where the reports give them so."""
    roles = _ROLE.findall(query.question)
    known = {fact.figure.name for fact in _figures(entries, library)} if roles else set()
    names = [f"{m.name}（{role}）" for m in query.measures for role in roles]
    return tuple(Measure(n, "件", "figure", figures=(n,)) for n in names if n in known)


def _narrower(query: Query, entries: Sequence[Entry], library: Library) -> Measure | None:
    """The figure of which one alone speaks of the words that no measure covers: 市长出席几场."""
    if len(query.measures) != 1 or not query.not_understood:
        return None
    words = tuple(Term((for_matching(word),)) for word in query.not_understood)
    figures = [fact.figure for fact in _figures(entries, library)]
    near = {
        figure.name
        for figure in figures
        if figure.part_of in query.measures[0].figures and mention(_clause(figure), words) >= 1.0
    }
    name = near.pop() if len(near) == 1 else ""
    return Measure(name, "", "figure", figures=(name,)) if name else None


def _is_of_the_deed(figure: Figure, query: Query) -> bool:
    """Whether a figure's own clause says what was done: 收到意见214条 is none of 采纳了多少意见."""
    clause = _clause(figure)
    done = (m["deed"] for m in _DEED.finditer(for_matching(query.question)))
    return not clause or all(deed in clause for deed in done)


def _is_named(figure: Figure, question: str) -> bool:
    """Whether a question says a figure's name; 信息 may be left out where the unit is named."""
    name = for_matching(figure.name)
    if len(name) < SHORTEST_NAME:
        return False
    stem = name.removesuffix("类").removesuffix("信息")
    words = without_counts(question)
    return name in words or (
        len(stem) >= SHORTEST_NAME and stem in words and figure.unit in question
    )


def answer_nameless(query: Query, entries: Sequence[Entry], library: Library) -> Answer:
    """The sentences with a number that answer, quoted; "unanswerable" when there are none."""
    found = [fact for fact in _figures(entries, library) if _answers(query, fact)]
    agencies = tuple(dict.fromkeys(entry.agency for entry in entries))
    if not found:
        names = dict.fromkeys(f"{entry.agency}{entry.year}年" for entry in entries[:MOST_SHOWN])
        what = query.measures[0].name if query.measures else query.topic
        sentence = f"{'、'.join(names)}的报告未载明{what}。"
        return refuse(query.question, sentence, library, agencies=agencies)
    found, is_beside = _beside(query, found)
    composition = Composition(query)
    held = {entry.id: entry for entry in entries}
    sentences = groupby(found, key=lambda fact: (fact.report_id, fact.figure.sentence))
    for (report_id, sentence), group in islice(sentences, MOST_SHOWN):
        figures = _nearest(query, [fact.figure for fact in group])
        composition.say(
            f"{_label(held[report_id])}：{_number(figures)}原文：“{' '.join(sentence.split())}”",
            [figure_to_citation(figures[0], held[report_id])],
        )
        others = dict.fromkeys(f.scope for f in figures if f.scope and is_of_another(f))
        for other in others:
            composition.say(
                f"（这是{other}的数。）", [figure_to_citation(figures[0], held[report_id])]
            )
        if len(figures) == 1 and not _is_sure(query, _clause(figures[0])):
            composition.say("（这个数未必就是所问的，请看原文。）")
        if not is_beside:
            composition.say("（这句说的不是上一问所说的事，请核对。）")
        if len(figures) == 1 and not others:
            entry = held[report_id]
            composition.give(Value(figures[0].value, figures[0].unit, entry.agency, entry.year))
    if query.operation in _SET_AGAINST:
        told = {fact.report_id for fact in found}
        composition.say(_not_set_against([e for e in entries if e.id not in told]))
    return composition.answer("lookup")


def _not_set_against(untold: Sequence[Entry]) -> str:
    """That the numbers quoted were not reckoned with, and which reports have none."""
    names = "、".join(_label(entry) for entry in untold[:MOST_SHOWN])
    lacking = f"{names}没有读到相应的数，" if names else ""
    return f"（{lacking}没有相比，请看原文。）"


def _is_sure(query: Query, clause: str) -> bool:
    """Whether the number's own clause speaks of what is asked, and of the noun that is counted."""
    is_named = mention(clause, _terms(query)) >= LEAST_IN_CLAUSE
    return is_named and all(noun in clause for noun in _nouns(query))


def _nouns(query: Query) -> tuple[str, ...]:
    """What the question counts: 村 of 几个村, 问题 of 多少问题."""
    found = _NOUN.finditer(for_matching(query.topic))
    return tuple(match["noun"] or match["things"] for match in found)


def _beside(query: Query, found: list[FigureFact]) -> tuple[list[FigureFact], bool]:
    """The figures whose sentence is also on what the question before was, all where none is."""
    terms = topic_terms(without_counts(query.beside)) if query.beside else ()
    near = [f for f in found if mention(for_matching(f.figure.sentence), terms) >= LEAST_BESIDE]
    return (near, True) if near or not terms else (found, False)


def _terms(query: Query) -> tuple[Term, ...]:
    """What a sentence must speak of: what is counted, else what was done (整改了多少处)."""
    topic = _COUNTED.sub("，", query.topic)
    done = tuple(Term((word,)) for word in dict.fromkeys(DEEDS.findall(topic)))
    return topic_terms(topic) or done


def _nearest(query: Query, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The one figure whose own clause speaks of what is asked, all where several or none do."""
    nouns = _nouns(query)
    counted = [f for f in figures if nouns and all(noun in _clause(f) for noun in nouns)]
    if len(counted) == 1:
        return counted
    topic = for_matching(query.topic)
    named = [f for f in figures if _head(f) and _head(f) in topic]
    if len(named) == 1:
        return named
    clauses = [_clause(f) for f in figures]
    near = [
        figure
        for figure, clause in zip(figures, clauses, strict=True)
        if clauses.count(clause) == 1 and mention(clause, _terms(query)) >= 1.0
    ]
    return near if len(near) == 1 else figures


def _head(figure: Figure) -> str:
    """What the clause says before the number: 专家解读 of 专家解读87篇; "" where that is nothing."""
    clause, quote = _clause(figure), for_matching(figure.quote)
    head = clause.partition(quote)[0].removeprefix("其中") if clause else ""
    return head if len(head) > 1 else ""


def _clause(figure: Figure) -> str:
    """The words between two commas or points where the number stands, "" where it is not found."""
    before, quote, after = for_matching(figure.sentence).partition(
        for_matching(figure.quote) or "\n"
    )
    return _CLAUSE.split(before)[-1] + quote + _CLAUSE.split(after)[0] if quote else ""


def _number(figures: Sequence[Figure]) -> str:
    """The number that answers; none where the sentence has several that may be meant."""
    if len(figures) > 1:
        return ""
    about = "约" if figures[0].approximate else ""
    return f"{about}{number_text(figures[0].value)}{figures[0].unit}。"


def _label(entry: Entry) -> str:
    return f"{entry.agency}{entry.year}年"


def _figures(entries: Sequence[Entry], library: Library) -> list[FigureFact]:
    """The figures of these reports, in reading order."""
    wanted = {entry.id for entry in entries}
    agencies = tuple(dict.fromkeys(entry.agency for entry in entries))
    years = tuple({entry.year for entry in entries})
    figures = library.figures(agencies=agencies, years=years)
    return [fact for fact in figures if fact.report_id in wanted]


def _answers(query: Query, fact: FigureFact) -> bool:
    figure = fact.figure
    units = next((units for words, units in _UNITS if words.search(query.question)), None)
    if (units is not None and figure.unit not in units) or is_bound(figure):
        return False
    terms = (*_terms(query), *_whole_words(query))
    return bool(terms) and mention(for_matching(figure.sentence), terms) >= 1.0


def _whole_words(query: Query) -> Iterator[Term]:
    """The words that are known in part: 考核权重 asks for more than any sentence on 考核 tells."""
    for word in map(for_matching, query.not_understood):
        known = (w for term in topic_terms(word) if len(term.wordings) > 1 for w in term.wordings)
        if any(w in word and len(word) - len(w) > 1 for w in known):
            yield Term((word,))
