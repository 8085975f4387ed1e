"""Which row, column, table, section or edition of the statutory form a printed label names.

Knows how labels are mangled in print: numbering, spaces, brackets, missing characters, halves. A
match says how sure it is; only an `exact` one needs no doubt. Knows nothing of grids or values.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from ingest.characters import for_matching
from ingest.forms import FORMS, Column, Form, TableForm
from ingest.outline import SECTIONS
from ingest.readers.layout import Layout
from ingest.report import TableName

Certainty: TypeAlias = Literal["exact", "partial", "similar"]

# 1.  （一）  三、  ①  (3)   in front of a label, after `for_matching`.
_NUMBERING = re.compile(r"^(?:\(?[一二三四五六七八九十]{1,3}[).、,:]|\(?\d{1,2}[).、,:]*)+")
# 行政许可①  a mark that points to a note, before `for_matching` makes a digit of it.
_FOOTNOTE = re.compile(r"[¹²³⁰⁴-⁹①-⑳*※]+\s*$")
_BRACKETED = re.compile(r"[(\[【].*?(?:[)\]】]|$)")
_PUNCTUATION = re.compile(r"[^\w]|_")
_HEADING_MARKS = re.compile(r"^[#*\s]+")
_SECTION_NUMBER = re.compile(r"[一二三四五六]+[、.,:]|[1-6][、.]")
# A label is never longer than this; longer cells are sentences.
LONGEST_LABEL = 80
# Half a label names its row from this length on: 补正后申请 does, 其他 does not.
SHORTEST_PART = 4
# 属于三类内部事务信息 and 属于四类过程性信息 share 0.7 of their characters; a label that lost a
# few characters keeps more than 0.75 of its own.
LEAST_SIMILARITY = 0.75
LEAST_MARGIN = 0.1

_TABLE_CUES: dict[TableName, tuple[str, ...]] = {
    "proactive": ("信息内容", "第二十条第"),
    "requests": ("申请人情况", "勾稽关系", "商业企业", "社会公益组织"),
    "disputes": ("未经复议直接起诉", "复议后起诉", "结果维持", "结果纠正"),
}
_DISPUTE_HEADINGS = frozenset({"行政复议", "行政诉讼"})
# What stands in the head of table three beside its columns.
REQUEST_HEADINGS = ("申请人情况", "法人或其他组织")


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """What a label names: a row of the form, or the merged label above several rows."""

    certainty: Certainty
    row: str | None = None
    group: str | None = None


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """A label without numbering, spaces and punctuation.

    >>> core("（三）不予公开"), core("3. 危及“三安全一稳定”"), core("本年增/减")
    ('不予公开', '危及三安全一稳定', '本年增减')
    """
    unmarked = for_matching(_FOOTNOTE.sub("", text))
    return _PUNCTUATION.sub("", _NUMBERING.sub("", unmarked))


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    """The core without what stands in brackets."""
    return core(_BRACKETED.sub("", for_matching(_FOOTNOTE.sub("", text))))


class RowLabels:
    """The row labels of one statutory table."""

    def __init__(self, form: TableForm) -> None:
        self._rows: dict[str, str] = {}
        self._groups: dict[str, str] = {}
        for row in form.rows.values():
            for label in (row.label, *row.variants):
                self._rows.setdefault(core(label), row.id)
                self._rows.setdefault(_bare(label), row.id)
            if row.group:
                self._groups[core(row.group)] = row.group
                self._groups[core(row.group.replace("其他", "其它"))] = row.group
        self._full = {row.id: core(row.label) for row in form.rows.values()}
        # The rows of a form are called the same in most documents.
        self._named = lru_cache(maxsize=2048)(self._name)

    def match(self, text: str) -> LabelMatch | None:
        """What the label names, None when it names nothing of this table."""
        if len(text) > LONGEST_LABEL:
            return None
        return self._named(text)

    def _name(self, text: str) -> LabelMatch | None:
        return self.exact(text) or self._inexact(core(text))

    def exact(self, text: str) -> LabelMatch | None:
        """What the label names without any doubt."""
        if len(text) > LONGEST_LABEL:
            return None
        return self._exact(core(text)) or self._exact(_bare(text))

    def is_rest_of(self, text: str, row: str) -> bool:
        """Whether the text is the end of the label of `row`, torn off."""
        key = core(text)
        return bool(key) and key != self._full[row] and self._full[row].endswith(key)

    def _exact(self, key: str) -> LabelMatch | None:
        if key in self._rows:
            return LabelMatch("exact", row=self._rows[key])
        if key in self._groups:
            return LabelMatch("exact", group=self._groups[key])
        return None

    def _inexact(self, key: str) -> LabelMatch | None:
        if len(key) < SHORTEST_PART:
            return None
        starting = {row for label, row in self._rows.items() if label.startswith(key)}
        if len(starting) == 1:
            return LabelMatch("partial", row=starting.pop())
        row = _most_similar(key, self._rows)
        return LabelMatch("similar", row=row) if row else None


def _most_similar(key: str, rows: dict[str, str]) -> str | None:
    best: dict[str, float] = {}
    for label, row in rows.items():
        if len(label) > SHORTEST_PART:
            ratio = SequenceMatcher(None, key, label, autojunk=False).ratio()
            best[row] = max(best.get(row, 0.0), ratio)
    ranked = sorted(best.items(), key=lambda entry: -entry[1])
    if not ranked or ranked[0][1] < LEAST_SIMILARITY:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < LEAST_MARGIN:
        return None
    return ranked[0][0]


@cache
def row_labels(edition: str, table: TableName) -> RowLabels:
    """The row labels of a table in an edition."""
    return RowLabels(FORMS[edition].tables[table])


def column_named(text: str, columns: Iterable[Column]) -> Column | None:
    """The column that a header cell names; what stands in brackets is no part of the name."""
    if not text.strip() or len(text) > LONGEST_LABEL:
        return None
    keys = {core(text), _bare(text)}
    return next((column for column in columns if not keys.isdisjoint(_keys(column))), None)


@lru_cache(maxsize=256)
def _keys(column: Column) -> frozenset[str]:
    """The labels of a column as they are compared."""
    labels = (column.label, *column.variants, *column.misprints)
    return frozenset(key for label in labels for key in (core(label), _bare(label)))


def is_block_title(text: str) -> bool:
    """Whether a cell of a header of table two is no column: 信息内容, 第二十条第（五）项."""
    key = for_matching(text)
    return any(title in key for title in _TABLE_CUES["proactive"])


def is_request_heading(text: str) -> bool:
    """Whether a header cell is one of the merged headings above the columns of table three."""
    key = for_matching(text)
    return any(heading in key for heading in (*REQUEST_HEADINGS, "勾稽关系"))


def is_organisations_heading(text: str) -> bool:
    """Whether a header cell is 法人或其他组织, which stands over five columns of table three."""
    return REQUEST_HEADINGS[1] in for_matching(text)


def table_cued(texts: Sequence[str]) -> TableName | None:
    """The statutory table that a row of cells can only stand in, None when it tells nothing."""
    keys = [for_matching(text) for text in texts if 0 < len(text) <= LONGEST_LABEL]
    if keys and set(keys) <= _DISPUTE_HEADINGS:
        return "disputes"
    printed = "\n".join(keys)
    for table, cues in _TABLE_CUES.items():
        if any(cue in printed for cue in cues):
            return table
    return "requests" if any(_is_distinctive_request_row(key) for key in keys) else None


@lru_cache(maxsize=2048)
def _is_distinctive_request_row(key: str) -> bool:
    match = row_labels("2021", "requests").exact(key)
    return match is not None and match.row not in {None, "other.misc", "total"}


def section_number(text: str) -> int | None:
    """The number of the section whose heading the line is, or begins with; else None."""
    plain = _HEADING_MARKS.sub("", for_matching(text))
    title = _SECTION_NUMBER.sub("", plain, count=1).strip("*:：。")
    if title == plain:
        return _section_names().get(title)
    names = _section_names().items()
    return next((number for key, number in names if title.startswith(key)), None)


@cache
def _section_names() -> Mapping[str, int]:
    """Every name of a section as it is compared, with the section's number."""
    names: dict[str, int] = {}
    for section in SECTIONS:
        for heading in (section.heading, *section.variants):
            names.setdefault(for_matching(heading), section.number)
    return names


def detect_form(layout: Layout) -> str | None:
    """The edition whose own labels the document prints in its tables; None when none are seen.

    The cited document number is never trusted: reports cite the old notice and use the new form.
    """
    cells = (for_matching(cell.text) for grid in layout.grids for cell in grid.cells)
    lines = (for_matching(line.text) for line in layout.lines)
    for texts in (cells, lines):
        # No marker has a line break in it, nor does any text as it is compared.
        printed = "\n".join(texts)
        counts = {edition: _marker_count(form, printed) for edition, form in FORMS.items()}
        best = max(counts, key=lambda edition: counts[edition])
        if list(counts.values()).count(counts[best]) == 1:
            return best
    return None


def _marker_count(form: Form, printed: str) -> int:
    return sum(marker in printed for marker in _markers(form))


def _markers(form: Form) -> Iterator[str]:
    yield from (for_matching(marker) for marker in form.markers)
