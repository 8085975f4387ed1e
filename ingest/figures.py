"""Sections → figures: every number of the text with what it counts, its unit and its sentence.

Knows how a report's sentences count; reads no tables. The invariant: a figure's sentence and quote
are the document's own letters; a number that is of another body, another year or a part of a total
says so; a number whose meaning no words give is left out rather than named by guess.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.figure_names import NAMES, OUTCOMES, PUBLISHED
from ingest.figure_parts import Parts
from ingest.figure_scope import scope_of, year_of
from ingest.figure_tokens import MASK, Token, View, sentence_view, view_tokens
from ingest.figure_zeros import view_zeros
from ingest.report import Figure, Section
from ingest.sentences import Span, sentence_spans

PUBLISHED_TOTAL = "主动公开信息"
_RIGHT_LENGTH = 20
_LEFT_LENGTH = 80
_LONGEST_NAME = 24
# Four numbers with nothing but bars or spaces between them: a table that no reader recognised.
_TABLE_ROW = re.compile(r"(?:\|[^|]*){4}|(?:\d+(?:\.\d+)?\s+){4}")
_CLAUSE_BREAK = re.compile(r"[,;:。]")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence of a section with its view; `paragraph` counts the section's lines."""

    text: str
    view: View
    start: int
    paragraph: int


def sections_to_figures(
    texts: Iterable[Section], agency: str | None, year: int | None
) -> tuple[Figure, ...]:
    """The figures of the sections in reading order.

    `agency` and `year` are the report's own: a figure that is of another body has that body as its
    scope, one that is of another year has that year.
    """
    figures: list[Figure] = []
    for section in texts:
        figures.extend(_section_figures(section, agency, year))
    return tuple(_with_published_total(figures))


def _section_figures(section: Section, agency: str | None, year: int | None) -> list[Figure]:
    figures: list[Figure] = []
    paragraph, parts, offset = -1, Parts(), 0
    for index, sentence in enumerate(_sentences(section.text)):
        if sentence.paragraph != paragraph:
            paragraph, parts, offset = sentence.paragraph, Parts(), len(figures)
        own = list(_sentence_figures(sentence, section, agency, year))
        base = len(figures)
        for position, (figure, gap) in enumerate(own):
            total = parts.part_of(base + position, gap, figure.value, figure.unit, index)
            if total is not None and total >= offset:
                whole = figures[total].name
                figure = replace(figure, part_of=whole) if figure.part_of is None else figure
            figures.append(figure)
        figures.extend(_zero_figures(sentence, section, agency, year))
    return figures


def _sentences(text: str) -> Iterator[_Sentence]:
    for span in sentence_spans(text):
        sentence = span.of(text)
        if not _TABLE_ROW.search(sentence):
            paragraph = text.count("\n", 0, span.start)
            yield _Sentence(sentence, sentence_view(sentence), span.start, paragraph)


def _sentence_figures(
    sentence: _Sentence, section: Section, agency: str | None, year: int | None
) -> Iterator[tuple[Figure, str]]:
    """The figures of one sentence, each with the text since the number before it."""
    view, tokens = sentence.view, list(view_tokens(sentence.view))
    previous = ""
    for index, token in enumerate(tokens):
        begin = tokens[index - 1].end if index else 0
        finish = tokens[index + 1].start if index + 1 < len(tokens) else len(view.text)
        name = _name(view, token, begin, finish, previous)
        if not name:
            continue
        previous = previous if token.unit == "%" else name
        gap = view.text[begin : token.start]
        span = view.span(token.start, token.end)
        figure = _figure(name, token, sentence, section, span)
        figure = replace(
            figure,
            scope=scope_of(view, token.start, agency),
            year=year_of(view, token.start, year),
            part_of=_whole_of(name),
        )
        yield from ((each, gap) for each in _told_apart(figure))


def _figure(name: str, token: Token, sentence: _Sentence, section: Section, span: Span) -> Figure:
    return Figure(
        name=name,
        value=token.value,
        unit=token.unit,
        sentence=sentence.text,
        section=section.number,
        quote=span.of(sentence.text),
        approximate=token.approximate,
        page=section.start_at(sentence.start + span.start).page,
    )


def _told_apart(figure: Figure) -> Iterator[Figure]:
    """行政复议、行政诉讼0件 says that both are 0; any other number of both stays one figure."""
    if figure.name == "行政复议和行政诉讼" and figure.value == 0:
        yield replace(figure, name="行政复议")
        yield replace(figure, name="行政诉讼")
    else:
        yield figure


def _whole_of(name: str) -> str | None:
    """人大建议（主办） is part of 人大建议, 行政复议结果维持 of 行政复议."""
    if name.endswith("）"):
        return name[: name.index("（")]
    outcome = re.match("(行政复议|行政诉讼)(?:结果|其他|尚未)", name)
    return outcome[1] if outcome else None


# --- Names -----------------------------------------------------------------------------------------


def _name(view: View, token: Token, begin: int, finish: int, previous: str) -> str:
    """What the number counts; empty when no words say it."""
    wide = view.text[max(begin, token.start - _LEFT_LENGTH) : token.start]
    breaks = [match.end() for match in _CLAUSE_BREAK.finditer(wide)]
    clause = wide[breaks[-1] :] if breaks else wide
    right = _right(view.text[token.end : min(finish, token.end + _RIGHT_LENGTH)])
    if token.unit == "%":
        return _rate(clause, previous)
    name = _known(f"{clause}#{token.unit}{right}") or _outcome(view.text[: token.start], clause)
    if not name and not _noun(clause):
        name = _known(f"{wide}#{token.unit}{right}")
    name = name or _noun(clause) or _noun(right, after=True)
    role = re.search("(主办|协办|会办|分办)", clause)
    return f"{name}（{role[1]}）" if role and name in ("人大建议", "政协提案", "建议提案") else name


