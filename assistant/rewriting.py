"""A question that was not understood → a `Query` that a language model chose from lists.

The model is offered agencies, years, measures and operations of ours by name, and may name some of
them; whatever else it writes is thrown away whole. It never gives a number, a condition or a word
that is shown, so that nothing it does can change what a look-up finds.
"""

import json
import re
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field, ValidationError

import prompts
from assistant.model import Model, Turn
from assistant.query import Known, Operation, Query
from assistant.question.offered import offered_measures

MOST_MEASURES = 3
# A prompt has room for so many names; the likeliest are those that share characters with the words.
MOST_AGENCIES = 60
OPERATIONS: dict[str, Operation] = {
    "查一个数": "value",
    "合计": "sum",
    "平均": "average",
    "中位数": "median",
    "占比": "share",
    "相差": "difference",
    "比较": "compare",
    "排名": "rank",
    "最多或最少": "extremum",
    "历年变化": "trend",
    "逐一列出": "list",
}
_JSON = re.compile(r"\{.*\}", re.DOTALL)


class Choice(BaseModel):
    """What a model may answer: names from the lists that it was given, nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)

    agencies: list[str] = Field(default_factory=list)
    years: list[int] = Field(default_factory=list)
    concepts: list[str] = Field(min_length=1, max_length=MOST_MEASURES)
    operation: str


def may_be_rewritten(query: Query) -> bool:
    """Whether it was the wording that was not understood, and not the library that lacks something."""
    is_settled = query.refusal or query.ambiguities or query.kind not in ("lookup", "retrieval")
    lacks = query.unknown_agencies or query.unknown_years
    is_known = any(m.cells or m.figures for m in query.measures)
    return not (is_settled or lacks or is_known or query.operation in ("holdings", "blanks"))


def rewrite(query: Query, known: Known, model: Model) -> Generator[Query | None, None, None]:
    """None while the model writes, then the query that it chose, if it chose one that is allowed.

    Raises ModelUnavailable when the model fails. Closing the generator ends its reply.
    """
    agencies = _likeliest(query, known)
    text = ""
    with closing(_pieces(_prompt(query, known, agencies), model)) as pieces:
        for piece in pieces:
            text += piece
            yield None
    choice = _choice(text)
    if choice is not None and (found := _query(query, choice, known, agencies)):
        yield found


def _pieces(prompt: str, model: Model) -> Generator[str, None, None]:
    yield from model.reply([Turn("user", prompt)])


def _prompt(query: Query, known: Known, agencies: tuple[str, ...]) -> str:
    return prompts.load("rewrite_question").render(
        question=query.question,
        agencies="、".join(agencies),
        years="、".join(map(str, query.years or known.years)),
        concepts="、".join(offered_measures()),
        operations="、".join(OPERATIONS),
        shape=json.dumps(Choice.model_json_schema(), ensure_ascii=False),
    )


def _likeliest(query: Query, known: Known) -> tuple[str, ...]:
    """The agencies that the question named; else those of the library that it may mean."""
    if query.agencies:
        return query.agencies
    words = set(query.question)
    ranked = sorted(known.agencies, key=lambda name: -len(words & set(name)))
    return tuple(ranked[:MOST_AGENCIES])


def _choice(text: str) -> Choice | None:
    found = _JSON.search(text)
    try:
        return Choice.model_validate_json(found.group()) if found else None
    except ValidationError:
        return None


def _query(query: Query, choice: Choice, known: Known, agencies: tuple[str, ...]) -> Query | None:
    """The query as chosen; None where the choice names anything that was not offered."""
    measures = offered_measures()
    is_offered = (
        set(choice.agencies) <= set(agencies)
        and set(choice.years) <= set(query.years or known.years)
        and set(choice.concepts) <= set(measures)
        and choice.operation in OPERATIONS
    )
    if not is_offered:
        return None
    return replace(
        query,
        kind="lookup",
        operation=OPERATIONS[choice.operation],
        agencies=query.agencies or tuple(dict.fromkeys(choice.agencies)),
        years=query.years or tuple(sorted(set(choice.years))),
        measures=tuple(measures[name] for name in dict.fromkeys(choice.concepts)),
        conditions=(),
        claims=(),
        not_understood=(),
        is_rewritten=True,
    )
