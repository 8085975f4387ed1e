"""The document model: what is known of one annual report, as plain frozen values.

The invariant kept here: **a number is never alone**. Every number is a `Cell` or a `Figure` that
says where it stood (`Place`) and, when it is a guess, why (`Doubt`). A cell that holds text which
is neither a number nor blank cannot be constructed without a doubt, and `Report.warnings` is
derived from the doubts, never filled in by hand. Zero, blank, a dash and a missing row are four
different states of a cell.

Nothing here reads files, knows the statutory form's labels, or does I/O.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

Number: TypeAlias = int | float
TableName: TypeAlias = Literal["proactive", "requests", "disputes"]
CellState: TypeAlias = Literal["number", "blank", "dash", "text", "missing"]
Box: TypeAlias = tuple[float, float, float, float]

TABLE_NAMES: tuple[TableName, ...] = ("proactive", "requests", "disputes")

# Cell texts that people write where the form wants a number and there is nothing to count.
DASHES = frozenset({"/", "／", "\\", "-", "－", "—", "——", "–", "−", "--", "无", "―", "─", "一一"})

DOUBTS: Mapping[str, str] = {
    "row-shifted": "这一行的数与表头错开，按行内次序对回",
    "row-rebuilt": "这一行被分页或断行拆开，重新拼接而成",
    "row-missing": "表中没有找到这一行",
    "row-unknown": "表中有一行不在法定格式内，未采用",
    "column-missing": "表中没有找到这一列",
    "label-inferred": "行或列的名称残缺或有误，按上下文认定",
    "not-a-number": "格内不是数，按空处理",
    "unit-converted": "单位与表样不同，已换算",
    "unit-missing": "没有写明单位，按表样的单位读取",
    "fraction": "计数的格里有小数点",
    "digits-joined": "数字连写，按勾稽关系拆开",
    "readings-differ": "两种读法结果不同",
    "cell-repeated": "同一格出现两次且数值不同，未采用",
    "unreadable": "这一格未能读出",
    "ocr": "由图像识别得来",
    "table-missing": "没有找到这张表",
    "table-repeated": "这张表出现了两次，以第一张为准",
    "section-missing": "没有找到这一部分",
    "several-reports": "文件里有几份年报，只读了第一份",
    "title-missing": "没有标题，单位和年度取自正文或文件名",
    "agency-missing": "没有认出单位",
    "year-missing": "没有认出年度",
    "year-conflict": "标题、正文与文件名中的年度不一致",
    "format-unclear": "看不出用的是哪一版表样，按年度认定",
    "encoding-guessed": "文件未声明编码，按内容推定",
    "characters-lost": "有字符无法解码",
    "suffix-mismatch": "扩展名与内容不符，按内容读取",
    "hidden-text": "含隐藏文字，未采用",
    "struck-out": "含划掉（带删除线）的文字，未采用",
    "active-content": "含宏、嵌入对象或外部链接，均未执行、未打开",
    "locked": "文件设有使用限制（如禁止编辑、打印），不影响读取",
    "pages-unread": "有页面没有文字层，未能读出",
    "text-garbled": "文字层疑有乱码",
    "changes-tracked": "文件带有修订痕迹，按接受全部修订后的内容读取",
}
"""The closed list of reasons to distrust what was read: code → what it means to a reader."""


class Concept(NamedTuple):
    """The address of one number on the statutory form; written `requests/new/total`."""

    table: TableName
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}/{self.row}/{self.column}"

    @classmethod
    def parse(cls, text: str) -> "Concept":
        """The concept written as `table/row/column`; raises ValueError for anything else."""
        parts = text.split("/")
        for name in TABLE_NAMES:
            if len(parts) == 3 and parts[0] == name:
                return cls(name, parts[1], parts[2])
        raise ValueError(f"not a concept: {text!r}; write table/row/column")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a document (出处).

    `page` and `line` count from 1; `box` is (left, top, right, bottom) in PDF points from the
    page's top left corner. `section` is 0 for the text before section one. `quote` is text of
    the document, letter for letter. `grid` is the address in the document's own table, for
    formats without pages: (table, row, column), each from 1.
    """

    page: int | None = None
    line: int | None = None
    box: Box | None = None
    section: int | None = None
    quote: str | None = None
    table: TableName | None = None
    row: str | None = None
    column: str | None = None
    grid: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reason to distrust something that was read. `code` is one of `DOUBTS`."""

    code: str
    message: str
    place: Place = field(default_factory=Place)

    def __post_init__(self) -> None:
        if self.code not in DOUBTS:
            raise ValueError(f"unknown doubt code: {self.code}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a statutory table as it was read.

    `text` is the cell's text letter for letter, None when the document has no such cell.
    `value` is None for a blank, a dash, a missing cell and a text that is no number.
    """

    value: Number | None
    text: str | None
    place: Place = field(default_factory=Place)
    doubt: Doubt | None = None

    def __post_init__(self) -> None:
        if self.state == "text" and self.doubt is None:
            raise ValueError(f"a cell that reads {self.text!r} needs a doubt")

    @property
    def state(self) -> CellState:
        """Which of the five states the cell is in; only "number" carries a value."""
        if self.value is not None:
            return "number"
        if self.text is None:
            return "missing"
        bare = "".join(self.text.split())
        if not bare:
            return "blank"
        return "dash" if bare in DASHES else "text"


