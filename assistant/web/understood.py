"""What was understood of a question, as chips, and why the answer is what it is, as HTML.

Pure and escaping.
"""

from collections.abc import Mapping, Sequence
from html import escape

from assistant.answer import Answer, Method
from assistant.asking import Asked
from assistant.check_answer import question_to_subject
from assistant.lookup.standing import asks_standing
from assistant.measure import Measure
from assistant.query import Change, Condition, Known, Operation, Query
from assistant.question.kinds import WHY
from assistant.render import place_to_text
from assistant.retrieval import Rejected
from assistant.wanted import query_to_wanted
from assistant.web.corrections import (
    ALL_AGENCIES,
    agency_choice,
    measure_choice,
    year_choice,
)
from ingest.numbers import number_in_words
from ingest.report import Concept, Place

# More names than this are counted instead.
MOST_NAMES = 3
# Characters of a passage that was passed over.
LONGEST_QUOTE = 60

OPERATION_WORDS: Mapping[Operation, str] = {
    "value": "查一个数",
    "sum": "合计",
    "average": "平均",
    "median": "中位数",
    "deviation": "标准差",
    "times": "倍数",
    "share": "占比",
    "difference": "相差",
    "compare": "比较",
    "rank": "排名",
    "extremum": "最多或最少",
    "count": "计数",
    "filter": "按条件找",
    "trend": "历年变化",
    "streak": "连续增减",
    "pace": "年均增减",
    "exists": "是否",
    "list": "逐一列出",
    "passages": "查找原文",
    "explain": "解释",
    "check": "核查",
    "holdings": "资料库里有什么",
    "blanks": "空白的格",
}
METHOD_WORDS: Mapping[Method, str] = {
    "lookup": "从法定表格或正文中逐份查得，没有推断。",
    "aggregate": "逐份查得后按规则计算，没有用语言模型。",
    "retrieval": "年报不多时逐份通读，多时先按词句和语义检索；再选出作答的句子，照抄原文。",
    "check": "用规则库逐条核查所问的年报。",
    "definition": "按法规和表样的定义回答。",
}
_ASPECT_WORDS = {"figure": "取自正文中的数", "statement": "取自正文的表述"}
_COMPARISON_WORDS = {"blank": "为空白", "stated": "有载明", "unstated": "未载明"}


def chips_to_html(asked: Asked | None, known: Known, file: str = "") -> str:
    """The question as it was understood: agencies, years, measures, operation; then what was not.

    Agency, year and measure can be chosen anew among what is `known`. `file` is the uploaded report
    that the answer stands on.
    """
    query = asked.query if asked else None
    chips = [_chip("依据", f"上传的《{file}》", "nb-chip-file")] if file else []
    if query is not None:
        chips += _query_chips(query, known)
    return f"<ul class='nb-chips' aria-label='问题的理解'>{''.join(chips)}</ul>" if chips else ""


def _query_chips(query: Query, known: Known) -> list[str]:
    agencies = _names(query.agencies, "家单位") or ALL_AGENCIES
    years = _names([f"{year}年" for year in query.years], "个年度") or "未限定"
    measures = "、".join(measure.name for measure in query.measures)
    return [
        agency_choice(query, known, agencies),
        year_choice(query, known, years),
        *([measure_choice(measures)] if measures else []),
        *(_chip("条件", _condition(condition)) for condition in query.conditions),
        _chip("做法", OPERATION_WORDS[query.operation]),
        *(_chip("资料库没有", name, "nb-chip-lacking") for name in _unknown(query)),
        *(_chip("没看懂", word, "nb-chip-lacking") for word in query.not_understood),
    ]


def _chip(kind: str, text: str, more: str = "") -> str:
    return f"<li class='nb-chip {more}'><span>{escape(kind)}</span>{escape(text)}</li>"


def _unknown(query: Query) -> list[str]:
    return [*query.unknown_agencies, *(f"{year}年" for year in query.unknown_years)]


def _names(names: Sequence[str], counted: str) -> str:
    return f"{len(names)}{counted}" if len(names) > MOST_NAMES else "、".join(names)


def _condition(condition: Condition) -> str:
    """A condition as a formula: 2023年新收>行政复议×2."""
    bound = "" if condition.number is None else str(condition.number)
    if condition.other:
        bound = condition.other.name + (f"×{condition.times}" if condition.times != 1 else "")
    elif condition.than:
        bound = f"{condition.than}的"
    comparison = _COMPARISON_WORDS.get(condition.comparison, condition.comparison)
    year = f"{condition.year}年" if condition.year else ""
    return f"{year}{condition.measure.name}{comparison}{bound}"


def _change(change: Change) -> str:
    unit = "%" if change.is_percent else ""
    direction = "减少" if change.falls else "增加"
    return f"比上年{direction}{change.comparison}{change.number}{unit}"


