"""From the words of a question to the measures it asks for.

Pure. The longest word that stands at a place is read, and what it means is put together: rows with
columns, a row alone with its total, a column alone with the rows it usually belongs to. A word that
merely names the subject (申请, 收到) counts only where nothing names a row more surely.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from assistant.measure import Measure
from assistant.question.outcomes import asks_which_and_why
from assistant.question.ratios import NET_INCREASE
from assistant.question.text_words import (
    CHANNEL_FIGURES,
    CITATION,
    DEPUTIES,
    MEMBERS,
    PROPOSALS_DONE,
    PUBLISHED,
)
from assistant.question.vocabulary import (
    APPLICANTS,
    DECISIONS,
    GROUPS,
    LITIGATION,
    USUAL_COLUMNS,
    USUAL_ROWS,
)
from assistant.question.words import Hit, Ids, cells_measure, find_words, name_of
from ingest.forms import FORMS
from ingest.report import Concept, TableName


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for; `rest` is its text with the words that were understood masked.

    `is_sure` says that a row, a column, a ratio or a figure was named, not merely the subject.
    `parts` says that the parts of one measure are asked for, which then follow it. `lone_columns`
    are columns named without a row (自然人呢), by `lone_words`; a conversation may have named it; `unheard`
    are words that change what is asked in a way that no measure can. `asks_parts` says that parts are
    asked for of what the question may leave unnamed (哪种理由最多).
    """

    measures: tuple[Measure, ...]
    rest: str
    is_sure: bool
    parts: bool = False
    tables: tuple[TableName, ...] = ()
    lone_columns: tuple[tuple[TableName, Ids], ...] = ()
    lone_words: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    asks_parts: bool = False


# 国办公开办函〔2021〕30号 · 30号文
_DOCUMENT = re.compile(
    r"(?P<name>[一-龥]{0,8}函?)?[〔\[(](?P<year>\d{4})[〕\])]\s*(?P<number>\d{1,4})号"
    r"|(?<!\d)(?P<bare>\d{1,4})号(?:文件?)?"
)
# 平均办理时间: how long, not how many; 由几个人办理: no applicants
_DURATION = re.compile(
    "(?:有|是|由)(?:几|多少|[一两三四五])个人(?!.{0,4}(?:申请|提))"
    "|(?:平均|最长|最短)?(?:办理|办结|答复|处理|回复|受理)的?(?:平均)?(?:时间|时长|天数|周期|用时|速度)"
)
# 办理建议函, 第三方评估: other things than proposals and third parties' rights
_OTHER_THINGS = re.compile(
    "(?:办理|工作|监察|整改)?建议[函书]|推送(?:系统|提示|平台)|第三方(?:评估|测评|检测|监测|机构|调查|平台)"
)
# Items (条, 篇) are pieces of information, cases (件) are requests.
_COUNTS_ITEMS = re.compile("条|篇|则|(?<!政府)信息(?!公开)")
_ASKS_COUNT = re.compile("多少|几|数")
# 复议结果怎么样, 诉讼结果分别怎样: every outcome beside the total.
_OUTCOMES = re.compile("[|]的?(?:案件)?(?:的)?结果|结局")
OUTCOMES = ("upheld", "corrected", "other", "pending")
# 维持、纠正、其他各几件, the words masked
_AND_OTHER = re.compile("[|](?:、|和|与|跟|及|以及|还有)其[他它]")
# 没有按时答复的有几件, but not 有没有, nor 没有人申请
_DENIAL = re.compile("(?<!有)(?:没有?|未能?|没能)(?:能?按[时期]|能?及时|依法)?(?:被|予以|得到)?$")
_WANTS_NUMBER = re.compile("多少|几[件条个次]|最[多少高低]|平均|占")
# 没有复议的单位有多少: the agencies with none are counted
_WANTS_TRUTH = re.compile("[吗吧么]|是不是|是否|有没有|为什么|为何|单位|部门|局|机关|[家谁哪]")
# 新收和办结分别多少, the words masked: what was done is asked for beside the row.
_AND_DONE = re.compile(
    "[|](?:数|数量|件数|的)?(?:和|与|跟|、|及|加上?|[+＋]|减去?|比|多于|少于|大于|小于|超过|不如|等于)[|]"
)
# 申请、复议、处罚各多少: a list names the requests as surely as its other members.
_LISTED_REQUESTS = re.compile(
    "申请(?:数?量|数)?(?:[、和与及跟比]|以及|多于|少于|大于|小于|高于|低于|超过|不如|等于)(?:行政)?(?:复议|诉讼|处罚|许可|强制|收费|规章|规范|主动|建议|提案)"
    "|(?:复议|诉讼|处罚|许可|强制)(?:数?量|数|件数)?(?:比|多于|少于|大于|小于|高于|低于|超过|不如|等于)申请"
)
_AND = re.compile("[和与跟及、比]")
_NOTHING_BETWEEN = re.compile("[|的里中还有]*")
_NET = re.compile("净(?:增加?|减少?)")
# 申请里公开了几件: what was granted, wholly and in part.
# 结转几件到下年, 结转到2025年
_TO_NEXT_YEAR = re.compile("到(?:下一?年|明年|次年|第二年|20\\d\\d年)")
_RELEASED = re.compile(
    "公开(?:了|的)?(?:有)?(?:多少|几)件?|(?:多少|几)件?[|]*(?:最终|最后|被|是)*公开"
)
_BARE_PUBLISHED = re.compile(
    "(?:公开(?!征求|征集|听证)|发布|公布)(?:了|过|的)?|发(?:了|过|出)(?=.{0,6}信息|(?:多少|几)条)"
)


