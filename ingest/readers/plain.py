"""Text and Markdown files → Layout.

Knows four ways in which a table is written as text: one cell a line after a TAB (a blank line
ends the row, a bare TAB is an empty or merged cell), a TAB grid, pipes, and commas. Web tables in
the text are read as on a page. No TAB and no blank cell is ever dropped: in a text dump the order of cells
is all that is left of the table.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import count, pairwise
from typing import Literal, TypeAlias

from ingest.characters import Decoded, decode
from ingest.errors import UnreadableFile
from ingest.readers.layout import Block, Grid, GridCell, Layout, Line
from ingest.readers.plain_pages import Part, parts_of
from ingest.report import Doubt

LineKind: TypeAlias = Literal["blank", "text", "cell", "tabs", "pipes", "commas"]
Cells: TypeAlias = list[GridCell]

# A text with more control characters than this is the inside of some other kind of file.
_CONTROL_SHARE = 0.01
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NEWLINE = re.compile(r"\r\n|\r|\n|\f|\v|\u2028|\u2029|\x85")
# |---|:--:|   the line under the head of a Markdown table
_RULE = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*")
# 1\.  \-5   signs that converters keep from being taken for Markdown; \| is none of a table's bars.
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{}~])")
_PIPE = re.compile(r"(?<!\\)[|\uff5c│┃║]")
_BARS = ("|", "\uff5c", "│", "┃", "║")
# +-----+---+   between the rows of a table drawn with signs
_DRAWN_RULE = re.compile(r"\s*[+├┼╠╬┣╋][-=+─━┼╋═╬┤┫╣]{3,}\s*")
# **5**  `5`   what a cell is set in, around all of it: converters make totals bold.
_SET_IN = re.compile(r"(?P<mark>\*\*\*|\*\*|__|[*_`])(?P<inside>[^*_`]+)(?P=mark)")
# $12$  $\mathbf{1{,}234}$   a number that was taken for a formula
_FORMULA = re.compile(r"\$\s*(?:\\math[a-z]+\s*\{\s*)?(?P<number>[\d.,{}]+?)\s*\}?\s*\$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# What programs that keep tables write into blank cells and blank headings.
_NOTHING = re.compile(r"[Nn]a[Nn]|Unnamed: \d+(?:_level_\d+)?")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?!.)')
# > text   and "  12  text": what stands before each line of a mail that is quoted, of a listing.
_QUOTING = re.compile(r"^\s*(?:>[ ]?)+")
_LINE_NUMBER = re.compile(r"^ *(\d{1,5})(?:: ?|[ \t|]|$)")
_FEWEST_MARKED = 20
# A table with its cells between commas has so many of them in a line, and so many like lines.
_FEWEST_COMMAS = 3
_FEWEST_ROWS = 3
_LONGEST_ROW = 2000
# 合计 1,247 3,310   numbers with separators, one behind the other
_RUNNING = re.compile(r"\d\s+\S|\S\s+\d|[。；！]$")
# 四、结果…  a paragraph that begins thus is a heading and never the rest of a cell.
_HEADING = re.compile(r"\s*(?:#|[一二三四五六七八九十]\s*[、，,.\uff0e])")
# \t二、主动公开政府信息情况   an indented heading, where 一、本年新收…数量 is a cell of table three.
_INDENTED_HEADING = re.compile(r"\s*[一二三四五六]\s*[、，,.\uff0e].*(?:情况|事项)\s*")
_SENTENCE_END = ("。", "！", "；", "？")
_NUMERIC = re.compile(r"[\s\d.,，+-]*")
# The rest of a broken cell is short and no sentence: 维持 / 出具已获取信息.
_LONGEST_REST = 40


def read(data: bytes, name: str) -> Layout:
    """The lines and tables of a text file, in reading order.

    Raises UnreadableFile for an empty or binary file and for text that cannot be decoded.
    """
    decoded = decode(data)
    _refuse_unreadable(decoded, name)
    markdown = name.lower().endswith((".md", ".markdown"))
    doubts = list(_doubts(decoded))
    blocks: list[Block] = []
    for part in parts_of(_unmarked(_NEWLINE.sub("\n", decoded.text))):
        if part.is_table:
            page = _page(part, name)
            blocks += _from_page(page, part)
            doubts += [doubt for doubt in page.doubts if doubt not in doubts]
        else:
            text = _ESCAPED.sub(r"\1", part.text) if markdown else part.text
            blocks += _blocks(text.split("\n"), part.line)
    return Layout(
        media_type="text/markdown" if markdown else "text/plain",
        blocks=tuple(_numbered(blocks)),
        doubts=tuple(doubts),
    )


def _unmarked(text: str) -> str:
    """The text without what a mail or a listing puts before each of its lines: "> ", its number."""
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if len(filled) < _FEWEST_MARKED:
        return text
    if all(line.lstrip().startswith(">") for line in filled):
        return "\n".join(_QUOTING.sub("", line) for line in lines)
    numbers = [_LINE_NUMBER.match(line) for line in filled]
    counted = [int(match[1]) for match in numbers if match]
    if len(counted) == len(filled) and all(a < b for a, b in pairwise(counted)):
        return "\n".join(_LINE_NUMBER.sub("", line) for line in lines)
    return text


def _page(part: Part, name: str) -> Layout:
    from ingest.readers.webpage import read as read_page  # few texts hold any

    return read_page(part.text.encode("utf-8", "replace"), name)


def _from_page(page: Layout, part: Part) -> Iterator[Block]:
    """The blocks of a web table in the text, under the number of the line where it begins."""
    for block in page.blocks:
        if isinstance(block, Line):
            yield replace(block, number=part.line)
        else:
            cells = (replace(c, text=_as_shown(c.text), line=part.line) for c in block.cells)
            yield replace(block, cells=tuple(cells))


def _numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with their grids counted from 1."""
    numbers = count(1)
    for block in blocks:
        yield replace(block, number=next(numbers)) if isinstance(block, Grid) else block


