"""An invented report written as text, in each of the ways that published text reports are found.

Every layout keeps the quirks that make it hard: merged cells that leave nothing behind, labels
torn over lines, cells and pages, rows that stand one column beside their header.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.forms import FORMS, Row, TableForm
from ingest.report import Report, TableName

Rows = list[list[str]]

_CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_OUTCOME = "三、本年度办理结果"
_ORGANISATIONS = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
# Cells beside the name of a row that its one to five values share.
_WIDTH = 60
_RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
_BROKEN = {
    "结果维持": "结果\n维持",
    "商业企业": "商业\n企业",
    "尚未审结": "尚未\n审结",
    "5.要求行政机关确认或重新出具已获取信息": "5.要求行政机关确认或重新\n出具已获取信息",
}


@dataclass(frozen=True)
class RequestRow:
    """A row of table three: its labels from left to right, how many columns they need, values."""

    labels: tuple[str, ...]
    depth: int
    values: tuple[str, ...]


def values_of(report: Report, table: TableName, row: str) -> list[str]:
    """The texts of a row's cells, as printed."""
    return [cell.text or "" for cell in report.tables[table].rows[row].values()]


def proactive_blocks(report: Report) -> list[Rows]:
    """Table two block by block: title, header, data rows."""
    blocks = []
    for block in _form(report, "proactive").blocks:
        header = ["信息内容", *(column.label for column in block.columns)]
        data = [[row.label, *values_of(report, "proactive", row.id)] for row in block.rows]
        blocks.append([[block.title], header, *data])
    return blocks


def request_rows(report: Report) -> list[RequestRow]:
    """Table three without its header; a merged label stands only in its first row."""
    rows = []
    seen: set[str] = set()
    for row in _form(report, "requests").rows.values():
        labels = (*_new_labels(row, seen), _numbered(row))
        depth = 1 if not row.group else (2 if row.group == "本年度办理结果" else 3)
        rows.append(RequestRow(labels, depth, tuple(values_of(report, "requests", row.id))))
    return rows


def _new_labels(row: Row, seen: set[str]) -> Iterator[str]:
    groups = [_OUTCOME] if row.group else []
    if row.group not in {"", "本年度办理结果"}:
        groups.append(f"{row.group_number}{row.group}")
    for group in groups:
        yield "" if group in seen else group
        seen.add(group)


def _numbered(row: Row) -> str:
    if row.number.isdigit():
        return f"{row.number}.{row.label}"
    return f"{row.number}{row.label}" if "（" in row.number else f"{row.number}、{row.label}"


def dispute_values(report: Report) -> list[str]:
    """The fifteen cells of table four."""
    return [t for row in report.tables["disputes"].rows for t in values_of(report, "disputes", row)]


def _form(report: Report, table: TableName) -> TableForm:
    return FORMS[report.format or "2021"].tables[table]


def document(report: Report, tables: Mapping[int, str], between: str = "\n") -> str:
    """The whole report as text, with `tables` after the headings of their sections."""
    parts = [report.title or "", report.preamble.text if report.preamble else ""]
    for section in report.sections:
        parts.append(section.heading)
        if section.number in tables:
            parts.append(tables[section.number])
        elif section.text:
            parts.extend(section.text.split("\n"))
    if report.signed_on:
        date = report.signed_on
        parts += [report.signed_by or "", f"{date.year}年{date.month}月{date.day}日"]
    return between.join(parts) + "\n"


# --- One cell a line, after a TAB ------------------------------------------------------------------


def as_cells(report: Report, pad: Callable[[str, int], str] = lambda text, _: text) -> str:
    """One cell a line; a blank line ends the row; cells merged downwards are a bare TAB."""
    tables: dict[int, Rows] = {2: [row for block in proactive_blocks(report) for row in block]}
    tables[3] = [
        [_CORNER.replace("和，等", "和，\n等"), "申请人情况"],
        ["", "自然人", "法人或其他组织", "总计"],
        ["", "", *_ORGANISATIONS, ""],
        *([*row.labels, *row.values] for row in request_rows(report)),
    ]
    tables[4] = [
        ["行政复议", "行政诉讼"],
        [*_RESULTS, "未经复议直接起诉", "复议后起诉"],
        ["", "", "", "", "", *_RESULTS, *_RESULTS],
        dispute_values(report),
    ]
    return document(report, {n: _cell_lines(rows, pad) for n, rows in tables.items()})


def _cell_lines(rows: Rows, pad: Callable[[str, int], str]) -> str:
    lines = []
    for row in rows:
        cells = enumerate(_BROKEN.get(cell, cell) for cell in row)
        lines += ["\t" + (pad(cell, n) if _is_number(cell) else cell) for n, cell in cells]
        lines.append("")
    return "\n".join(lines) + "\n"