def find_measures(text: str) -> Asked:
    """The measures that a shortened question asks for, in the order of its words.

    >>> [m.name for m in find_measures("行政复议被纠正几件").measures]
    ['行政复议结果纠正']
    """
    documents = tuple(_documents(text))
    hits, rest = find_words(
        _OTHER_THINGS.sub(_bars, _DURATION.sub(_bars, _DOCUMENT.sub(_bars, text)))
    )
    if asks_which_and_why(text):
        hits = tuple(hit for hit in hits if hit.role != "reasons")
    if _LISTED_REQUESTS.search(text):
        hits = tuple(replace(hit, role="row") if hit.role == "noun" else hit for hit in hits)
    measures = [*documents, *_in_order(hits, rest)]
    measures = _rates_of_their_row(_net(_rates_of_proposals(measures, hits), rest))
    tables = tuple(hit.table for hit in hits if hit.role == "table")
    sure = any(_is_sure(hit, hits) for hit in hits)
    if not measures and _BARE_PUBLISHED.search(rest) and _COUNTS_ITEMS.search(rest):
        measures, sure = [PUBLISHED], True
        rest = _BARE_PUBLISHED.sub(_bars, rest)
    asks_parts = any(hit.role in ("kinds", "decisions", "reasons") for hit in hits)
    parts = len(measures) > 1 and asks_parts
    alone = list(_lone_columns(hits))
    return Asked(
        tuple(dict.fromkeys(measures)),
        rest,
        sure or bool(documents),
        parts,
        tables,
        tuple((hit.table, hit.columns) for hit in alone),
        tuple(hit.word for hit in alone),
        unheard=tuple(_negated(hits, rest)),
        asks_parts=asks_parts,
    )


def _negated(hits: Sequence[Hit], rest: str) -> Iterator[str]:
    """Words that a question denies where it wants a number: no row counts what was not done."""
    if not _WANTS_NUMBER.search(rest) or _WANTS_TRUTH.search(rest):
        return
    for hit in hits:
        if (denial := _DENIAL.search(rest[: hit.at])) and hit.at and hit.role != "table":
            yield denial.group() + hit.word


def _net(measures: list[Measure], rest: str) -> list[Measure]:
    """规范性文件…净增: what was issued less what was repealed, wherever the word stands."""
    if not _NET.search(rest) or not any(
        m.cells and m.cells[0] in NET_INCREASE.cells for m in measures
    ):
        return measures
    return [NET_INCREASE]


def _rates_of_proposals(measures: list[Measure], hits: Sequence[Hit]) -> list[Measure]:
    """办结率 beside 建议、提案 is theirs, where no request is spoken of."""
    if not {DEPUTIES, MEMBERS} & set(measures) or any(hit.role == "noun" for hit in hits):
        return measures
    return [PROPOSALS_DONE if m.name == PROPOSALS_DONE.name else m for m in measures]