def _refuse_unreadable(decoded: Decoded, name: str) -> None:
    if not decoded.text.strip().strip("\ufeff\x00"):
        raise UnreadableFile(f"《{name}》是空文件，没有内容。请换一份完整的文件。")
    if len(_CONTROL.findall(decoded.text)) > len(decoded.text) * _CONTROL_SHARE:
        raise UnreadableFile(
            f"《{name}》不是文本，内容无法识别。请上传 Word、PDF、网页或文本格式的报告。"
        )
    if decoded.is_garbled:
        raise UnreadableFile(
            f"《{name}》的文字是乱码，按常见编码都无法解读。请用 UTF-8 编码另存后重新上传。"
        )


def _doubts(decoded: Decoded) -> Iterator[Doubt]:
    if decoded.guessed:
        yield Doubt("encoding-guessed", f"文件未声明编码，按 {decoded.encoding.upper()} 读取")
    if decoded.lost:
        yield Doubt("characters-lost", f"有 {decoded.lost} 个字符无法解码，原处以 \ufffd 代替")


@dataclass(frozen=True, slots=True)
class _Source:
    """A line of the file with its number and what it looks like."""

    text: str
    number: int
    kind: LineKind


def _blocks(lines: Sequence[str], first: int) -> Iterator[Block]:
    sources = _sources(lines, first)
    start = 0
    while start < len(sources):
        end = _table_end(sources, start)
        if end > start:
            yield Grid(_cells(sources[start:end]), aligned=False)
            start = end
            continue
        end = max(_table_like_end(sources, start), start + 1)
        yield from (Line(s.text, s.number) for s in sources[start:end] if s.text.strip())
        start = end


def _sources(lines: Sequence[str], first: int) -> list[_Source]:
    """The lines with their kinds; a line with a single bar is a row only beside other rows."""
    kinds = [_kind(text) for text in lines]
    for positions in (range(1, len(kinds)), range(len(kinds) - 2, -1, -1)):
        step = 1 if positions.step > 0 else -1
        for position in positions:
            beside = kinds[position - step] == "pipes"
            if beside and kinds[position] == "text" and _PIPE.search(lines[position]):
                kinds[position] = "pipes"
    return [_Source(*source) for source in zip(lines, count(first), kinds, strict=False)]


def _kind(text: str) -> LineKind:
    if not text.strip():
        return ("blank", "cell", "tabs")[min(text.count("\t"), 2)]
    if _is_piped(text) or _DRAWN_RULE.fullmatch(text):
        return "pipes"
    if len(text) <= _LONGEST_ROW and text.count(",") >= _FEWEST_COMMAS and _parted(text):
        return "commas"
    if text.rstrip().endswith(_SENTENCE_END) or _INDENTED_HEADING.fullmatch(text):
        return "text"
    inner = text.lstrip(" ")
    if not inner.startswith("\t"):
        return "tabs" if "\t" in text.rstrip() or inner.count("\t") > 1 else "text"
    return "tabs" if "\t" in inner[1:].strip(" ") else "cell"


def _parted(text: str) -> list[str]:
    """The cells between the commas of a line; none where commas are signs of words or numbers."""
    cells = next(csv.reader([text]), [])
    return [] if "\t" in text or any(map(_RUNNING.search, cells)) else cells


def _is_piped(text: str) -> bool:
    """Whether a line is a row of pipes; a menu line with one bar in it is not."""
    bars = len(_PIPE.findall(text))
    return bars >= 2 or (bars == 1 and text.lstrip().startswith(_BARS))


