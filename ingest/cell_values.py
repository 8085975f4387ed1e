"""A slot of a grid → a `Cell` of the statutory table: its number, its unit, its doubt.

The invariant: a cell that is not exactly a number, a blank or a dash has no value and a doubt.
"""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from ingest.characters import for_matching
from ingest.grid_rows import Slot
from ingest.numbers import text_to_number
from ingest.report import DASHES, DOUBTS, Cell, Concept, Doubt, Number, Place

# Private letters, which only a font of the document's own can show, and unassigned ones.
_UNKNOWN = frozenset({"Co", "Cn"})
_MONEY = {"元": Decimal("0.0001"), "千元": Decimal("0.1"), "百元": Decimal("0.01")}
_MONEY |= {"万元": Decimal(1), "万": Decimal(1), "亿元": Decimal(10_000), "亿": Decimal(10_000)}
# 251000元  7,730.28 万元  5件
_MEASURED = re.compile(r"(?P<number>[+-]?[\d.,]+)(?P<unit>[^\d.,+-]+)")
# 采购总金额（单位：元）  收费金额(万元)
_HEADER_UNIT = re.compile(r"(?:单位:?|\()(?P<unit>[百千万亿]?元)")
# 135 212   one number, or two of which the first was typed into the cell of the second.
_SPACED = re.compile(r"\d\s+\d")
# 1.000   three places: a thousand as likely as one
_THREE_PLACES = re.compile(r"[.\uff0e]\d{3}(?!\d)")
# - 5   a sign apart from its number may be the mark of a list
_APART = re.compile(r"[+\-－−–]\s+\d")
# The units in which things are counted on the form; 5件 is the number five.
_COUNTERS = {"件": "件", "宗": "件", "项": "项", "个": "项"}


def slot_to_cell(
    slot: Slot, concept: Concept, unit: str, header: str = "", doubt: Doubt | None = None
) -> Cell:
    """The cell of the form that a slot holds.

    `unit` is what the form counts in; a number written in another unit of money is converted and
    says so. `header` is the column's printed label. `doubt` is what is known against the row.
    """
    text = slot.text
    place = slot_place(slot, concept)
    if slot.cell.doubt is not None:
        doubt = Doubt(slot.cell.doubt, f"“{_short(text)}”：{DOUBTS[slot.cell.doubt]}", place)
    if slot.cell.doubt == "unreadable":
        return Cell(None, text, place, doubt)
    if text.isdigit() and unit != "万元" and text.isascii():
        number = text_to_number(text)
        if number is not None:
            return Cell(number, text, place, doubt)  # as nearly all cells are
    return _read_with_care(text, place, unit, header, doubt)


def _read_with_care(text: str, place: Place, unit: str, header: str, doubt: Doubt | None) -> Cell:
    """The cell of a text that is more, or less, than digits."""
    bare = for_matching(text)
    if not bare and any(unicodedata.category(letter) in _UNKNOWN for letter in text):
        return _no_number(text, place, "是这里没有的字体里的字，未能读出")
    if not bare:
        return Cell(None, text if not text.strip() else "", place, doubt)
    if bare in DASHES and "".join(text.split()) in DASHES:
        return Cell(None, text, place, doubt)
    number, written = text_to_number(text), _header_unit(header)
    if number is not None:
        doubt = (
            doubt
            or _spaced_doubt(text, place)
            or _sign_doubt(text, place)
            or _fraction_doubt(number, unit, text, place)
        )
    else:
        number, written = _measured(bare)
    if number is None:
        return _no_number(text, place, "不是数")
    if unit == "万元":
        return _money_cell(number, written, text, place, doubt)
    if written is not None and _COUNTERS.get(written) != unit and unit in _COUNTERS.values():
        return _no_number(text, place, f"的单位与表样（{unit}）不同")
    return Cell(number, text, place, doubt)


def _spaced_doubt(text: str, place: Place) -> Doubt | None:
    if not _SPACED.search(text):
        return None
    message = f"“{_short(text)}”中间有空格，可能是两个数，按一个数读取"
    return Doubt("readings-differ", message, place)


def _sign_doubt(text: str, place: Place) -> Doubt | None:
    if place.column == "change" or not _APART.match(text.strip()):
        return None
    message = f"“{_short(text)}”前的符号与数字分开，可能不是负号，按负数读取"
    return Doubt("readings-differ", message, place)


def _fraction_doubt(number: Number, unit: str, text: str, place: Place) -> Doubt | None:
    """What is counted in pieces has no fraction: a speck or a separator may look like a point."""
    if unit not in _COUNTERS.values():
        return None
    if number == int(number) and not _THREE_PLACES.search(text):
        return None
    message = f"“{_short(text)}”有小数点，而件数应是整数，请对照原件"
    return Doubt("fraction", message, place)


def _no_number(text: str, place: Place, reason: str) -> Cell:
    doubt = Doubt("not-a-number", f"“{_short(text)}”{reason}，按空处理", place)
    return Cell(None, text, place, doubt)


def slot_place(slot: Slot, concept: Concept) -> Place:
    """Where the slot stands in its document, as the place of a concept."""
    cell = slot.cell
    return Place(
        page=cell.page or slot.grid.page,
        line=cell.line,
        box=cell.box,
        table=concept.table,
        row=concept.row,
        column=concept.column,
        grid=(slot.grid.number, cell.row + 1, cell.column + 1),
    )


def _money_cell(
    number: Number, written: str | None, text: str, place: Place, doubt: Doubt | None
) -> Cell:
    """The amount in 万元. The trial form prints no unit over 采购总金额, and agencies write 元 too."""
    factor = _MONEY.get(written or "万元")
    if factor is None:
        return _no_number(text, place, "的单位不是货币单位")
    if written is None and number:
        message = f"“{_short(text)}”没有写明单位，按万元读取"
        return Cell(number, text, place, doubt or Doubt("unit-missing", message, place))
    if factor == 1:
        return Cell(number, text, place, doubt)
    value = _plain_number(Decimal(str(number)) * factor)
    message = f"“{_short(text)}”以{written}为单位，已换算为 {value} 万元"
    return Cell(value, text, place, Doubt("unit-converted", message, place))


def _plain_number(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else float(value)


def _measured(bare: str) -> tuple[Number | None, str | None]:
    match = _MEASURED.fullmatch(bare)
    if match is None or match["unit"] not in {*_MONEY, *_COUNTERS}:
        return None, None
    return text_to_number(match["number"]), match["unit"]


@lru_cache(maxsize=256)
def _header_unit(header: str) -> str | None:
    match = _HEADER_UNIT.search(for_matching(header))
    return match["unit"] if match else None


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 20 else plain[:20] + "…"