def _is_number(cell: str) -> bool:
    return cell.strip("+-./").replace(".", "").replace(",", "").isdigit()


def as_spaced_cells(report: Report) -> str:
    """As `as_cells`, each number between runs of ideographic, no-break and plain spaces."""
    pads = ("\u3000\u3000      {}", "      \u3000{}", "{}\xa0", "             {} ", "\xa0{}\u3000")
    return as_cells(report, lambda text, n: pads[n % len(pads)].format(text))


# --- A TAB grid torn by page breaks ----------------------------------------------------------------


def as_torn_grid(report: Report) -> str:
    """A TAB grid; table three is torn twice, and its pieces have nine and ten columns."""
    rows = [_western(row) for row in request_rows(report)]
    first, rest = rows[:4], rows[4:]
    last_at = next(i for i, row in enumerate(rest) if "其他处理" in "".join(row.labels))
    last_at += len(rest[last_at:]) - 2 - 1  # the row before 总计 opens the last page
    middle, last = rest[:last_at], rest[last_at:]
    part = first[3].labels[-1]
    cut = part.index("一情形")
    pieces = [
        [
            [_CORNER, "", "申请人情况", "", "", "", "", "", "总计"],
            ["", "", "自然人", "法人或其他组织", "", "", "", "", ""],
            ["", "", "", *_ORGANISATIONS, ""],
            *([row.labels[0][:2], row.labels[0][2:], *row.values] for row in first[:2]),
            ["三、", first[2].labels[-1], *first[2].values],
            ["、", part[:cut], *first[3].values],
        ],
        [["本 年 度 办 理 结 果", part[cut:], *[""] * 8], *(_wide(row) for row in middle)],
        [_narrow(row) for row in last],
    ]
    disputes = [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        [*map(_spaced, _RESULTS), "未经复议直接起诉", "", "", "", "", "复议后起诉", *[""] * 4],
        ["", "", "", "", "", *map(_spaced, _RESULTS), *map(_spaced, _RESULTS)],
        dispute_values(report),
    ]
    tables = {
        2: _tabs(_rectangular(proactive_blocks(report))),
        3: "\n\n".join(_tabs(piece) for piece in pieces),
        4: _tabs(disputes),
    }
    return document(report, tables, between="\n\n")


def _western(row: RequestRow) -> RequestRow:
    """The row with half-width brackets and a space after each number, as OCR writes them."""
    brackets = str.maketrans({"（": "(", "）": ") "})
    labels = [label.translate(brackets).replace(".", ". ").strip() for label in row.labels]
    return RequestRow(tuple(labels), row.depth, row.values)


def _wide(row: RequestRow) -> list[str]:
    labels = ["", *row.labels[1:]] if row.depth == 3 else ["", row.labels[-1], ""]
    return [*labels, *row.values]


def _narrow(row: RequestRow) -> list[str]:
    """A row of the nine-column piece: the group of the third column is lost."""
    return (
        [row.labels[-1], "", *row.values] if row.depth == 1 else ["", row.labels[-1], *row.values]
    )


def _spaced(label: str) -> str:
    return f"{label[:2]} {label[2:]}" if len(label) > 2 else label


def _rectangular(blocks: Sequence[Rows]) -> Rows:
    rows = [row for block in blocks for row in block]
    return [row + [""] * (4 - len(row)) for row in rows]


def _tabs(rows: Rows) -> str:
    return "\n".join("\t".join(row) for row in rows)


# --- Pipes -----------------------------------------------------------------------------------------


def as_markdown(report: Report) -> str:
    """Markdown: table two cut in two, the lower labels of table three push their row right."""
    blocks = proactive_blocks(report)
    penalties = next(i for i, block in enumerate(blocks) if block[2][0] == "行政处罚")
    head = [row for block in blocks[: penalties + 1] for row in block][:-1]
    tail = [blocks[penalties][-1], *(row for block in blocks[penalties + 1 :] for row in block)]
    width = max(map(len, tail))
    rows = [_western(row) for row in request_rows(report)]
    requests = [
        [_CORNER, "", "申请人情况", "", "", "", "", "", "总计", ""],
        ["", "", "自然人", "法人或其他组织", "", "", "", "", "", ""],
        ["", "", "", *_ORGANISATIONS, "", ""],
        *(_shifted(row, last=position >= len(rows) - 3) for position, row in enumerate(rows)),
    ]
    disputes = [
        ["行政复议", "", "", "", "", "行政诉讼", *[""] * 9],
        [*map(_spaced, _RESULTS), "未经复议直接起诉", "", "", "", "", "复议后起诉", *[""] * 4],
        ["", "", "", "", "", *map(_spaced, _RESULTS), *map(_spaced, _RESULTS)],
        dispute_values(report),
    ]
    cut = [[""] * width, *([*row, *[""] * (width - len(row))] for row in tail)]
    tables = {
        2: _markdown(_rectangular([head])) + "\n\n" + _markdown(cut),
        3: _markdown(requests),
        4: _markdown(disputes),
    }
    return document(report, tables, between="\n\n")


