"""The three statutory tables as a form to fill in: one field a cell, the form's arithmetic beside.

Pure. The invariant: a cell that nobody filled in is an empty field that reads 未填, never 0. The
identities go along as data, so that the page works out and compares totals as one types.
"""

import json
from collections.abc import Iterator
from html import escape

from assistant.drafting.typed_tables import TypedCell, TypedTables, form_for
from assistant.render import TABLE_TITLES
from ingest.forms import Block, Form, TableForm
from ingest.report import TABLE_NAMES, Concept, TableName


def tables_to_form(cells: TypedTables, year: int, *, drawn: str = "") -> str:
    """The form with what was typed so far, a doubtful cell marked with its doubt.

    A page shows a form anew only when it differs from the one it was sent before, whatever was typed
    since: `drawn` tells two forms apart that hold the same.
    """
    form = form_for(year)
    tables = "".join(_table(form, name, cells) for name in TABLE_NAMES)
    sums = escape(json.dumps(list(_calculations(form)), ensure_ascii=False))
    return (
        f"<div class='nbd-form' data-calculations='{sums}' data-drawn='{drawn}'>"
        f"<p class='nbd-status' role='status'></p>{_doubts(cells)}{tables}</div>"
    )


def _calculations(form: Form) -> Iterator[dict[str, object]]:
    for name in TABLE_NAMES:
        for calculation in form.table(name).calculations:
            yield {
                "label": calculation.label,
                "left": [str(concept) for concept in calculation.left],
                "right": [str(concept) for concept in calculation.right],
            }


def _doubts(cells: TypedTables) -> str:
    doubtful = sum(bool(cell.doubt) for cell in cells.values())
    if not doubtful:
        return ""
    return (
        f"<p class='nb-tag nb-tag-warning nbd-doubts'>从文件读到的 {doubtful} 格存疑（黄底），正文不采用。"
        "<button type='button' class='nb-copy' data-act='confirm'>我已与文件核对，都照此采用</button></p>"
    )


def _table(form: Form, name: TableName, cells: TypedTables) -> str:
    table = form.table(name)
    blocks = "".join(_block(table, block, cells) for block in table.blocks)
    return (
        f"<details class='nbd-table' open data-table='{name}'><summary>{escape(TABLE_TITLES[name])}</summary>"
        f"<button type='button' class='nb-copy' data-act='zeros' data-table='{name}'>"
        "其余未填的格都是 0</button>"
        f"<div class='nb-table'><table class='nb-form'>{blocks}</table></div></details>"
    )


def _block(table: TableForm, block: Block, cells: TypedTables) -> str:
    heads = "".join(f"<th scope='col'>{escape(column.label)}</th>" for column in block.columns)
    rows = "".join(_row(table, block, row.id, cells) for row in block.rows)
    title = escape(block.title or "项目")
    return f"<tbody><tr><th class='nb-corner' scope='col'>{title}</th>{heads}</tr>{rows}</tbody>"


def _row(table: TableForm, block: Block, row_id: str, cells: TypedTables) -> str:
    row = table.rows[row_id]
    fields = "".join(
        _field(Concept(table.name, row_id, column.id), f"{row.full_label}，{column.label}", cells)
        for column in block.columns
    )
    number = f"<small>{escape(row.number)}</small> " if row.number else ""
    return f"<tr><th scope='row'>{number}{escape(row.full_label)}</th>{fields}</tr>"


def _field(concept: Concept, name: str, cells: TypedTables) -> str:
    cell = cells.get(str(concept), TypedCell(""))
    doubt = f" class='nbd-doubt' title='{escape(cell.why)}'" if cell.doubt else ""
    total = " data-total" if concept.column == "total" or concept.row == "total" else ""
    total += " data-worked-out" if cell.is_worked_out else ""
    return (
        f"<td><input data-cell='{concept}' value='{escape(cell.text)}' placeholder='未填' "
        f"inputmode='decimal' autocomplete='off' aria-label='{escape(name)}'{total}{doubt}></td>"
    )
