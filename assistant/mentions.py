"""How many reports speak of a matter (有几份年报提到培训), each of them quoted.

Every report in the scope is read whole, since a search that stops at the best would count too few.
Pure but for reading.
"""

from collections.abc import Callable, Sequence

from assistant.answer import Answer, Citation, Statement, Value, count_in_words
from assistant.inventory import entry_to_citation, refuse
from assistant.query import Query
from assistant.question.kinds import COUNTS_MENTIONS
from assistant.sentences import Sentence
from assistant.silences import BY_WORDING, MOST_NAMED, MOST_READ, TOO_MANY
from ingest.report import Report
from vectorstore.holdings import Entry
from vectorstore.library import Library


def asks_mentions(query: Query) -> bool:
    """Whether it asks how many reports or agencies speak of a thing."""
    return bool(COUNTS_MENTIONS.search(query.question))


def answer_mentions(
    query: Query,
    entries: Sequence[Entry],
    matter: str,
    said: Callable[[Report], Sentence | None],
    library: Library,
) -> Answer:
    """The reports among `entries` that speak of a matter, counted, each with what it says first."""
    if len(entries) > MOST_READ:
        return refuse(query.question, TOO_MANY, library, method="retrieval")
    found = [sentence for entry in entries if (sentence := said(library.report(entry.id)))]
    cited = [Citation(s.report_id, s.agency, s.year, s.place) for s in found[:MOST_NAMED]]
    # That none speaks of it stands on the reports that were read.
    cited = cited or [entry_to_citation(entry) for entry in entries[:MOST_NAMED]]
    of_all = () if found else tuple(range(len(cited)))
    read = Statement(_counted(query, found, entries, matter), of_all)
    quotes = (
        Statement(f"\n{s.agency}{s.year}年：“{' '.join(s.text.split())}”", (index,))
        for index, s in enumerate(found[:MOST_NAMED])
    )
    return Answer(
        query.question,
        (read, *quotes, Statement(BY_WORDING)),
        "answered",
        "retrieval",
        tuple(Value(s.agency, "", s.agency, s.year) for s in found),
        tuple(cited),
    )


def _counted(query: Query, found: Sequence[Sentence], entries: Sequence[Entry], matter: str) -> str:
    # A year that the conversation named before is said: nobody asked for it here.
    years = "、".join(f"{year}年" for year in query.years)
    among = f"查了{years}{'的' if years else ''}{count_in_words(len(entries))}份年报，"
    if not found:
        return f"{among}没有找到写{matter}的句子。"
    agencies = count_in_words(len({sentence.agency for sentence in found}))
    return f"{among}写到{matter}的有{agencies}家单位的{count_in_words(len(found))}份："
