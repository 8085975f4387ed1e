"""Tables that were flattened to running text → unaligned grids.

A text layer or a careless copy leaves a row as "label number number …", a whole table on one line,
or one cell a line without any mark. Labels of the form are found in the text, and the numbers up to
the next label are the row's cells. Blank cells have vanished, so a row is only as good as its count.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from ingest.characters import for_matching
from ingest.forms import TableForm
from ingest.grid_rows import is_value_text
from ingest.joined_columns import cut_by_columns
from ingest.joined_digits import cut_digits
from ingest.labels import core, is_block_title, row_labels
from ingest.numbers import text_to_number
from ingest.numbers_first import names_first
from ingest.page_numbers import is_marked_page_number
from ingest.readers.layout import Grid, GridCell, Line
from ingest.report import Number

_SEPARATOR = re.compile(r"[\s|\uff5c]+")
# The numbering of the next label, left at the end of what belongs to this one:  "0 0 3."  "0 （三）"
# The numerals may be printed as radicals: \u2f00 is one, \u2f06 two, \u2f0b eight, \u2f17 ten.
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九十\u2f00\u2f06\u2f0b\u2f17]{1,2})"
_NEXT_NUMBERING = re.compile(rf"(?:(?<!\S)[(（]?{_NUMERAL}\s*[)）.\uff0e、，,]\s*)+$")
# What closes a label without being part of what is compared: …不计其他情形）  “三安全一稳定”
_CLOSING = '”"）)'
# The columns of table three that stand beside 法人或其他组织.
_OUTER = ("总计", "自然人")
_TITLES = ("信息内容", "申请人情况", "法人或其他组织", "行政诉讼", "行政复议")
# Labels that name a row and a column alike.
_SHARED_LABELS = frozenset({"其他", "其它", "总计", "合计"})
# 0000000   digits of several cells; after a label they may follow at once: 予以公开0000000
_JOINED = re.compile(r"\d+")
_TOUCHING = re.compile(r"\d{2,}(?:\s|$)")
# A word of a header that is no label: 备注. What is in brackets explains the label before it.
_WORD = re.compile(r"[^\W\d_]{2,}")
_BRACKETED = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]?")
# 序号  类别   columns that stand before the names of the rows; a longer word belongs to prose.
_LONGEST_COLUMN_BEFORE = 4
# With fewer labels than this the text is prose that speaks of the table.
_FEWEST_LABELS = 4


@dataclass(frozen=True, slots=True)
class _Found:
    """A label of the form in the text: as printed, what it is, and the cells up to the next.

    `before` is all that stands between the label before and this one.
    """

    text: str
    is_row: bool
    cells: tuple[str, ...]
    line: Line
    doubt: str | None = None
    before: str = ""


def lines_to_grid(lines: Sequence[Line], form: TableForm, number: int, edition: str) -> Grid | None:
    """The table of an edition that the lines hold, None when too few of its labels stand in them."""
    lines = [line for line in lines if not is_marked_page_number(line.text)]
    turned = names_first(lines, row_labels(edition, form.name))
    found = list(_labels_in(turned or lines, form))
    if turned or _begins_with_numbers(found, form):
        found = [replace(x, doubt="readings-differ") if x.cells else x for x in found]
    if form.name == "disputes" and not any(label.cells for label in found):
        return _line_of_numbers(lines, form, number)
    if sum(1 for label in found if label.is_row) < min(_FEWEST_LABELS, len(form.rows)):
        return None
    if not any(label.cells for label in found):
        return None
    settled = _total_in_its_place(_all_uncut(found, form), form)
    rows = list(_rows(list(_doubted_by_header(settled, form))))
    cells = tuple(
        GridCell(text, row, column, page=label.line.page, line=label.line.number, doubt=doubt)
        for row, (texts, label) in enumerate(rows)
        for column, text in enumerate(texts)
        for doubt in [None if text == label.text else label.doubt]
    )
    return Grid(cells, aligned=False, number=number)


def _begins_with_numbers(found: Sequence[_Found], form: TableForm) -> bool:
    """Whether numbers come before the name of the first row: then each row may have the next one's."""
    first = next((i for i, label in enumerate(found) if _is_first_row(label, form)), 0)
    return form.name != "disputes" and any(label.cells for label in found[:first])


def _is_first_row(label: _Found, form: TableForm) -> bool:
    row = next(iter(form.rows.values()))
    return core(label.text) in map(core, (row.label, *row.variants))


def _line_of_numbers(lines: Sequence[Line], form: TableForm, number: int) -> Grid | None:
    """The one line that holds as many numbers as table four has cells.

    Its header often comes out of a PDF by rows of characters (结 结 其 尚 / 果 果 他 未).
    """
    count = len(list(form.concepts()))
    whole = [_uncut(_Found("", False, tuple(_cells(line.text)), line), form) for line in lines]
    rows = [row for row in whole if len(row.cells) == count]
    if len(rows) != 1:
        return None
    line, doubt = rows[0].line, rows[0].doubt
    slots = [
        GridCell(text, 0, column, page=line.page, line=line.number, doubt=doubt)
        for column, text in enumerate(rows[0].cells)
    ]
    return Grid(tuple(slots), aligned=False, number=number)


