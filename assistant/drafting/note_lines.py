"""The lines of what a writer jotted down: bullets off, pasted tables told, empty lines left out.

Pure: it knows nothing of the parts of a report. The invariant: every digit of a line that is left
stands as it was written.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

# -  *  •  1.  （2）  三、  ①
_BULLET = re.compile(
    r"^\s*(?:[-*•·●▪◆■]+|\d{1,2}[.、\uff0e)）](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]+、|[①-⑳])\s*"
)
# A line that says anything has a letter, a digit or a Chinese character.
_WORD = re.compile(r"[^\W_]")
# | 门户网站 | 320 |   门户网站<tab>320
_PIPES = re.compile(r"^\s*\|.*\|\s*$")
_TABS = re.compile(r"\S\s*\t\s*\S")
# 条数, 发布篇数: what the numbers below it count
_COUNTED = re.compile(r"([条件篇次期份场项个家人])数(?:量)?$")


def bare_lines(text: str) -> Iterator[tuple[str, str]]:
    """Each line that says something new: as written, and without its bullet."""
    told = set()
    for line in _told(text.splitlines()):
        bare = _BULLET.sub("", line).strip()
        if _WORD.search(bare) and bare not in told:
            told.add(bare)
            yield line, bare


def _told(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with each table that was pasted in told as one sentence."""
    for mark, together in groupby(lines, key=_mark):
        if mark:
            rows = [line.strip().strip("|").split(mark) for line in together]
            yield from _table([[cell.strip() for cell in row] for row in rows])
        else:
            yield from together


def _mark(line: str) -> str:
    """What stands between the cells of a line that is a row of a table; "" for any other line."""
    return "|" if _PIPES.match(line) else "\t" if _TABS.search(line) else ""


def _table(rows: Sequence[list[str]]) -> Iterator[str]:
    filled = [row for row in rows if any(_WORD.search(cell) for cell in row)]
    has_head = bool(filled) and not re.search(r"\d", "".join(filled[0]))
    head, body = (filled[0], filled[1:]) if has_head else ([], filled)
    told = "，".join(filter(None, (_row(head, row) for row in body)))
    if told:
        yield told


def _row(head: Sequence[str], row: Sequence[str]) -> str:
    """门户网站320条: the first cell names the row, each other is a value of its column."""
    names = [*head, *[""] * len(row)]
    values = [_value(name, cell) for name, cell in zip(names[1:], row[1:], strict=False) if cell]
    return row[0] + "、".join(values)


def _value(column: str, cell: str) -> str:
    counted = _COUNTED.search(column)
    if not counted:
        return f"{column}{cell}"
    named = column[: counted.start()]
    return f"{named}{cell}{'' if cell.endswith(counted[1]) else counted[1]}"