def _shifted(row: RequestRow, *, last: bool) -> list[str]:
    """Rows with three labels have no room left for the empty tenth cell; the last three do."""
    if last:
        return [row.labels[-1], "", *row.values, ""]
    if row.depth == 3:
        return [*row.labels, *row.values]
    labels = [row.labels[0], ""] if row.depth == 1 else list(row.labels)
    return [*labels, *row.values, ""]


def _markdown(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "|" + "|".join("-" * (5 + n) for n in range(len(rows[0]))) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def as_spread(report: Report) -> str:
    """A Word file or page turned into Markdown: a merged cell is followed by blank ones."""
    proactive = [_spread(row) for block in proactive_blocks(report) for row in block]
    requests = [
        [_CORNER, "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", *_ORGANISATIONS, ""],
        *([*row.labels, *[""] * (3 - row.depth), *row.values] for row in request_rows(report)),
    ]
    disputes = [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*_RESULTS, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *_RESULTS, *_RESULTS],
        dispute_values(report),
    ]
    tables = {n: _markdown(rows) for n, rows in ((2, proactive), (3, requests), (4, disputes))}
    return document(report, tables, between="\n\n")


def _spread(row: Sequence[str]) -> list[str]:
    """A row of table two: its name and as many more cells as each number of values divides."""
    name, *values = row
    if not values:
        return [name, *[""] * _WIDTH]
    blanks = [""] * (_WIDTH // len(values) - 1)
    return [name, *(text for value in values for text in (value, *blanks))]


def as_pipes(report: Report) -> str:
    """A page turned into text: cells joined by bars, merged cells left out."""
    requests = [
        [_CORNER, "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        list(_ORGANISATIONS),
        *([*filter(None, row.labels), *row.values] for row in request_rows(report)),
    ]
    disputes = [
        ["行政复议", "行政诉讼"],
        [*_RESULTS, "未经复议直接起诉", "复议后起诉"],
        [*_RESULTS, *_RESULTS],
        dispute_values(report),
    ]
    proactive = [row for block in proactive_blocks(report) for row in block]
    tables = {n: _pipes(rows) for n, rows in ((2, proactive), (3, requests), (4, disputes))}
    return document(report, tables)


def _pipes(rows: Rows) -> str:
    return "\n".join(" | ".join(row) + (" |" if len(row) == 1 else "") for row in rows)


# --- Tables flattened to running text --------------------------------------------------------------


def as_lines(report: Report) -> str:
    """A row a line, its cells separated by spaces: what a PDF's text layer often is."""
    return document(report, {n: _flat(report, n, "\n") for n in (2, 3, 4)})


def as_one_line(report: Report) -> str:
    """Each table as one single line."""
    return document(report, {n: _flat(report, n, " ") for n in (2, 3, 4)})


def as_stack(report: Report) -> str:
    """A cell a line, as text is taken out of a PDF, the numbers of the pages among them."""
    tables = {n: _flat(report, n, "\n", between_cells="\n").split("\n") for n in (2, 3, 4)}
    return document(report, {n: "\n".join(_paged(lines, n)) for n, lines in tables.items()})


def _paged(lines: Sequence[str], page: int) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        yield line
        if number % 41 == 0:
            yield f"- {page + number // 41} -"


def _flat(report: Report, section: int, separator: str, *, between_cells: str = " ") -> str:
    proactive = [row for block in proactive_blocks(report) for row in block]
    requests = [
        [_CORNER, "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        _ORGANISATIONS,
        *([*filter(None, row.labels), *row.values] for row in request_rows(report)),
    ]
    disputes = [
        ["行政复议", "行政诉讼"],
        [*_RESULTS, "未经复议直接起诉", "复议后起诉"],
        [*_RESULTS, *_RESULTS],
        dispute_values(report),
    ]
    rows = {2: proactive, 3: requests, 4: disputes}[section]
    return separator.join(between_cells.join(row) for row in rows)


LAYOUTS: Mapping[str, Callable[[Report], str]] = {
    "cells": as_cells,
    "spaced cells": as_spaced_cells,
    "torn grid": as_torn_grid,
    "markdown": as_markdown,
    "spread": as_spread,
    "pipes": as_pipes,
}
"""The layouts in which every cell, blank ones included, still has its place."""

FLAT_LAYOUTS: Mapping[str, Callable[[Report], str]] = {
    "lines": as_lines,
    "one line": as_one_line,
    "stack": as_stack,
}
"""The layouts in which a blank cell leaves nothing behind."""
