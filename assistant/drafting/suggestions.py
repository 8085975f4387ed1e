"""What stands beside a draft: things to supply, to answer, to look into, each with why and a citation.

Pure: it sees the material and reports, no library. The invariant: a suggestion quotes a report only
letter for letter, and says of every input that was not used why it was not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.answer import Citation, citation_to_dict
from assistant.drafting.notes import Note
from assistant.drafting.overview import Material
from assistant.drafting.problems import (
    past_problems,
    shown_by_numbers,
    sign_sentences,
    written_signs,
)
from assistant.drafting.prose import Prose
from assistant.rules.similarity import similarity
from assistant.rules.texts import Sentence, clipped, sentences
from ingest.forms import form_of
from ingest.report import TABLE_NAMES, Concept, Place, Report

Kind: TypeAlias = Literal[
    "placeholder", "input", "last_year", "numbers", "peer", "check", "stale", "vague", "model"
]
# A note this like a sentence of last year's report was taken over from it.
SAME_SENTENCE = 0.6
_VAGUE = re.compile(r"进一步(?:加强|提高|提升)|有待(?:加强|提高|提升)|不够|还需|切实(?:加强|提高)")
_CONCRETE = re.compile(r"\d|《|“|[一二三四五六七八九十两]+[条个件次项名期场]")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Advice on one section. `text` says what to do or what could be written, `why` the reason.

    One with a `key` enters the text when `draft` is given the key among those accepted.
    """

    section: int
    text: str
    why: str
    citations: tuple[Citation, ...] = ()
    kind: Kind = "check"
    key: str = ""

    def to_dict(self) -> Mapping[str, object]:
        """The suggestion as `nianbao draft --json` prints it."""
        return {
            "section": self.section,
            "text": self.text,
            "why": self.why,
            "citations": [citation_to_dict(citation) for citation in self.citations],
            "kind": self.kind,
            "key": self.key,
        }


def to_supply(section: int, prose: Prose) -> Iterator[Suggestion]:
    """One suggestion for each placeholder of a section's text."""
    for words in dict.fromkeys(prose.placeholders):
        yield Suggestion(
            section,
            words,
            "表格、要点和上年年报里都没有这项内容，只有填报人知道；补上之前不能公布。",
            kind="placeholder",
        )


def citation_of(report: Report, place: Place) -> Citation:
    """A place of a report as an answer cites it."""
    return Citation(report.id, report.agency, report.year, place, report.source)


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
    cited = tuple(citation_of(tables, _place(concept, tables)) for concept, _ in cells[:8])
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


def _place(concept: Concept, report: Report) -> Place:
    cell = report.cell(concept)
    return Place(
        page=cell.place.page,
        quote=cell.text or "",
        table=concept.table,
        row=concept.row,
        column=concept.column,
    )


# --- Last year -------------------------------------------------------------------------------------


def on_last_year(material: Material) -> Iterator[Suggestion]:
    """Last year's problems, to be answered this year."""
    last_year = material.facts.last_year
    if last_year is None:
        return
    for past in past_problems(last_year):
        yield Suggestion(
            5,
            f"写明上年报告所提“{past.words}”的整改情况。",
            f"{last_year.year}年年报第五部分提出了这个问题，本年度应当回应。",
            (citation_of(last_year, Place(section=5, quote=past.sentence)),),
            "last_year",
        )


# --- What the numbers show -------------------------------------------------------------------------


def on_numbers(material: Material) -> Iterator[Suggestion]:
    """Problems and measures that fit the numbers and that the text does not speak of yet."""
    tables = material.facts.tables
    written = written_signs(material)
    for sign in shown_by_numbers(material):
        if sign in written or tables is None:
            continue
        problem, measure = sign_sentences(material, sign)
        yield Suggestion(
            5,
            f"问题：{problem.text}。改进：{measure.text}。",
            sign.why,
            (citation_of(tables, _place(sign.concept, tables)),),
            "numbers",
            sign.key,
        )
    yield from _more_requests(material)


NEW = Concept("requests", "new", "total")
MANY_MORE = 1.5  # times last year's
LEAST_MORE = 5  # applications


def _more_requests(material: Material) -> Iterator[Suggestion]:
    facts = material.facts
    now, before = facts.number(NEW), facts.last(NEW)
    if now is None or before is None or facts.tables is None or facts.last_year is None:
        return
    if now >= before * MANY_MORE and now - before >= LEAST_MORE:
        cited = tuple(citation_of(r, _place(NEW, r)) for r in (facts.tables, facts.last_year))
        yield Suggestion(
            5,
            "说明申请增加的原因，对申请集中的事项研究主动公开。",
            f"本年新收申请{now}件，上年{before}件，增幅较大。",
            cited,
            "numbers",
        )


# --- The notes -------------------------------------------------------------------------------------


def on_notes(material: Material) -> Iterator[Suggestion]:
    """Notes that say little, were taken over from last year or could not be placed."""
    for note in material.notes:
        section = _section_of(note)
        if not note.is_placed:
            yield Suggestion(
                section,
                f"确认这条要点放在哪一部分：{note.text}",
                "看不出它属于哪一方面，暂放在总体情况的开头。",
                kind="input",
            )
        if _VAGUE.search(note.text) and not _CONCRETE.search(note.text):
            yield Suggestion(
                section,
                f"把“{clipped(note.text)}”写具体：涉及什么栏目、文件或者事项，有多少，何时完成。",
                "只有笼统的说法，没有对象、数量或者事例，容易被认为敷衍。",
                kind="vague",
            )
        yield from _taken_over(material, note, section)


def _section_of(note: Note) -> int:
    if note.head in ("problem", "measure", "remedied"):
        return 5
    return 6 if note.head in ("fee", "other") else 1


def _taken_over(material: Material, note: Note, section: int) -> Iterator[Suggestion]:
    last_year = material.facts.last_year
    if last_year is None:
        return
    for sentence in sentences(last_year, 1, 5, 6):
        if not _is_taken_over(note.text, sentence):
            continue
        same = set(re.findall(r"\d+", note.text)) & set(re.findall(r"\d+", sentence.text))
        figures = f"，其中{'、'.join(sorted(same))}与上年的数字相同" if same else ""
        yield Suggestion(
            section,
            f"核对要点“{clipped(note.text)}”是不是本年度的情况{figures}。",
            f"与{last_year.year}年年报的一句几乎相同。",
            (citation_of(last_year, Place(section=sentence.section.number, quote=sentence.text)),),
            "stale",
        )
        return


def _is_taken_over(note: str, sentence: Sentence) -> bool:
    return similarity(note, sentence.text) >= SAME_SENTENCE
