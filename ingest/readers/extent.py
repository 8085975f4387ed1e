"""How much a document may hold before it is refused as endless."""

from dataclasses import dataclass

from ingest.errors import UnreadableFile

# An annual report of a whole province has under a thousand lines and a thousand cells.
_MOST_LINES = 100_000
_MOST_CELLS = 50_000
# A merged cell covers many positions; so many belong to no table that a browser could show.
_MOST_COVERED = 500_000


@dataclass(slots=True)
class Extent:
    """Counts the lines and cells of one document; refuses it when there are too many."""

    name: str
    lines: int = 0
    cells: int = 0
    covered: int = 0

    def add_line(self) -> None:
        """Count one line. Raises UnreadableFile."""
        self.lines += 1
        if self.lines > _MOST_LINES:
            raise UnreadableFile(
                f"《{self.name}》超过 {_MOST_LINES} 行，不像年度报告，没有读取。请只保留年度报告部分。"
            )

    def add_merged_cell(self, height: int, width: int) -> None:
        """Count what a merged cell covers. Raises UnreadableFile."""
        self.covered += height * width
        if self.covered > _MOST_COVERED:
            raise UnreadableFile(
                f"《{self.name}》的合并单元格共跨 {_MOST_COVERED} 格以上，不像年度报告，没有读取。"
                "请只保留年度报告部分。"
            )

    def add_cells(self, count: int = 1) -> None:
        """Count so many table cells. Raises UnreadableFile."""
        self.cells += count
        if self.cells > _MOST_CELLS:
            raise UnreadableFile(
                f"《{self.name}》的表格超过 {_MOST_CELLS} 格，不像年度报告，没有读取。"
                "请只保留年度报告部分。"
            )