def _rates_of_their_row(measures: list[Measure]) -> list[Measure]:
    """直接起诉的维持率 is that of these actions alone, not of all or of the reconsiderations."""
    rows = [m.cells[0].row for m in measures if m.concept and m.concept.row in LITIGATION]
    rates = [m for m in measures if m.aspect == "ratio" and m.cells[0].table == "disputes"]
    if len(rows) != 1 or not rates:
        return measures
    row = cells_measure("disputes", (rows[0],), ("total",)).name.removesuffix("案件")
    narrowed = [
        replace(
            rate,
            name=row + re.sub("^(?:复议|诉讼)", "", rate.name),
            cells=_in_row(rate.cells, rows[0]),
            over=_in_row(rate.over, rows[0]),
            less=_in_row(rate.less, rows[0]),
        )
        for rate in rates
    ]
    return list(dict.fromkeys(narrowed))


def _in_row(concepts: Sequence[Concept], row: str) -> tuple[Concept, ...]:
    return tuple(dict.fromkeys(concept._replace(row=row) for concept in concepts))


def _is_sure(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a word names what is asked for; a column does beside a row (失效链接 has none)."""
    if hit.role == "column" and hit.table == "proactive":
        return any(other.role == "row" and other.table == hit.table for other in hits)
    return hit.role not in ("verb", "noun", "kinds", "decisions", "reasons", "table")


def _lone_columns(hits: Sequence[Hit]) -> Iterator[Hit]:
    rows = {hit.table for hit in hits if hit.role in ("row", "verb", "noun", "joint", "either")}
    for hit in hits:
        if hit.role == "column" and hit.table not in rows:
            yield hit


def in_columns(
    measures: Sequence[Measure], columns: Sequence[tuple[TableName, Ids]]
) -> tuple[Measure, ...]:
    """The rows of these measures in other columns of their table, where the form has them."""
    found = (
        cells_measure(table, rows, ids)
        for measure in measures
        if measure.aspect == "cells"
        for rows in [tuple(dict.fromkeys(cell.row for cell in measure.cells))]
        for table, ids in columns
        if measure.cells[0].table == table and _exists(table, rows, ids)
    )
    return tuple(dict.fromkeys(found))


def in_order_said(measures: tuple[Measure, ...], text: str) -> tuple[Measure, ...]:
    """Two measures that 比 stands between, the one said first before the other."""
    first, said, then = text.partition("比")
    if len(measures) != 2 or not said:
        return measures
    before, after = (find_measures(side).measures for side in (first, then))
    is_turned = measures[0] in after and measures[1] in before
    return (measures[1], measures[0]) if is_turned else measures


def _documents(text: str) -> Iterator[Measure]:
    for match in _DOCUMENT.finditer(text):
        if match["bare"]:
            number = f"{match['bare']}号"
        else:
            number = f"〔{match['year']}〕{match['number']}号"
        yield Measure(f"{number}文件", "", "statement", figures=(CITATION, number))


def _bars(match: re.Match[str]) -> str:
    return "|" * len(match.group())


# --- What the words mean together -------------------------------------------------------------------


@dataclass
class _Rows:
    """Rows and columns of one table that a question names."""

    rows: list[Ids] = field(default_factory=list)
    columns: list[Ids] = field(default_factory=list)


def _in_order(hits: Sequence[Hit], rest: str) -> Iterator[Measure]:
    """The measures of ratios and figures, of joint words, then of each table's rows and columns."""
    by_table = _by_table(hits, rest)
    figures = [h for h in hits if any(m.aspect == "figure" for m in h.measures)]
    for hit in hits:
        is_channel = hit.measures == CHANNEL_FIGURES or hit.word == "微信"
        if not is_channel or all(_are_set_apart(hit, other, rest) for other in figures):
            yield from _rates_in_column(hit.measures, by_table["requests"].columns)
        if hit.role == "joint":
            yield from _joint(hit, by_table[hit.table])
    disputes = by_table["disputes"]
    asks_decisions = any(hit.role == "decisions" for hit in hits) or _OUTCOMES.search(rest)
    if disputes.rows and not disputes.columns and asks_decisions:
        disputes.columns += [("total",), *((column,) for column in OUTCOMES)]
    elif len(disputes.columns) > 1 and _AND_OTHER.search(rest):
        disputes.columns.append(("other",))
    for table in ("proactive", "disputes"):
        yield from _of_table(table, by_table[table], len(_ASKS_COUNT.findall(rest)))
    yield from _of_requests(hits, by_table, rest)


def _rates_in_column(measures: tuple[Measure, ...], columns: list[Ids]) -> Iterator[Measure]:
    """The rates of requests of the one kind of applicant that is named: 企业申请公开率."""
    for measure in measures:
        cells = (*measure.cells, *measure.over, *measure.less)
        are_totals = all(c.table == "requests" and c.column == "total" for c in cells)
        if measure.aspect != "ratio" or not are_totals or len(columns) != 1:
            yield measure
            continue
        name = name_of("requests", ("new",), columns[0]).partition("（")[2]
        part, over, less = (
            tuple(c._replace(column=column) for c in group for column in columns[0])
            for group in (measure.cells, measure.over, measure.less)
        )
        yield replace(measure, name=f"{measure.name}（{name}", cells=part, over=over, less=less)


def _are_set_apart(channel: Hit, other: Hit, rest: str) -> bool:
    """公众号粉丝: the channel says of what, but not in 公众号和主动公开哪个多."""
    first, last = sorted((channel, other), key=lambda hit: hit.at)
    return first.at == last.at or bool(_AND.search(rest[first.at + len(first.word) : last.at]))


def _joint(hit: Hit, named: _Rows) -> Iterator[Measure]:
    """What a word for both row and column means; a column named beside 复议诉讼 is said of both."""
    if set(hit.rows) == {"reconsideration", *LITIGATION} and named.columns:
        named.rows += [("reconsideration",), LITIGATION]
    elif set(hit.rows) == {"reconsideration", *LITIGATION}:
        yield cells_measure(hit.table, ("reconsideration",), hit.columns)
        yield cells_measure(hit.table, LITIGATION, hit.columns)
    else:
        yield cells_measure(hit.table, hit.rows, hit.columns)


def _by_table(hits: Sequence[Hit], rest: str) -> dict[TableName, _Rows]:
    tables: dict[TableName, _Rows] = {
        "proactive": _Rows(),
        "requests": _Rows(),
        "disputes": _Rows(),
    }
    has_fee_statement = any(measure.figures == ("fee",) for hit in hits for measure in hit.measures)
    joint = [hit.rows for hit in hits if hit.role == "joint"]
    for hit in hits:
        if hit.role == "row" and hit.rows in joint:
            continue
        if hit.role == "row" and not (has_fee_statement and hit.rows == ("fees",)):
            tables[hit.table].rows.append(hit.rows)
        elif hit.role == "column":
            tables[hit.table].columns.append(hit.columns)
        elif hit.role == "either":
            rows = ("carried_over",) if _TO_NEXT_YEAR.search(rest) else hit.rows
            tables[hit.table].rows += ((row,) for row in rows)
    return tables


def _of_table(table: TableName, named: _Rows, counts: int) -> Iterator[Measure]:
    """Rows with their columns; rows alone take their usual columns, columns alone their rows.

    `counts` is how many numbers the question asks for: 复议几件，维持几件 asks for the total too.
    """
    rows = _particular(named.rows)
    if not rows:
        usual = (USUAL_ROWS.get(c[0], ()) for c in named.columns)
        rows = _merged_litigation([(row,) for ids in usual for row in ids])
    columns = named.columns
    if table == "disputes" and columns and counts > len(columns):
        columns = [("total",), *columns]
    for row in rows:
        for column in dict.fromkeys(columns) or _usual_columns(table, row):
            if _exists(table, row, column):
                yield cells_measure(table, row, column)


def _usual_columns(table: TableName, row: Ids) -> list[Ids]:
    if table == "disputes":
        return [("total",)]
    return [(column,) for column in USUAL_COLUMNS.get(row[0], ())]


def _merged_litigation(rows: list[Ids]) -> list[Ids]:
    """Direct and later litigation as one row, where a question means both."""
    merged = [LITIGATION if row[0] in LITIGATION else row for row in rows]
    return list(dict.fromkeys(merged))


def _particular(rows: list[Ids]) -> list[Ids]:
    """The rows without a group one of whose own rows is named as well (不予公开…属于国家秘密)."""
    named = {row[0] for row in rows if len(row) == 1}
    groups = [set(group) for group in (*GROUPS, LITIGATION)]
    return [
        row
        for row in dict.fromkeys(rows)
        if len(row) == 1 or not (set(row) in groups and named & set(row))
    ]


def _exists(table: TableName, rows: Ids, columns: Ids) -> bool:
    return any(
        column in (c.id for c in form.table(table).columns(row))
        for form in FORMS.values()
        for row in rows
        if row in form.table(table).rows
        for column in columns
    )


def _of_requests(
    hits: Sequence[Hit], by_table: Mapping[TableName, _Rows], rest: str
) -> Iterator[Measure]:
    """Cells of table three: by the name of a row, else by what was done, else the new requests."""
    columns = by_table["requests"].columns
    rows = _request_rows(hits, by_table, rest)
    # 申请人最多的是哪一类
    asks_which = any(hit.role == "reasons" and hit.word[0] == "哪" for hit in hits)
    asks_kinds = any(
        (hit.role == "kinds" and (len(hit.word) > 3 or asks_which))
        or (hit.role == "column" and hit.word.endswith("申请人"))
        for hit in hits
    )
    if not rows and (
        asks_kinds or (columns and any(hit.role in ("table", "kinds") for hit in hits))
    ):
        rows = [("new",)]
    if not rows:
        return
    roles = {hit.role for hit in hits}
    for row in rows:
        asks_parts = row == ("new",) and any(hit.word in ("构成", "明细", "分布") for hit in hits)
        if ("kinds" in roles or asks_parts) and not columns:
            yield cells_measure("requests", row, ("total",))
            yield from (cells_measure("requests", row, (applicant,)) for applicant in APPLICANTS)
        elif "reasons" in roles and len(row) > 1:
            yield cells_measure("requests", row, ("total",))
            yield from (cells_measure("requests", (item,), ("total",)) for item in row)
        else:
            chosen = columns or [("total",)]
            yield from (cells_measure("requests", r, c) for r, c in product([row], chosen))


def _request_rows(hits: Sequence[Hit], by_table: Mapping[TableName, _Rows], rest: str) -> list[Ids]:
    """The rows named; with several counts asked for (收到几件，办结几件), also those done."""
    named = _particular(by_table["requests"].rows)
    if len(named) > 1 and _are_unfinished_ones(hits, rest):
        named = [row for row in named if row != ("new",)]
    if named and len(_ASKS_COUNT.findall(rest)) > 1:
        every = [ids for hit in hits for ids in _row_ids(hit)]
        return _particular(every)
    if named and _AND_DONE.search(rest):
        done = [hit for hit in hits if hit.role == "verb" and hit.rows == ("total",)]
        places = {row: _first_place(row, hits) for row in named}
        places |= {hit.rows: hit.at for hit in done}
        return sorted(places, key=lambda row: places[row])
    return named or _weak_rows(hits, by_table, rest)


def _are_unfinished_ones(hits: Sequence[Hit], rest: str) -> bool:
    """Whether it speaks of requests received that were not dealt with: 新收的申请没有全部办完."""
    received = [hit for hit in hits if hit.rows == ("new",)]
    return any(
        _NOTHING_BETWEEN.fullmatch(rest[one.at + len(one.word) : hit.at])
        for hit in hits
        for one in received
        if hit.rows == ("carried_over",) and hit.word[0] in "没未尚" and one.at < hit.at
    )


def _first_place(row: Ids, hits: Sequence[Hit]) -> int:
    """Where a question first names a row."""
    return next((hit.at for hit in hits if set(row) <= set(hit.rows) and hit.role != "verb"), 0)


def _row_ids(hit: Hit) -> Iterator[Ids]:
    if hit.role == "either":
        yield from ((row,) for row in hit.rows)
    elif hit.role in ("row", "verb") and hit.table == "requests":
        yield hit.rows


def _weak_rows(hits: Sequence[Hit], by_table: Mapping[TableName, _Rows], rest: str) -> list[Ids]:
    """Rows that the question only hints at, where nothing else says what it is about."""
    verbs = [hit.rows for hit in hits if hit.role == "verb"]
    nouns = [hit.rows for hit in hits if hit.role == "noun"]
    elsewhere = any(hit.role in ("measure", "joint") for hit in hits) or any(
        by_table[table].rows or by_table[table].columns for table in ("proactive", "disputes")
    )
    if elsewhere and not (verbs and nouns):
        return []
    if any(hit.role == "decisions" for hit in hits):
        return list(DECISIONS)
    if nouns and _RELEASED.search(rest) and not _COUNTS_ITEMS.search(rest):
        is_alone = len(_ASKS_COUNT.findall(rest)) < 2
        return [*(() if is_alone else verbs or nouns), ("granted",), ("partly_granted",)]
    if verbs and not nouns and _COUNTS_ITEMS.search(rest) and not by_table["requests"].columns:
        return []
    return list(dict.fromkeys(verbs or nouns))