def _all_uncut(found: Sequence[_Found], form: TableForm) -> list[_Found]:
    """The labels with their cells as numbers; table three's columns help where a row cannot."""
    settled = [_uncut(label, form) for label in found]
    if form.name != "requests":
        return settled
    width = len(form.blocks[0].columns)
    ids = {core(each): row.id for row in form.rows.values() for each in (row.label, *row.variants)}
    # 其他 and 总计 name columns too; those have no cells.
    names = [ids.get(core(label.text), "") if label.cells else "" for label in found]
    known = {
        name: _numbers(label, form)
        for name, label in zip(names, settled, strict=True)
        if names.count(name) == 1 and len(label.cells) == width
    }
    joined = {
        name: label.cells
        for name, label in zip(names, found, strict=True)
        if name and names.count(name) == 1 and name not in known
        if label.cells and all(map(_JOINED.fullmatch, label.cells))
    }
    decided = cut_by_columns(joined, known, form) if joined else {}
    return _doubted_by_sums(
        [
            replace(label, cells=decided[name], doubt="digits-joined") if name in decided else label
            for name, label in zip(names, settled, strict=True)
        ],
        width,
    )


def _doubted_by_sums(found: Sequence[_Found], width: int) -> list[_Found]:
    """The labels, in doubt where a row may hold a number that is no cell of the table.

    The number of a page, or of a note, may have taken the place of a cell that was blank. Such a row
    does not add up, and either cells of other rows have vanished too, or it adds up without a number.
    """
    is_whole = all(len(label.cells) in {0, width} for label in found if label.is_row)
    return [
        replace(label, doubt=label.doubt or "readings-differ")
        if len(label.cells) == width and _may_hold_another(label.cells, is_whole)
        else label
        for label in found
    ]


def _may_hold_another(cells: Sequence[str], is_whole: bool) -> bool:
    if _adds_up(cells):
        return False
    return not is_whole or any(_adds_up([*cells[:i], *cells[i + 1 :]]) for i in range(len(cells)))


def _adds_up(cells: Sequence[str]) -> bool:
    *parts, total = (text_to_number(cell) or 0 for cell in cells)
    return sum(parts) == total


def _total_in_its_place(found: Sequence[_Found], form: TableForm) -> Sequence[_Found]:
    """The labels of table three with 总计 behind 自然人 in the header, unless the sums say otherwise.

    Where the header's first row is printed first, 总计 comes before the columns that stand left of
    it; where an office has put its column first, it does so too. Rows that tell nothing are in doubt.
    """
    heads = [core(label.text) for label in found if not label.cells]
    if form.name != "requests" or not {"自然人", "总计"} <= set(heads):
        return found
    total, first = (next(i for i, x in enumerate(found) if core(x.text) == n) for n in _OUTER)
    if first < total or found[total].cells:
        return found
    rows = [label.cells for label in found if len(label.cells) == len(form.blocks[0].columns)]
    sums = [row for row in rows if set(row) != {"0"}]
    behind = sum(map(_adds_up, sums))
    before = sum(_adds_up([*row[1:], row[0]]) for row in sums)
    if before > behind:
        return found
    kept = [*found[:total], *found[total + 1 : first + 1], found[total], *found[first + 1 :]]
    if behind > before:
        return kept
    return [replace(x, doubt=x.doubt or "readings-differ") if x.cells else x for x in kept]


def _doubted_by_header(found: Sequence[_Found], form: TableForm) -> Iterator[_Found]:
    """The labels, in doubt where the header above names a column that the form does not have (备注).

    A number of that column may have taken the place of a cell that was blank; a row that adds up to
    its own total has no such place.
    """
    is_foreign = is_below_head = False
    for label in found:
        word = _last_word(label.before)
        if core(label.text) == core(_TITLES[0]):
            is_foreign = 0 < len(word) <= _LONGEST_COLUMN_BEFORE
        elif is_below_head:
            is_foreign = is_foreign or bool(word)
        is_below_head = not _is_row(label)
        is_told = not label.cells or (form.name == "requests" and _adds_up(label.cells))
        if is_foreign and not is_below_head and not is_told:
            yield replace(label, doubt=label.doubt or "readings-differ")
        else:
            yield label


def _last_word(text: str) -> str:
    """The last word between two labels that may be the label of another column; else empty."""
    words = [w for w in _SEPARATOR.split(_BRACKETED.sub(" ", text)) if _WORD.search(w)]
    return "" if not words or is_block_title(words[-1]) else words[-1]


def _is_row(label: _Found) -> bool:
    return label.is_row and (bool(label.cells) or core(label.text) not in _SHARED_LABELS)


def _numbers(label: _Found, form: TableForm) -> dict[str, Number]:
    values = map(text_to_number, label.cells)
    pairs = zip(form.blocks[0].columns, values, strict=True)
    return {column.id: value for column, value in pairs if value is not None}


