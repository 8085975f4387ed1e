"""Sections → figures: every number of the text with what it counts, its unit and its sentence.

Knows how a report's sentences count; reads no tables. The invariant: a figure's sentence and quote
are the document's own letters; a number that is of another body, another year or a part of a total
says so; a number whose meaning no words give is left out rather than named by guess.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.figures.changes import is_change
from ingest.figures.closing import PUBLISHED_ITEMS, close_lines_before, closing_total
from ingest.figures.names import CHANNELS, PUBLISHED_TOTAL
from ingest.figures.naming import DECISIONS, PROPOSALS, ROLES, name_of, name_of_kind
from ingest.figures.nouns import noun_of
from ingest.figures.parts import Parts, kind_of_unit
from ingest.figures.published import with_published_total
from ingest.figures.scope import scope_of, year_of
from ingest.figures.shared import Reading, readings
from ingest.figures.tokens import RATES, Token, View, sentence_view, view_tokens
from ingest.figures.zeros import view_zeros
from ingest.report import Figure, Section
from ingest.sentences import sentence_spans

RECEIVED = "收到申请"
_REQUESTS = (RECEIVED, "答复申请")
_DOCUMENTS = re.compile("公文|文件|信息$")  # 公文216件，其中主动公开32件、依申请公开5件
_PIECES = CHANNELS | {PUBLISHED_TOTAL, *_REQUESTS}
_OUTCOME_NAME = re.compile("(行政复议|行政诉讼)(?:结果|其他|尚未)")
_NO_DECISIONS = re.compile("事项|清单|目录|(信息)")  # 执法事项425项，其中行政许可46项
# Text without any punctuation is no sentence (a table run together); patterns stay quick on less.
_LONGEST_SENTENCE = 2000  # characters; breakdowns of a whole year's items reach 800
# Four numbers with nothing but bars or spaces between them: a table that no reader recognised.
_TABLE_ROW = re.compile(r"(?:\|[^|]*){4}|(?:\d+(?:\.\d+)?\s+){4}")
# What is left of 青禾县公开 without its body.
_VERB_ALONE = re.compile("(?:主动)?(?:公开|发布|收到|受理|答复|办结|收|制发|推送)?")


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
    return with_published_total(figures)


def _section_figures(section: Section, agency: str | None, year: int | None) -> list[Figure]:
    figures: list[Figure] = []
    for _, paragraph in groupby(_sentences(section.text), key=lambda each: each.paragraph):
        _add_paragraph(figures, paragraph, section, agency, year)
    return figures


def _add_paragraph(
    figures: list[Figure],
    sentences: Iterable[_Sentence],
    section: Section,
    agency: str | None,
    year: int | None,
) -> None:
    """Add one paragraph's figures to those of its section, parts with the name of their total."""
    parts, tail = Parts(), ""
    for index, sentence in enumerate(sentences):
        end = 0
        for figure, token in _sentence_figures(sentence, section, agency, year, figures):
            gap = tail + sentence.view.text[end : token.start]
            if is_change(figure.name):
                figures.append(figure)
                continue
            total = parts.part_of(len(figures), gap, figure.value, figure.unit, index)
            whole = figure.part_of or (None if total is None else figures[total].name)
            whole = None if _is_apart(figure.name, whole) else whole
            if whole and figure.name in DECISIONS and (kind := _NO_DECISIONS.search(whole)):
                figure = replace(figure, name=f"{figure.name}{kind[1] or '事项'}")
            if whole and figure.name == RECEIVED and _DOCUMENTS.search(whole):
                figure = replace(figure, name="依申请公开信息")
            if whole in PROPOSALS and figure.name.removesuffix("件") in ROLES:
                figure = replace(figure, name=f"{whole}（{figure.name.removesuffix('件')}）")
            if whole == figure.name and not (figure.scope or figure.year):
                figure = replace(figure, name=name_of_kind(figure.name, sentence.view, token, end))
            figures.append(figure if whole == figure.part_of else replace(figure, part_of=whole))
            end, tail = token.end, ""
        tail += sentence.view.text[end:]
        figures.extend(_zero_figures(sentence, section, agency, year))


def _is_apart(name: str, whole: str | None) -> bool:
    """Whether no breakdown of the one holds the other: a lawsuit is no part of what was received."""
    if name.startswith("行政诉讼"):
        return whole is not None and whole.startswith(("行政复议", *_REQUESTS))
    return name.startswith("行政复议") and whole is not None and whole.startswith(_REQUESTS)


