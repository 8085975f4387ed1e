"""What stands beside a draft: a suggestion, and those about what is lacking in text and tables.

Pure: it sees the material and reports, no library. The invariant: a suggestion quotes a report only
letter for letter, and has a key of its own by which it is accepted or set aside.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.answer import Citation, citation_to_dict
from assistant.drafting.overview import Material
from assistant.drafting.prose import Prose
from assistant.drafting.revision import Insertion
from assistant.published import REGULATIONS
from assistant.rules.texts import clipped
from ingest.forms import form_of
from ingest.report import TABLE_NAMES, Concept, Place, Report

Kind: TypeAlias = Literal[
    "placeholder",
    "input",
    "last_year",
    "numbers",
    "peer",
    "check",
    "mandatory",
    "stale",
    "vague",
    "model",
]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Advice on one section. `text` says what to do or what could be written, `why` the reason.

    `insertions` is what enters the text when it is accepted; without any it is to be acted on by
    hand. The `key` is made from the words unless one is given.
    """

    section: int
    text: str
    why: str
    citations: tuple[Citation, ...] = ()
    kind: Kind = "check"
    insertions: tuple[Insertion, ...] = ()
    key: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            words = f"{self.kind}|{self.section}|{self.text}".encode()
            object.__setattr__(self, "key", hashlib.sha256(words).hexdigest()[:12])

    def to_dict(self) -> Mapping[str, object]:
        """The suggestion as `nianbao draft --json` prints it."""
        return {
            "section": self.section,
            "text": self.text,
            "why": self.why,
            "citations": [citation_to_dict(citation) for citation in self.citations],
            "kind": self.kind,
            "key": self.key,
            "insertions": [{"part": i.part, "text": i.prose.text} for i in self.insertions],
        }


# Where the law says what a report must hold.
_CONTENTS = f"{REGULATIONS}第五十条"


def to_supply(section: int, prose: Prose) -> Iterator[Suggestion]:
    """One suggestion for each placeholder of a section's text, with the words that lead to it."""
    for words in dict.fromkeys(prose.placeholders):
        before = re.split(r"[。；\n】]", prose.text.partition(words)[0])[-1]
        where = f"接在“{clipped(before)}”之后。" if before else ""
        yield Suggestion(
            section,
            words,
            f"{where}材料里没有，只有填报人知道；补上之前不能公布。",
            (citation_of_law(_CONTENTS),),
            "placeholder",
        )


def citation_of(report: Report, place: Place) -> Citation:
    """A place of a report as an answer cites it."""
    return Citation(report.id, report.agency, report.year, place, report.source)


def citation_of_law(basis: str) -> Citation:
    """A law or a document that the form rests on, by its name."""
    return Citation(None, None, None, Place(), basis)


# --- The tables ------------------------------------------------------------------------------------


def on_tables(material: Material) -> Iterator[Suggestion]:
    """Tables that are missing, and cells that hold no certain number, one suggestion a table."""
    tables = material.facts.tables
    if tables is None:
        yield Suggestion(
            1,
            "提供本年度的三张法定表格后重新起草。",
            "没有本年度的表格，涉及件数和金额的地方都留作待补充。",
            kind="input",
        )
        return
    form = form_of(material.facts.edition)
    for name in TABLE_NAMES:
        table = form.table(name)
        unread = [c for c in table.concepts() if material.facts.number(c) is None]
        if unread:
            yield _unread(tables, unread, table.ordinal)


def _unread(tables: Report, unread: Sequence[Concept], ordinal: str) -> Suggestion:
    cells = [(concept, tables.cell(concept)) for concept in unread]
    doubts = [cell.doubt.message for _, cell in cells if cell.doubt]
    cited = tuple(citation_of(tables, place_of(concept, tables)) for concept, _ in cells[:8])
    names = list(dict.fromkeys(_cell_or_row(c, unread) for c in unread))
    which = "、".join(names[:4]) + ("等" if len(names) > 4 else "")
    why = f"读取时存疑：{doubts[0]}" if doubts else "空白或缺失的格不能当作零，正文没有采用。"
    section = form_of(tables.format).table(unread[0].table).section
    return Suggestion(section, f"核对并填写{ordinal}的{which}。", why, cited, "input")


# So many cells of one row are named as the row.
MANY_CELLS = 3


def _cell_or_row(concept: Concept, unread: Sequence[Concept]) -> str:
    in_row = sum(each.row == concept.row for each in unread)
    name = cell_name(concept)
    return name.partition("行“")[0] + "行" if in_row >= MANY_CELLS and "行“" in name else name


def cell_name(concept: Concept) -> str:
    """A cell as people call it: “本年新收政府信息公开申请数量”行“总计”列."""
    for edition in ("2021", "2019"):
        form = form_of(edition)
        if form.has(concept):
            table = form.table(concept.table)
            column = table.column(concept.row, concept.column).label
            return f"“{table.rows[concept.row].full_label}”行“{column}”列"
    return str(concept)


def place_of(concept: Concept, report: Report) -> Place:
    """Where a cell stands in its report, with its text as the quote."""
    cell = report.cell(concept)
    return Place(
        page=cell.place.page,
        quote=cell.text or "",
        table=concept.table,
        row=concept.row,
        column=concept.column,
    )