def _known(context: str) -> str:
    return next((name.name for name in NAMES if name.pattern.search(context)), "")


def _right(text: str) -> str:
    return re.split(r"[,;。:、(]", text, maxsplit=1)[0]


def _outcome(before: str, clause: str) -> str:
    """结果维持6件, of whichever of reconsideration and litigation was named last."""
    outcome = OUTCOMES.search(f"{clause}#")
    named = max(("复议", "诉讼"), key=before.rfind)
    if outcome is None or named not in before:
        return ""
    result = {"维持": "结果维持", "纠正": "结果纠正", "其它结果": "其他结果", "未审结": "尚未审结"}
    return f"行政{named}{result.get(outcome[1], outcome[1])}"


def _rate(clause: str, previous: str) -> str:
    known = _known(f"{clause}#%")
    if known:
        return known
    if re.search("占", clause):
        return f"{previous}占比" if previous else ""
    change = re.search(
        "(?:同比|环比|较[^#]{1,6}|与[^#]{1,8}相比)?(?:增长|增加|上升|提高|提升|下降|减少|回落)",
        clause,
    )
    if change:
        return f"{previous or _noun(clause[: change.start()])}{change[0]}".replace(MASK, "")
    rate = re.search(r"[\u4e00-\u9fff]{1,10}(?:率|度|比例)(?=[^#]{0,6}$)", clause)
    return _noun(rate[0]) if rate else ""


# Words before a noun that do not belong to it; 组织管理 and 公开目录 are nouns of their own.
_LEADING = re.compile(
    rf"^(?:{MASK}|[,;:。、()]|其中|包括|包含|分别(?:为|是)?|以及|和|及|与|并|含|共计|累计|合计|总计|共(?!青)|全年"
    r"|年内|本年度?|今年|当年|已|均|各类|各种|各(?!级)|主动|及时|通过|开展|举办|召开|完成|刊登|推出|转载|报送|上报|审核"
    r"|我(?:局|委|厅|镇|乡|县|区|市|单位|街道|办)|本(?:局|机关|单位|级)|组织(?!管理|机构|人事|建设|领导)"
    r"|发布(?!会)|发放|公开(?!目录|指南|制度|情况|年|栏|平台)|公示(?!公告|栏)|公布|更新|推送|受理|办理(?!情况|结果)|收到"
    r"|办结|制作|印发|编制|编发|处理(?!结果|决定|情况)|回复|答复(?!率)|接待|参加|参与|邀请|对(?!外)|将|等|的|了|还|又|有"
    r"|新增|年度?|月|日|截至|截止|涉及|度)+"
)
_TRAILING = re.compile(
    rf"(?:{MASK}|[,;:。、()]|共计|合计|累计|总计|共有|共|达到|高达|达|约|近|超过|超|突破|逾|为|是|有|计|等|的|了|各|数量|总数|数|就|已|均|仅|至|到)+$"
)


def _noun(text: str, *, after: bool = False) -> str:
    """The noun phrase of a context as printed, empty when only verbs and connectives are left."""
    trimmed = _TRAILING.sub("", text)
    noun = _LEADING.sub("", trimmed)
    if not after and len(noun) > _LONGEST_NAME:
        noun = re.split("[、等]", noun)[-1]
    noun = noun[-_LONGEST_NAME:] if not after else noun[:_LONGEST_NAME]
    letters = re.findall(r"[\u4e00-\u9fff]", noun)
    return noun if len(letters) >= 2 else ""


# --- What did not happen ---------------------------------------------------------------------------


def _zero_figures(
    sentence: _Sentence, section: Section, agency: str | None, year: int | None
) -> Iterator[Figure]:
    for zero in view_zeros(sentence.view):
        span = sentence.view.span(zero.start, zero.end)
        token = Token(zero.start, zero.end, 0, zero.unit)
        figure = _figure(zero.name, token, sentence, section, span)
        yield replace(
            figure,
            scope=scope_of(sentence.view, zero.start, agency),
            year=year_of(sentence.view, zero.start, year),
        )


# --- The year's total of published items -----------------------------------------------------------


def _with_published_total(figures: list[Figure]) -> list[Figure]:
    """The figures, the first count of published items named as the total when none says so itself.

    Many reports put 共发布信息56条 under the heading 主动公开 and never say 主动公开 again.
    """
    if any(f.name == PUBLISHED_TOTAL and _is_own(f) and f.section in (0, 1) for f in figures):
        return figures
    for index, figure in enumerate(figures):
        if figure.section in (0, 1) and _is_own(figure) and _is_published(figure):
            named = replace(figure, name=PUBLISHED_TOTAL)
            parts = [
                replace(f, part_of=PUBLISHED_TOTAL) if f.part_of == figure.name else f
                for f in figures[index + 1 :]
            ]
            return [*figures[:index], named, *parts]
    return figures


def _is_own(figure: Figure) -> bool:
    return figure.scope is None and figure.year is None and figure.part_of is None


def _is_published(figure: Figure) -> bool:
    if figure.name not in ("网站信息", "信息", "政府信息", "政务信息", "政府信息公开", "信息公开"):
        return False
    view = sentence_view(figure.sentence)
    return bool(
        PUBLISHED.search(view.text.replace(sentence_view(figure.quote).plain, f"#{figure.unit}", 1))
    )