def _sentences(text: str) -> Iterator[_Sentence]:
    paragraph, end = 0, 0
    for span in sentence_spans(text):
        paragraph += text.count("\n", end, span.start)
        sentence, end = span.of(text), span.end
        if len(sentence) <= _LONGEST_SENTENCE and not _is_table_row(sentence):
            yield _Sentence(sentence, sentence_view(sentence), span.start, paragraph)


def _is_table_row(sentence: str) -> bool:
    is_divided = "|" in sentence or len(sentence.split(maxsplit=4)) > 4
    return is_divided and bool(_TABLE_ROW.search(sentence))


def _sentence_figures(
    sentence: _Sentence,
    section: Section,
    agency: str | None,
    year: int | None,
    earlier: list[Figure],
) -> Sequence[tuple[Figure, Token]]:
    """The figures of one sentence, each with its token; a total marks its parts in `earlier`."""
    told: list[tuple[Figure, Token]] = []
    previous = ""
    read = list(readings(sentence.view, list(view_tokens(sentence.view))))
    for index, (token, view, read_as, begin, noun) in enumerate(read):
        is_shared = view is not sentence.view
        ends_here = is_shared or index + 1 == len(read)
        finish = len(view.text) if ends_here else read[index + 1].token.start
        name = name_of(view, read_as, begin, finish, noun or previous)
        if noun and _VERB_ALONE.fullmatch(name.removeprefix(noun_of(noun))):
            name = noun_of(noun)  # 中标公示、合同公示分别公开14条和13条
        scope = scope_of(view, read_as.start, agency)
        other = year_of(view, read_as.start, year)
        if is_change(name) and _compares(view, read_as.start, other, year):
            other = None
        named_here = any(
            f"{word}" in view.plain[begin : read_as.start] for word in (scope, other) if word
        )
        name = _of_another(name, scope, previous if named_here else "")
        if name in ("", PUBLISHED_ITEMS) and not told:
            name = close_lines_before(sentence.view, token, earlier) or name
        if not name and (closed := closing_total(sentence.view, token, told)):
            name, told = closed
        if not name and told and told[-1][1].end == token.start:  # 低保对象12户35人
            name = told[-1][0].name
        if not name or _is_how_often(name, read, index):
            continue
        previous = previous if token.unit in RATES or is_change(name) else name
        figure = _figure(name, token, sentence, section, scope, other)
        told += ((each, token) for each in _told_apart(figure))
    return told


def _is_how_often(name: str, read: Sequence[Reading], index: int) -> bool:
    """Whether a number only says in how many times the next came about: 公众号推送151次307条."""
    if index + 1 == len(read) or read[index + 1].token.start != read[index].token.end:
        return False
    kinds = [kind_of_unit(reading.token.unit) for reading in read[index : index + 2]]
    return name in _PIECES and kinds[0] != "documents" and kinds[1] != kinds[0]


def _compares(view: View, position: int, other: int | None, year: int | None) -> bool:
    """Whether a change is the own year's against the year before: 2023年15件，2022年11件，增长."""
    return other is not None and year == other + 1 and f"{year}年" in view.plain[:position]


def _of_another(name: str, scope: str | None, previous: str) -> str:
    """The name, that of the number before where no more than a body or year is named: 青禾县公开3条."""
    rest = name.removeprefix((scope or "").lstrip("各"))
    return previous or name if _VERB_ALONE.fullmatch(rest) else name


def _figure(
    name: str,
    token: Token,
    sentence: _Sentence,
    section: Section,
    scope: str | None,
    year: int | None,
) -> Figure:
    span = sentence.view.span(token.start, token.end)
    return Figure(
        name=name,
        value=token.value,
        unit=token.unit,
        sentence=sentence.text,
        section=section.number,
        quote=span.of(sentence.text),
        approximate=token.approximate,
        page=section.start_at(sentence.start + span.start).page,
        part_of=_whole_of(name),
        scope=scope,
        year=year,
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
    outcome = _OUTCOME_NAME.match(name)
    return outcome[1] if outcome else None


# --- What did not happen ---------------------------------------------------------------------------


def _zero_figures(
    sentence: _Sentence, section: Section, agency: str | None, year: int | None
) -> Iterator[Figure]:
    for zero in view_zeros(sentence.view):
        token = Token(zero.start, zero.end, 0, zero.unit)
        scope = scope_of(sentence.view, zero.start, agency)
        other = year_of(sentence.view, zero.start, year)
        yield _figure(zero.name, token, sentence, section, scope, other)
