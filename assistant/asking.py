"""A question and a library → the answer: understand, refuse or ask back, dispatch, verify.

Numbers, comparisons, checks and definitions never meet a language model; only passages are phrased
by one. Every answer is verified, whoever made it, and a statement that does not hold is dropped.
"""

import logging
import re
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

from assistant.answer import Answer, Statement, Status, Verified, verify
from assistant.check_answer import answer_check
from assistant.explaining import explain
from assistant.inventory import library_to_known, refuse
from assistant.lookup import find_scope, look_up
from assistant.model import Model, Turn
from assistant.nearest import with_nearest
from assistant.query import Known, Operation, Query
from assistant.question import filtered, nested, separate, understand
from assistant.question.kinds import WHY, WHY_BLANK
from assistant.question.outcomes import asks_outcome, asks_which_and_why
from assistant.reasons import causes, with_numbers
from assistant.retrieval import reach, retrieve_stream
from assistant.rewriting import may_be_rewritten, rewrite
from assistant.steps import in_two_steps, is_of_those, joined, narrowed_to, of_those_meeting, whose
from ingest.errors import ModelUnavailable
from ingest.report import Report
from vectorstore.library import Library

logger = logging.getLogger(__name__)

LONGEST_QUESTION_CHARACTERS = 500

_REWRITTEN = "（问法由语言模型对应到上述事项，数字仍是逐份查得；请核对是不是所问的。）"
_NOT_REWRITTEN = "（语言模型没有应答，未能换一种说法再查。）"
# 被纠正了几件，为什么: a number and its reason; of more measures the parts are the reasons.
_WHY_TOO = re.compile(
    "(?:多少|几).*[,，;；。?？]\\s*(?:这是|是)?(?:为什么|为何|为啥|什么原因|原因|怎么回事)"
)
# 哪类申请最多，为什么: a part of a whole, and the reason
_KIND_AND_WHY = re.compile("(?P<which>[^,，]*哪一?[类种][^,，]*)[,，].*(?:为什么|为何|为啥|原因)")
MOST_EXPLAINED = 3
_BARE_YEAR = re.compile("20\\d\\d[?？]?")
_CHINESE = re.compile("[一-龥]")


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer and the question as it was understood; no query for what is no question.

    `steps` are the queries that were answered one after another, where there were several.
    """

    answer: Answer
    query: Query | None
    steps: tuple[Query, ...] = ()


def ask(
    question: str,
    library: Library,
    *,
    history: Sequence[Turn] = (),
    model: Model | None = None,
) -> Answer:
    """The answer to a question after the conversation so far, each statement with its source.

    >>> from assistant import Library, ask  # doctest: +SKIP
    >>> ask("甲市乙局2023年新收多少件申请？", Library("data")).text  # doctest: +SKIP
    '甲市乙局2023年新收政府信息公开申请3件。'
    """
    return explain_and_ask(question, library, history=history, model=model).answer


def ask_stream(
    question: str,
    library: Library,
    *,
    history: Sequence[Turn] = (),
    model: Model | None = None,
) -> Iterator[Answer]:
    """The answer as it grows; each item is a verified answer, the last is what `ask` gives.

    Numbers, checks and definitions come whole, as the one item. An answer from the text comes at
    once as quotes; where a model is given, its phrasing follows a sentence at a time. While the
    model is silent the same answer comes again about once a second, so that who stops listening is
    heard: closing the generator ends the model's reply. A model that fails or takes too long
    costs a line at the end of the quotes, never an error.
    """
    with closing(explain_and_stream(question, library, history=history, model=model)) as stream:
        for asked in stream:
            yield asked.answer


def explain_and_ask(
    question: str,
    library: Library,
    *,
    history: Sequence[Turn] = (),
    model: Model | None = None,
) -> Asked:
    """What `ask` answers, together with what was understood of the question."""
    stream = explain_and_stream(question, library, history=history, model=model)
    return deque(stream, maxlen=1)[0]


def explain_and_stream(
    question: str,
    library: Library,
    *,
    history: Sequence[Turn] = (),
    model: Model | None = None,
) -> Generator[Asked, None, None]:
    """What `ask_stream` gives, each item together with what was understood of the question."""
    if unfit := _unfit(question, is_first=not history):
        yield Asked(refuse(question, unfit, library), None)
        return
    known = library_to_known(library)
    query = understand(question.strip(), history, known)
    if library.years() and (whole := _of_several(query, history, known, library)):
        yield replace(whole, answer=_verified(whole.answer, question, library))
        return
    last: Answer | None = None
    with closing(_answers(query, library, model)) as answers:
        for understood, answer in answers:
            if answer is not last:
                last = answer
                told = _with_mended(answer, understood)
                asked = Asked(_verified(told, question, library), understood)
            yield asked


def _of_several(
    query: Query, history: Sequence[Turn], known: Known, library: Library
) -> Asked | None:
    """The answer where one text asks several questions, None where it asks one."""
    if kind := _KIND_AND_WHY.match(query.question):
        which = understand(kind["which"], history, known)
        if which.kind == "lookup" and which.measures and not which.is_open:
            numbers = look_up(which, library)
            return Asked(_with_reasons(numbers, which, library), query, (which,))
    if several := separate(query.question, history, known, query):
        return _one_after_another(several, library)
    if of_those := filtered(query.question):
        found = of_those_meeting(*of_those, history, known, library)
        return Asked(*found) if found else None
    steps = nested(query.question)
    found = in_two_steps(*steps, history, known, library) if steps else None
    return Asked(*found) if found else None


def _one_after_another(queries: Sequence[Query], library: Library) -> Asked:
    """The answers to several questions as one, in their order; answered where one of them is."""
    answers: list[Answer] = []
    steps: list[Query] = []
    for before, query in pairwise((None, *queries)):
        assert query is not None
        about = query
        if before and is_of_those(before, query):
            about = narrowed_to(answers[-1], before, query) or query
        steps.append(about)
        answers.append(_with_mended(deque(_answers(about, library, None), maxlen=1)[0][1], query))
    whole = reduce(joined, answers)
    status: Status = "answered" if any(a.status == "answered" for a in answers) else whole.status
    return Asked(replace(whole, status=status), queries[0], tuple(steps))


def _with_mended(answer: Answer, query: Query) -> Answer:
    """The answer, with a line on the slips of the pen that were read as other words."""
    if not query.mended:
        return answer
    read = "，".join(f"“{typed}”按“{meant}”理解" for typed, meant in query.mended)
    return answer.with_lines(f"（{read}。）")


def _verified(answer: Answer, question: str, library: Library) -> Answer:
    verified = verify(replace(answer, question=question), question, _documents(answer, library))
    return _told_what_was_dropped(verified)


def _answers(
    query: Query, library: Library, model: Model | None
) -> Generator[tuple[Query, Answer], None, None]:
    """The answers to the question as understood; then, of one that was not, as a model reads it."""
    exact = _without_model(query, library)
    answers = iter((exact,)) if exact else _passages(query, library, model)
    for answer in answers:
        yield query, answer
    if model and answer.status == "unanswerable" and may_be_rewritten(query):
        yield from _rewritten(query, answer, library, model)


def _passages(query: Query, library: Library, model: Model | None) -> Iterator[Answer]:
    """The answers from the text, each with a line on every report asked for that is not held."""
    scope = find_scope(query, library)
    if not scope.entries and scope.gaps:
        missing = "".join(scope.gaps)
        if asks_outcome(query.question):
            missing = f"问题整改得如何，写在下一年的年报里。{missing}"
        yield refuse(query.question, missing, library, agencies=query.agencies)
        return
    last = told = None
    for answer in retrieve_stream(query, library, model):
        if answer is not last:
            is_answered = answer.status == "answered"
            lines = filter(None, (*scope.gaps, reach(query, library) if is_answered else ""))
            whole = answer if is_answered else with_nearest(answer, query, library)
            last, told = answer, whole.with_lines(*(f"\n{line}" for line in lines))
        assert told is not None
        yield told


def _rewritten(
    query: Query, refusal: Answer, library: Library, model: Model
) -> Generator[tuple[Query, Answer], None, None]:
    """The refusal while the model reads the question, then the look-up of what it chose."""
    try:
        with closing(rewrite(query, library_to_known(library), model)) as choosing:
            for chosen in choosing:
                found = look_up(chosen, library) if chosen else refusal
                if chosen and found.status == "answered":
                    yield chosen, found.with_lines(_REWRITTEN)
                else:
                    yield query, refusal
    except ModelUnavailable:
        yield query, refusal.with_lines(_NOT_REWRITTEN)


def _without_model(query: Query, library: Library) -> Answer | None:
    """The answer that no model has a part in, None where passages are asked for."""
    if query.kind == "definition" and (explained := explain(query.question, query.topic)):
        return explained
    if not library.years():
        return _empty(query.question)
    if query.refusal:
        return refuse(query.question, query.refusal, library, agencies=query.agencies)
    is_vague = query.is_open and not query.measures and not query.asks_for_measure
    if is_vague and query.kind == "lookup":
        return refuse(query.question, "没有看懂要查的是哪一项。", library)
    if _asks_why_too(query):
        return _why(query, library)
    if query.kind == "lookup" or query.is_open:
        answer = _or_near(look_up(query, library), query, library)
        asks_why = WHY.search(query.question) and not WHY_BLANK.search(query.question)
        return _with_reasons(answer, query, library) if asks_why else answer
    if query.kind == "retrieval" and query.measures and WHY.search(query.question):
        return _why(query, library)
    return answer_check(query, library) if query.kind == "check" else None


def _asks_why_too(query: Query) -> bool:
    is_plain = query.kind == "lookup" and not (query.is_open or query.conditions)
    is_few = 0 < len(query.measures) <= MOST_EXPLAINED
    asks_too = _WHY_TOO.search(query.question) or asks_which_and_why(query.question)
    return is_plain and is_few and bool(asks_too)


def _or_near(answer: Answer, query: Query, library: Library) -> Answer:
    """The answer; where no figure of the text gives the number, the sentences nearest to it."""
    is_of_text = bool(query.measures) and all(m.aspect == "figure" for m in query.measures)
    is_held = not (query.unknown_agencies or query.unknown_years or query.is_open)
    if answer.status != "unanswerable" or not is_of_text or not is_held:
        return answer
    near = with_numbers(query, library)
    if near is None:
        is_named = any(measure.figures for measure in query.measures)
        return answer if is_named else with_nearest(answer, query, library)
    names = "、".join(measure.name for measure in query.measures)
    asks_whether = query.operation == "exists" and not query.claims
    untold = "" if asks_whether else f"没有读到可以直接作答的“{names}”，"
    opening = Statement(f"{untold}有关的原文是：\n")
    return replace(near, statements=(opening, *near.statements), values=())


def _why(query: Query, library: Library) -> Answer:
    """The numbers asked about, then the reasons that the reports give, or that they give none."""
    operation: Operation = "value" if len(query.years) == len(query.agencies) == 1 else "list"
    if asks_which_and_why(query.question):
        operation = "extremum"
    numbers = look_up(replace(query, kind="lookup", operation=operation), library)
    if numbers.status != "answered":
        return numbers
    return _with_reasons(numbers, _of_those_found(query, numbers), library)


def _with_reasons(numbers: Answer, about: Query | None, library: Library) -> Answer:
    """The numbers with the sentences that give a reason for them, or that the reports give none."""
    if numbers.status != "answered" or (about and not about.measures):
        return numbers
    reasons = causes(about, library) if about else None
    if reasons is None:
        return numbers.with_lines("报告没有写明原因。")
    told = replace(numbers.with_lines("\n报告中有关原因的原文："), method="retrieval")
    return replace(joined(told, reasons), values=numbers.values)


def _of_those_found(query: Query, numbers: Answer) -> Query | None:
    """哪家最多，为什么 asks for the reasons of the one that was found; None where that is no agency."""
    if not asks_which_and_why(query.question):
        return query
    pairs = whose(numbers)
    return replace(query, pairs=pairs) if pairs else None


def _unfit(question: str, *, is_first: bool) -> str:
    """Why a question is not looked into at all, "" when it is; a bare year is one after another."""
    if not question.strip():
        return "还没有写问题。"
    if len(question) > LONGEST_QUESTION_CHARACTERS:
        return "问题太长，请把要问的写成一两句话。"
    if not _CHINESE.search(question) and (is_first or not _BARE_YEAR.fullmatch(question.strip())):
        return "请用中文提问。"
    return ""


def _empty(question: str) -> Answer:
    sentence = (
        "资料库还是空的：请先用 nianbao ingest 加文件或文件夹，或在“文库”页上传年报，再来提问。"
    )
    return Answer(question, (Statement(sentence),), "unanswerable", "lookup")


def _documents(answer: Answer, library: Library) -> Mapping[str, Report]:
    ids = dict.fromkeys(citation.report for citation in answer.citations if citation.report)
    return {id: library.report(id) for id in ids}


def _told_what_was_dropped(verified: Verified) -> Answer:
    """The answer, with a line where something could not be shown; such a drop is a defect of ours."""
    if not verified.dropped:
        return verified.answer
    for statement in verified.dropped:
        logger.error("a statement without evidence was dropped: %s", statement.text)
    return verified.answer.with_lines("\n（有的内容没有通过出处核对，未显示。）")
