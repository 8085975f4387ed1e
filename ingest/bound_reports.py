"""A file that binds several annual reports: where the first ends.

Knows titles and headings among the lines of a layout. The invariant: what is read comes from one
report alone, so that nobody's tables stand under another's name, and a doubt names the others. A
report that stands twice in a file, or on pages that all print its title, is one report.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.characters import for_matching
from ingest.headings import find_headings
from ingest.readers.layout import Layout, Line
from ingest.report import Doubt, Place
from ingest.titles import Title, find_title

# 一、总体情况, 第一部分 概述; on text for matching.
_FIRST_HEADING = re.compile(
    r"[(\[【]?(?:第)?[一1][)\]】]?(?:部分)?[、.,:]?[^。;,]{0,12}(?:(?:总体|基本|整体)\w{0,2}情况|概述|概况)"
)
_TABLED = frozenset({2, 3, 4})
_FEWEST_HEADINGS = 4
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Outline:
    """The lines of one run of headings; `title` is the nearest above it."""

    title: Title
    title_line: int
    last_heading: int


def first_report(layout: Layout) -> Layout:
    """The layout as far as its first report goes, with a doubt; unchanged where there is but one."""
    lines = [line.text for line in layout.lines]
    reports = list(_reports(lines))
    if len(reports) < 2:
        return layout
    end = layout.lines[reports[1].title_line]
    return replace(
        layout,
        blocks=layout.blocks[: _position(layout, end)],
        doubts=(*layout.doubts, _doubt([report.title for report in reports], end)),
    )


def _position(layout: Layout, line: Line) -> int:
    return next(index for index, block in enumerate(layout.blocks) if block is line)


def _doubt(titles: Sequence[Title], second: Line) -> Doubt:
    named = "".join(f"《{title.text}》" for title in titles[:_MOST_NAMED])
    more = "等" if len(titles) > _MOST_NAMED else ""
    message = (
        f"文件里有{len(titles)}份年报（{named}{more}），只读了第一份，其余的请分别存成文件再读"
    )
    return Doubt("several-reports", message, Place(page=second.page, line=second.number))


def _reports(lines: Sequence[str]) -> Iterator[_Outline]:
    """Each report with a title and most of its headings, of another agency or year than the last."""
    starts = [index for index, line in enumerate(lines) if _is_first_heading(line)]
    if len(starts) < 2:
        return
    before: _Outline | None = None
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        outline = _outline(lines, before.last_heading + 1 if before else 0, start, end)
        if outline is None:
            continue
        if before is None or _differ(before.title, outline.title):
            yield outline
            before = outline
        else:
            before = replace(before, last_heading=outline.last_heading)


def _is_first_heading(line: str) -> bool:
    return bool(_FIRST_HEADING.match(for_matching(line.strip("#* \t\u3000\u00a0"))))


def _outline(lines: Sequence[str], above: int, start: int, end: int) -> _Outline | None:
    """The report whose first heading stands at `start`; its title is sought from `above` on."""
    headings = find_headings(lines[start:end])
    numbers = {heading.number for heading in headings}
    if 1 not in numbers or len(numbers) < _FEWEST_HEADINGS or len(numbers & _TABLED) < 2:
        return None
    title = find_title(lines[above:start])
    if title is None:
        return None
    return _Outline(title, above + title.first, start + headings[-1].last)


def _differ(one: Title, other: Title) -> bool:
    """Whether two titles name two agencies or two years."""
    agencies, years = {one.agency, other.agency}, {one.year, other.year}
    return (None not in agencies and len(agencies) == 2) or (None not in years and len(years) == 2)