def _table_end(sources: Sequence[_Source], start: int) -> int:
    """Where the table that begins at `start` ends; `start` itself when none begins there."""
    kind = sources[start].kind
    end = _table_like_end(sources, start)
    if kind == "tabs" and end == start + 1 and sources[start].text.strip().count("\t") < 2:
        return start
    if kind == "cell" and not _holds_values(sources[start:end]):
        return start
    return _commas_end(sources, start) if kind == "commas" else end


def _commas_end(sources: Sequence[_Source], start: int) -> int:
    """Where the lines with as many cells between commas end; `start` where they are too few."""
    end, width = start, len(_parted(sources[start].text))
    while end < len(sources) and sources[end].kind == "commas":
        if len(_parted(sources[end].text)) != width:
            break
        end += 1
    return end if end - start >= _FEWEST_ROWS else start


def _table_like_end(sources: Sequence[_Source], start: int) -> int:
    """Where the run of lines that look like a table ends; `start` when there is none."""
    kind = sources[start].kind
    if kind in {"pipes", "tabs"}:
        return _run_end(sources, start, {kind})
    return _cell_table_end(sources, start) if kind == "cell" else start


def _holds_values(sources: Sequence[_Source]) -> bool:
    """Whether some cell is a number or empty: indented paragraphs and headings are no table."""
    return any(s.kind == "cell" and _NUMERIC.fullmatch(s.text) for s in sources)


def _run_end(sources: Sequence[_Source], start: int, kinds: set[LineKind]) -> int:
    end = start
    while end < len(sources) and sources[end].kind in kinds:
        end += 1
    return end


def _cell_table_end(sources: Sequence[_Source], start: int) -> int:
    """The end of a table of one cell a line: two blank lines, or a line of another kind."""
    end = start
    for position in range(start, len(sources)):
        kind = sources[position].kind
        if kind == "cell" or (kind == "text" and _continues(sources, position)):
            end = position + 1
        elif kind != "blank" or position > end:
            break
    return end


def _continues(sources: Sequence[_Source], position: int) -> bool:
    """Whether a line without TAB is the rest of the cell above it."""
    text = sources[position].text
    if position == 0 or sources[position - 1].kind == "blank":
        return False
    above = sources[position - 1].text.strip()
    is_rest = len(text.strip()) <= _LONGEST_REST and not text.rstrip().endswith("。")
    return bool(above) and is_rest and not _HEADING.match(text)


def _cells(sources: Sequence[_Source]) -> tuple[GridCell, ...]:
    if sources[0].kind == "cell":
        return tuple(_cells_of_lines(sources))
    rows = [s for s in sources if s.kind != "pipes" or not _is_rule(s.text)]
    bordered = all(source.text.lstrip().startswith(_BARS) for source in rows)
    return tuple(
        GridCell(text, row, column, line=source.number)
        for row, source in enumerate(rows)
        for column, text in enumerate(_split(source, bordered=bordered))
    )


def _is_rule(text: str) -> bool:
    return _RULE.fullmatch(text) is not None or _DRAWN_RULE.fullmatch(text) is not None


def _cells_of_lines(sources: Sequence[_Source]) -> Iterator[GridCell]:
    """One cell a line: a blank line ends the row, a line without TAB continues the cell."""
    row = column = 0
    texts: list[str] = []
    first = sources[0].number
    for source in (*sources, None):
        if source is not None and source.kind == "text":
            texts.append(source.text)
            continue
        if texts:
            yield GridCell("\n".join(texts), row, column, line=first)
            column += 1
            texts = []
        if source is None or source.kind == "blank":
            row, column = row + (column > 0), 0
            continue
        texts, first = [source.text.replace("\t", "", 1)], source.number


def _split(source: _Source, *, bordered: bool) -> list[str]:
    """The cells of a row; the outer bars of a Markdown table enclose no cell of their own."""
    if source.kind == "tabs":
        return [_QUOTED.sub(_unquoted, cell) for cell in source.text.split("\t")]
    if source.kind == "commas":
        return _parted(source.text)
    cells = _PIPE.split(source.text.strip())
    if bordered:
        cells = cells[1:]
        if len(cells) > 1 and not cells[-1].strip() and source.text.rstrip().endswith(_BARS):
            cells = cells[:-1]
    return [_as_shown(cell.strip(" ").replace("\\|", "|")) for cell in cells]


def _unquoted(quoted: re.Match[str]) -> str:
    return quoted[1].replace('""', '"')


def _as_shown(cell: str) -> str:
    """The text of a cell without the marks that say how all of it is set."""
    shown = unescape(cell) if "&" in cell else cell
    shown = _BREAK.sub("\n", shown) if "<" in shown else shown
    while match := _SET_IN.fullmatch(shown):
        shown = match["inside"]
    if formula := _FORMULA.fullmatch(shown):
        return formula["number"].replace("{,}", ",")
    return "" if _NOTHING.fullmatch(shown) else shown