def why_to_html(asked: Asked | None, rejected: Sequence[Rejected] = ()) -> str:
    """A folded panel: how the answer was made, what was looked up, what was found and passed over.

    `rejected` are passages that speak of what was asked and were not quoted.
    """
    if asked is None:
        return ""
    facts = [("做法", _how(asked))]
    steps = asked.steps or tuple(filter(None, (asked.query,)))
    for number, query in enumerate(steps, 1):
        if len(steps) > 1:
            facts.append((f"第{number_in_words(number)}步", OPERATION_WORDS[query.operation]))
        facts += _looked_up(query, asked.answer.method)
    facts.append(("依据", _evidence(asked.answer)))
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts)
    return (
        "<details class='nb-fold nb-why'><summary>为什么是这个答案</summary>"
        f"<dl class='nb-facts'>{rows}</dl>{_passed_over(rejected)}</details>"
    )


def _how(asked: Asked) -> str:
    """How the answer was made; of what was not answered, how far it was looked into."""
    query, status = asked.query, asked.answer.status
    if status == "clarify":
        return "有的词可能指几样，没有猜，先问清楚。"
    if status == "unanswerable" and (query is None or query.refusal):
        return "不是年报所载的事，没有去查。"
    if status == "unanswerable" and query and query.unknown_agencies:
        return "资料库没有所问单位的年报，没有用别的单位代替。"
    if status == "unanswerable":
        return "在下列范围内查过，没有查到可以作答的。"
    return METHOD_WORDS[asked.answer.method]


def _looked_up(query: Query, method: Method) -> list[tuple[str, str]]:
    """Where one query looked, for what, under which conditions."""
    agencies = _names(query.agencies, "家单位") or ALL_AGENCIES
    years = _names([f"{year}年" for year in query.years], "个年度") or "各年"
    if query.pairs:
        years = _names([f"{agency}{year}年" for agency, year in query.pairs], "份年报")
    if method == "definition" or query.refusal:
        return []
    facts = [("范围", f"{agencies}；{years}")]
    asks_why = bool(query.measures and WHY.search(query.question))
    if query.kind == "lookup" or asks_why:
        facts += [("查的内容", _measure(measure)) for measure in query.measures]
    if query.kind == "lookup" and asks_standing(query):
        facts.append(("相比的范围", "同一年度的全部年报"))
    facts += [("条件", _condition(condition)) for condition in query.conditions]
    if query.change:
        facts.append(("条件", _change(query.change)))
    if asks_why:
        facts.append(("要找的话", "说明原因的句子"))
    elif method == "check":
        facts.append(("核查的方面", question_to_subject(query.question).name or "全部规则"))
    elif query.kind == "retrieval" or (query.kind == "lookup" and method == "retrieval"):
        facts.append(("要找的话", query_to_wanted(query).matter))
    return facts


def _passed_over(rejected: Sequence[Rejected]) -> str:
    if not rejected:
        return ""
    items = "".join(
        f"<li><b>{escape(each.reason)}</b>{escape(each.citation.agency or '')}{each.citation.year}年"
        f"{escape(place_to_text(each.citation.place))}：“{escape(_clipped(each.citation.place.quote))}”</li>"
        for each in rejected
    )
    return f"<h3>检索到而没有采用的</h3><ul class='nb-doubts'>{items}</ul>"


def _clipped(quote: str | None) -> str:
    text = " ".join((quote or "").split())
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}……"


def _measure(measure: Measure) -> str:
    if measure.aspect in _ASPECT_WORDS:
        return f"{measure.name}：{_ASPECT_WORDS[measure.aspect]}"
    formula = _cells(measure.cells)
    if measure.aspect == "ratio":
        less = f"－{_cells(measure.less)}" if measure.less else ""
        formula = f"（{formula}）÷（{_cells(measure.over)}{less}）"
    elif measure.less:
        formula = f"{formula}－{_cells(measure.less)}"
    definition = f"（{measure.definition}）" if measure.definition else ""
    return f"{measure.name}＝{formula}{definition}"


def _cells(cells: Sequence[Concept]) -> str:
    places = (Place(table=c.table, row=c.row, column=c.column) for c in cells)
    return "＋".join(place_to_text(place) for place in places)


def _evidence(answer: Answer) -> str:
    reports = {citation.report for citation in answer.citations if citation.report}
    if answer.status == "unanswerable":
        return f"没有；下方卡片列出资料库现有的年报{len(reports)}份。" if reports else "没有。"
    if not reports:
        return f"法规和表样{len(answer.citations)}处，见下方各卡片。"
    return f"{len(reports)}份年报中的{len(answer.citations)}处，见下方各卡片。"
