"""An invented report on one large page: its three tables side by side or one under another."""

from collections.abc import Mapping, Sequence

from ingest.report import Report
from tests.print_pdf import FONT, Sheet, wrapped
from tests.render_files import Drawing, draw_tables

_SIZE, _LEADING, _PADDING, _HEADING = 8.0, 11.0, 6.0, 25.0
_TOP, _LEFT = 140.0, 60.0

# Section number → (left, width, the section that it stands under).
_Places = Mapping[int, tuple[float, float, int | None]]

ARRANGEMENTS: Mapping[str, _Places] = {
    "one under another": {2: (_LEFT, 600, None), 3: (_LEFT, 600, 2), 4: (_LEFT, 600, 3)},
    "two beside three": {2: (_LEFT, 500, None), 3: (640, 650, None), 4: (_LEFT, 1200, 3)},
    "two touching three": {2: (_LEFT, 500, None), 3: (560, 650, None), 4: (_LEFT, 1200, 3)},
    "four beside three": {2: (_LEFT, 600, None), 3: (_LEFT, 650, 2), 4: (740, 560, 2)},
    "two over four": {3: (_LEFT, 650, None), 2: (780, 500, None), 4: (780, 560, 2)},
    "all in a row": {2: (40, 340, None), 3: (395, 560, None), 4: (970, 420, None)},
}


def as_sheet(
    report: Report, arrangement: str, *, ruled: bool = True, headed: bool = True, gap: float = 10
) -> bytes:
    """The report on one page; `gap` is the space between tables, `headed` prints the headings."""
    sheet = Sheet((1400, 1700))
    sheet.text(400, 60, report.title or "", 14)
    sheet.text(_LEFT, 90, "一、总体情况")
    sheet.text(_LEFT, 110, "全年主动公开信息12条。")
    headings = {section.number: section.heading for section in report.sections}
    drawings, ends = draw_tables(report), dict[int, float]()
    for number, (left, width, above) in ARRANGEMENTS[arrangement].items():
        y = ends[above] + gap if above else _TOP
        if headed:
            sheet.text(left, y + 15, headings[number])
            y += _HEADING
        ends[number] = _table(sheet, drawings[number], (left, y), width, ruled=ruled)
    bottom = max(ends.values())
    sheet.text(_LEFT, bottom + 30, "五、存在的主要问题及改进情况")
    sheet.text(_LEFT, bottom + 50, "一是更新不及时。")
    return sheet.data()


def _table(
    sheet: Sheet, cells: Drawing, at: tuple[float, float], width: float, *, ruled: bool
) -> float:
    """Print a table; where it ends."""
    widths = _widths(cells, width)
    xs = [at[0] + sum(widths[:i]) for i in range(len(widths) + 1)]
    count = max(cell.row + cell.row_span for cell in cells)
    heights = [_height(cells, row, widths) for row in range(count)]
    ys = [at[1] + sum(heights[:i]) for i in range(len(heights) + 1)]
    for cell in cells:
        left, right = xs[cell.column], xs[cell.column + cell.column_span]
        top, bottom = ys[cell.row], ys[cell.row + cell.row_span]
        if ruled:
            sheet.grid((left, right), (top, bottom))
        lines = list(wrapped(cell.text, right - left - _PADDING, _SIZE))
        y = (top + bottom - _LEADING * len(lines)) / 2
        for number, line in enumerate(lines):
            length = sheet.canvas.stringWidth(line, FONT, _SIZE)
            sheet.text((left + right - length) / 2, y + _LEADING * number + _SIZE, line, _SIZE)
    return ys[-1]


def _height(cells: Drawing, row: int, widths: Sequence[float]) -> float:
    lines = [
        list(wrapped(c.text, sum(widths[c.column : c.column + c.column_span]) - _PADDING, _SIZE))
        for c in cells
        if c.row == row and c.row_span == 1
    ]
    return max(map(len, lines), default=1) * _LEADING + _PADDING


def _widths(cells: Drawing, width: float) -> list[float]:
    columns = max(cell.column + cell.column_span for cell in cells)
    shares = [0.5, 2, 3.5, *[1] * 7] if columns == 10 else [1] * columns
    return [width * share / sum(shares) for share in shares]
