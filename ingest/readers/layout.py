"""What a reader saw, before meaning: text lines and cell grids in reading order.

A `Layout` knows pages and positions, and nothing of annual reports. Every reader turns one file
format into it; everything after the readers is the same for all formats.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from ingest.report import Box, Doubt


class Word(NamedTuple):
    """Letters of a line with nothing but a gap around them, and where they are printed.

    The sides are points on the page turned upright; `box` is the same on the page in the file.
    """

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph of text, letter for letter. `number` counts lines from 1.

    `words` are its words where the format knows positions; in other formats there are none.
    """

    text: str
    number: int
    page: int | None = None
    box: Box | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid. A merged cell stands once, at its top left corner, with its spans.

    `doubt` is the code of the reader's own doubt about what stands in the cell.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    line: int | None = None
    box: Box | None = None
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn. Rows and columns count from 0.

    `aligned` says whether column numbers can be trusted: true for grids with real geometry
    (ruled PDF tables, DOCX, HTML), false for text dumps in which merged or empty cells may have
    vanished, so that only the order of cells within a row is known. `lines` are what is printed in
    the table, whatever the rulings say, where the format knows positions.
    """

    cells: tuple[GridCell, ...]
    aligned: bool
    number: int = 1
    page: int | None = None
    lines: tuple[Line, ...] = ()

    @property
    def row_count(self) -> int:
        """Number of rows, those reached only by a span included."""
        return max((c.row + c.row_span for c in self.cells), default=0)

    @property
    def column_count(self) -> int:
        """Number of columns of the widest row."""
        return max((c.column + c.column_span for c in self.cells), default=0)

    def rows(self) -> Iterator[tuple[GridCell, ...]]:
        """The cells that start in each row, from left to right; a row may be empty."""
        by_row: dict[int, list[GridCell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in range(self.row_count):
            yield tuple(sorted(by_row.get(row, ()), key=_column_of))


_column_of = attrgetter("column")

Block: TypeAlias = Line | Grid


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as blocks in reading order. `title` is what the file itself says it is called.

    `page_doubts` gives, for a page that may be wrong anywhere, the code of the doubt.
    """

    media_type: str
    blocks: tuple[Block, ...]
    page_count: int | None = None
    title: str | None = None
    doubts: tuple[Doubt, ...] = field(default=())
    page_doubts: Mapping[int, str] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The text lines alone."""
        return tuple(b for b in self.blocks if isinstance(b, Line))

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The grids alone."""
        return tuple(b for b in self.blocks if isinstance(b, Grid))