MISSING_CELL = Cell(None, None)


@dataclass(frozen=True)
class Table:
    """One of the three statutory tables; every concept of its form has a cell.

    `labels` are the labels printed with half-width signs, which the form has not: their words as
    `quote`, and where they stand.
    """

    name: TableName
    cells: Mapping[Concept, Cell]
    doubts: tuple[Doubt, ...] = ()
    labels: tuple[Place, ...] = ()

    def cell(self, row: str, column: str) -> Cell:
        """The cell at `row` and `column`; the missing cell if the form has none there."""
        return self.cells.get(Concept(self.name, row, column), MISSING_CELL)

    @cached_property
    def rows(self) -> Mapping[str, Mapping[str, Cell]]:
        """Row identifier → column identifier → cell, in the order of the form."""
        rows: dict[str, dict[str, Cell]] = {}
        for concept, cell in self.cells.items():
            rows.setdefault(concept.row, {})[concept.column] = cell
        return rows


class TextStart(NamedTuple):
    """Where one line of the document begins within a section's text."""

    offset: int
    page: int | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six parts; `number` 0 is the text before the first. `text` leaves tables out.

    `starts` lists the document's lines that the text was put together from, so that a sentence on
    the second page of a section is not cited with the first.
    """

    number: int
    heading: str
    text: str
    page: int | None = None
    line: int | None = None
    starts: tuple[TextStart, ...] = ()

    def start_at(self, offset: int) -> TextStart:
        """The document's line that holds the character at `offset` of the text."""
        before = [start for start in self.starts if start.offset <= offset]
        return before[-1] if before else TextStart(0, self.page, self.line)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the text: what it counts, its unit and the sentence it stands in.

    `sentence` and `quote` are letter for letter; `quote` is the words that carry the number.
    `approximate` marks 余/约/近. `part_of` names the figure whose breakdown (其中) this one
    belongs to. `scope` is the area or body counted when it is not the agency itself (全市), or the
    time when it is not the whole year (第三季度).
    `year` is set only when the sentence speaks of another year than the report's.
    """

    name: str
    value: Number
    unit: str
    sentence: str
    section: int
    quote: str = ""
    approximate: bool = False
    part_of: str | None = None
    scope: str | None = None
    year: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """What the parser could not read with certainty, as shown to people."""

    code: str
    message: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Report:
    """One annual report, whole. `sha256` is the hash of the bytes it was read from."""

    source: str
    sha256: str
    media_type: str
    agency: str | None
    year: int | None
    format: str | None
    title: str | None
    signed_by: str | None
    signed_on: date | None
    preamble: Section | None
    sections: tuple[Section, ...]
    tables: Mapping[TableName, Table]
    figures: tuple[Figure, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def id(self) -> str:
        """The report's identifier in a library: the first 16 digits of its content's hash."""
        return self.sha256[:16]

    @property
    def texts(self) -> tuple[Section, ...]:
        """Everything written in sentences: the text before section one, then the sections."""
        return ((self.preamble,) if self.preamble else ()) + self.sections

    def section(self, number: int) -> Section | None:
        """The section with this number, or None when the report has none."""
        return next((s for s in self.texts if s.number == number), None)

    def cell(self, concept: Concept | str) -> Cell:
        """The cell at a concept; the missing cell where the report has no such table or row."""
        key = Concept.parse(concept) if isinstance(concept, str) else concept
        table = self.tables.get(key.table)
        return table.cells.get(key, MISSING_CELL) if table else MISSING_CELL

    def number(self, concept: Concept | str) -> Number | None:
        """The number at a concept, None where the cell holds none.

        >>> from ingest.report import Cell, Concept, Report, Table
        >>> new = Concept("requests", "new", "total")
        >>> table = Table("requests", {new: Cell(3, "3")})
        >>> report = Report("a.txt", "0" * 64, "text/plain", "甲市乙局", 2023, "2021", None, None,
        ...                 None, None, (), {"requests": table})
        >>> report.number("requests/new/total")
        3
        """
        return self.cell(concept).value

    @cached_property
    def warnings(self) -> tuple[ParseWarning, ...]:
        """Every doubt of the document, its tables and their cells, in reading order.

        A doubt that several cells share, a shifted row say, is said once, at the first of them.
        """
        first: dict[tuple[str, str], ParseWarning] = {}
        for doubt in self._all_doubts():
            warning = ParseWarning(doubt.code, doubt.message, doubt.place)
            first.setdefault((doubt.code, doubt.message), warning)
        return tuple(first.values())

    def _all_doubts(self) -> Iterator[Doubt]:
        yield from self.doubts
        for table in self.tables.values():
            yield from table.doubts
            yield from (cell.doubt for cell in table.cells.values() if cell.doubt)