def _uncut(label: _Found, form: TableForm) -> _Found:
    """The label with its cells as numbers, where their digits have run together.

    Digits that nobody can cut end the row: its cells are then too few to be placed.
    """
    count, totals = _shape(label, form)
    if len(label.cells) < count and all(map(_JOINED.fullmatch, label.cells)):
        numbers = cut_digits(label.cells, count, totals) if label.cells else None
        if numbers is not None:
            return replace(label, cells=tuple(numbers), doubt="digits-joined")
    readable = tuple(takewhile(is_value_text, label.cells))
    return replace(label, cells=readable)


def _shape(label: _Found, form: TableForm) -> tuple[int, list[int]]:
    """How many cells follow a label, and which of them are totals of those before."""
    if form.name == "disputes":
        width = len(form.blocks[0].columns)
        count = len(list(form.concepts()))
        return count, list(range(width - 1, count, width))
    if form.name == "requests":
        width = len(form.blocks[0].columns)
        return width, [width - 1]
    key = core(label.text)
    rows = [row for row in form.rows.values() if key in map(core, (row.label, *row.variants))]
    return (len(form.columns(rows[0].id)) if rows else 0), []


def _rows(found: Sequence[_Found]) -> Iterator[tuple[list[str], _Found]]:
    """Header labels gathered into rows, and each row of the form with its cells."""
    head: list[_Found] = []
    for label in found:
        if _is_row(label):
            yield from _header_rows(head)
            head = []
            yield [label.text, *label.cells], label
            continue
        head.append(label)
        if label.cells:
            yield from _header_rows(head)
            head = []
            yield list(label.cells), label
    yield from _header_rows(head)


def _header_rows(head: Sequence[_Found]) -> Iterator[tuple[list[str], _Found]]:
    """The labels of a header; table three's outer columns get back the row of their own.

    In a header of three rows 总计 is printed before the columns that stand left of it.
    """
    if not head:
        return
    texts = [label.text for label in head]
    outer = [text for text in texts if core(text) in _OUTER]
    if len(outer) == 2 and core(outer[0]) != core(outer[1]):
        yield [outer[0], "法人或其他组织", outer[1]], replace(head[0], doubt=None)
        texts = [text for text in texts if text not in outer]
    yield texts, replace(head[0], doubt=None)


def _labels_in(lines: Sequence[Line], form: TableForm) -> Iterator[_Found]:
    text = "\n".join(line.text for line in lines)
    plain, origins = _plain(text)
    kinds = _kinds(form)
    pattern = re.compile("|".join(sorted(map(re.escape, kinds), key=len, reverse=True)))
    matches = [m for m in pattern.finditer(plain) if _stands_alone(text, origins, m)]
    before = 0
    for index, match in enumerate(matches):
        start, end = origins[match.start()], origins[match.end() - 1] + 1
        following = matches[index + 1].start() if index + 1 < len(matches) else len(plain)
        stop = origins[following] if following < len(plain) else len(text)
        cells = tuple(_cells(text[end:stop].lstrip(_CLOSING)))
        line, kind = _line_at(lines, start), kinds[match.group()]
        yield _Found(text[start:end], kind, cells, line, before=text[before:start])
        before = end


def _kinds(form: TableForm) -> dict[str, bool]:
    """Each label of the table without punctuation → whether it is a row's."""
    kinds = {core(title): False for title in _TITLES}
    for block in form.blocks:
        for column in block.columns:
            kinds |= {core(label): False for label in (column.label, *column.variants)}
    for row in form.rows.values():
        if row.group:
            kinds.setdefault(core(row.group), False)
        kinds |= {core(label): True for label in (row.label, *row.variants)}
    return kinds


def _plain(text: str) -> tuple[str, list[int]]:
    """The text's letters and digits for matching, and where each stands in the text."""
    letters: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for letter in for_matching(character):
            if letter.isalnum():
                letters.append(letter)
                origins.append(position)
    return "".join(letters), origins


def _stands_alone(text: str, origins: Sequence[int], match: re.Match[str]) -> bool:
    """Whether the label is a cell of its own: in a sentence other words touch it."""
    before = text[: origins[match.start()]]
    after = text[origins[match.end() - 1] + 1 :].lstrip('”"）)')
    head = _NEXT_NUMBERING.sub("", before.rstrip('“"'))
    is_start = not head or bool(_SEPARATOR.match(head[-1]))
    is_end = not after or bool(_SEPARATOR.match(after[0])) or after[0] in "(（"
    is_end = is_end or bool(_TOUCHING.match(after))
    return is_start and is_end


def _cells(tail: str) -> Iterator[str]:
    """The numbers, dashes and runs of digits at the beginning of what follows a label."""
    for token in _SEPARATOR.split(_NEXT_NUMBERING.sub("", tail)):
        if not token:
            continue
        if not (is_value_text(token) or _JOINED.fullmatch(token)):
            return
        yield token


def _line_at(lines: Sequence[Line], position: int) -> Line:
    for line in lines:
        if position <= len(line.text):
            return line
        position -= len(line.text) + 1
    return lines[-1]
