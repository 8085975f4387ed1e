"""Section one from the facts: a lead and the five heads, each sentence chosen by what the numbers are.

Applications and cases are in `applications`. What neither tables nor notes nor profile say stands as
a placeholder; nothing is claimed of work that nobody reported.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.drafting.applications import application_sentences
from assistant.drafting.facts import Facts
from assistant.drafting.note_claims import published_total
from assistant.drafting.note_heads import Head
from assistant.drafting.notes import Note
from assistant.drafting.parts import DraftPart
from assistant.drafting.phrases import ASSURANCE, LEAD, MANAGEMENT, PLATFORMS, PROACTIVE, Phrases
from assistant.drafting.prose import Origin, Prose, fill, joined, placeholder, quoted
from assistant.drafting.revision import PartName, Revision
from assistant.drafting.voice import Voice
from ingest.forms import form_of
from ingest.outline import SUBHEADS
from ingest.report import Concept

NUMERALS = "零一二三四五六"
_KINDS = 3  # of decisions that the form of 2021 counts
_HEADS: tuple[PartName, ...] = ("proactive", "requests", "management", "platforms", "assurance")
# The rows of 表二 that count decisions; the second only on the form of 2019.
_DECISIONS = ("licensing", "other_services", "penalties", "coercion")


@dataclass(frozen=True)
class Material:
    """All that a draft is written from; `revision` is what the writer decided about its text."""

    facts: Facts
    voice: Voice
    notes: tuple[Note, ...] = ()
    platforms: tuple[str, ...] = ()
    revision: Revision = field(default_factory=Revision)

    @property
    def fields(self) -> dict[str, Prose | str]:
        """The fields that every wording may use."""
        agency = quoted(self.voice.agency, Origin("agency", quote=self.voice.agency))
        return {"agency": agency, "we": self.voice.we, "year": self.facts.say_year()}

    def say(self, phrases: Phrases, key: str, **fields: Prose | str) -> Prose:
        """One wording of a situation with its fields."""
        return fill(self.voice.word(key, phrases[key]), {**self.fields, **fields})

    def of_part(self, part: PartName) -> "Material":
        """The material with the wording and the style that were asked for in this part."""
        turn, style = self.revision.turns.get(part, 0), self.revision.style(part)
        return replace(self, voice=replace(self.voice, turn=turn, style=style))

    def noted(self, *heads: Head) -> list[Prose]:
        """The sentences of the notes that belong to these heads."""
        return [note.prose(self.facts.year) for note in self.notes if note.head in heads]


def overview(material: Material) -> Iterator[DraftPart]:
    """Section one: a lead, then a part a head."""
    lead = material.of_part("lead").say(LEAD, "lead")
    # What belongs to no head comes first: the lead announces the heads that follow it.
    yield DraftPart("lead", "", joined((*material.noted("general"), lead)))
    suffix = material.voice.choose("suffix", ("", "情况", "情况", "方面"))
    for form, head in zip(SUBHEADS, _HEADS, strict=True):
        heading = f"（{NUMERALS[form.number]}）{form.heading}{suffix}"
        yield DraftPart(head, heading, joined(head_sentences(material.of_part(head), head)))


def head_sentences(material: Material, head: PartName) -> list[Prose]:
    """The sentences of one of the five heads."""
    if head == "proactive":
        return _proactive(material)
    if head == "requests":
        noted = material.noted("requests")
        return application_sentences(material.facts, material.say, noted, material.voice.style)
    if head == "management":
        return _management(material)
    if head == "platforms":
        return _platforms(material)
    return _assurance(material)


def _proactive(material: Material) -> list[Prose]:
    noted = material.noted("proactive")
    is_counted = any(published_total(note) is not None for note in material.notes)
    published = noted if is_counted else [material.say(PROACTIVE, "published.unknown"), *noted]
    fees = _fees(material)
    if material.voice.style == "full":
        fees += _fees_moved(material)
    return [*published, *_decisions(material), *fees]


def _decisions(material: Material) -> list[Prose]:
    facts = material.facts
    form = form_of(facts.edition).table("proactive")
    rows = [row for row in _DECISIONS if row in form.rows]
    cells = tuple(Concept("proactive", row, "decisions") for row in rows)
    some, unknown = facts.nonzero(cells), facts.unknown(cells)
    none = [c for c in cells if c not in some and c not in unknown]
    sentences: list[Prose] = []
    if some:
        items = [_item(facts, c, f"{form.rows[c.row].label}决定", "件") for c in some]
        sentences.append(material.say(PROACTIVE, "decisions.some", items=joined(items, "、")))
    if none and not (some and material.voice.style == "short"):
        key = "decisions.rest_none" if some else "decisions.none"
        rest = _and([form.rows[c.row].label for c in none])
        # 三类…均未产生 is said of the three of the form of 2021 only.
        is_three = len(none) == len(cells) == _KINDS
        sentences.append(
            material.say(PROACTIVE, key if is_three else "decisions.rest_none", rest=rest)
        )
    if unknown:
        names = _and([form.rows[c.row].label for c in unknown])
        sentences.append(placeholder(f"本年度{names}处理决定数量") + "。")
    return sentences + _moves(material, cells)


def _moves(material: Material, cells: Iterable[Concept]) -> list[Prose]:
    """What moved most since last year, or in full every move; nothing in short."""
    facts = material.facts
    form = form_of(facts.edition).table("proactive")
    moved = [c for c in cells if facts.change(c) not in (None, "none_again")]
    if not moved or material.voice.style == "short":
        return []
    if material.voice.style == "plain":
        moved = [max(moved, key=lambda c: abs((facts.number(c) or 0) - (facts.last(c) or 0)))]
    return [
        material.say(
            PROACTIVE,
            f"decisions.{facts.change(c)}",
            name=form.rows[c.row].label,
            last=facts.say_last(c),
        )
        for c in moved
    ]


def _fees(material: Material) -> list[Prose]:
    facts = material.facts
    if facts.edition == "2019":
        return _procurement(material)
    amount = Concept("proactive", "fees", "amount")
    value = facts.number(amount)
    if value is None:
        return [placeholder("本年度行政事业性收费金额") + "。"]
    if value:
        return [material.say(PROACTIVE, "fees.some", amount=facts.say(amount))]
    return [material.say(PROACTIVE, "fees.none")]


def _fees_moved(material: Material) -> list[Prose]:
    facts, amount = material.facts, Concept("proactive", "fees", "amount")
    change = facts.change(amount)
    if change not in ("up", "down", "same"):
        return []
    return [material.say(PROACTIVE, f"fees.{change}", last=facts.say_last(amount))]


def _procurement(material: Material) -> list[Prose]:
    facts = material.facts
    projects, amount = (Concept("proactive", "procurement", c) for c in ("projects", "amount"))
    if facts.unknown((projects, amount)):
        return [placeholder("本年度政府集中采购的项目数量和总金额") + "。"]
    if not facts.number(projects):
        return [material.say(PROACTIVE, "procurement.none")]
    said = {"projects": facts.say(projects), "amount": facts.say(amount)}
    return [material.say(PROACTIVE, "procurement.some", **said)]


# What is said of each column of 行政规范性文件, in both editions.
_DOCUMENTS = {
    "issued": "本年制发行政规范性文件",
    "repealed": "废止",
    "in_force": "现行有效的行政规范性文件",
    "created": "本年新制作规范性文件",
    "published": "新公开",
    "total_public": "对外公开总数",
}
_RULES = {
    "issued": "本年制发规章",
    "repealed": "废止规章",
    "in_force": "现行有效规章",
    "created": "本年新制作规章",
    "published": "新公开规章",
    "total_public": "对外公开规章总数",
}


def _management(material: Material) -> list[Prose]:
    noted = material.noted("management")
    practice = noted or [material.say(MANAGEMENT, "practice.unknown")]
    documents = [*_rules(material), *_documents(material)]
    if material.voice.choose("management.order", (True, False)):
        return [*documents, *practice]
    return [*practice, *documents]


def _rules(material: Material) -> list[Prose]:
    """规章, which few bodies may make: said only where there are any."""
    facts = material.facts
    some = facts.nonzero(_document_cells(facts, "rules"))
    if not some:
        return []
    items = [_item(facts, c, _RULES[c.column], "件") for c in some]
    return [material.say(MANAGEMENT, "rules.some", items=joined(items, "，"))]


def _document_cells(facts: Facts, row: str) -> tuple[Concept, ...]:
    columns = form_of(facts.edition).table("proactive").columns(row)
    return tuple(Concept("proactive", row, column.id) for column in columns)


def _documents(material: Material) -> list[Prose]:
    facts = material.facts
    cells = _document_cells(facts, "normative_documents")
    if facts.unknown(cells):
        return [placeholder("本年度行政规范性文件制发、废止和现行有效的件数") + "。"]
    some = facts.nonzero(cells)
    if not some:
        return [material.say(MANAGEMENT, "documents.none")]
    if [c.column for c in some] == ["in_force"]:
        return [material.say(MANAGEMENT, "documents.only_in_force", in_force=facts.say(some[0]))]
    items = [_item(facts, c, _DOCUMENTS[c.column], "件") for c in some]
    return [material.say(MANAGEMENT, "documents.some", items=joined(items, "，"))]


def _platforms(material: Material) -> list[Prose]:
    noted = material.noted("platforms")
    sentences: list[Prose] = []
    if material.platforms:
        names = [quoted(name, Origin("profile", quote=name)) for name in material.platforms]
        sentences.append(material.say(PLATFORMS, "named", platforms=joined(names, "、")))
    return sentences + (noted or [material.say(PLATFORMS, "practice.unknown")])


def _assurance(material: Material) -> list[Prose]:
    if not material.voice.is_government:
        noted = material.noted("assurance", "duties")
        return noted or [material.say(ASSURANCE, "practice.unknown")]
    noted = material.noted("assurance") or [material.say(ASSURANCE, "practice.unknown")]
    return [*noted, *_duties(material)]


_DUTIES = (
    (re.compile("考核"), "政府信息公开工作考核的组织和结果"),
    (re.compile("评议"), "社会评议的方式和结果"),
    (re.compile("追究|追责|问责"), "责任追究结果，没有发生的也要说明"),
)


def _duties(material: Material) -> list[Prose]:
    """考核, 评议 and 追责 of a government: as noted, a placeholder for each that is not."""
    noted = material.noted("duties")
    text = "".join(sentence.text for sentence in material.noted("assurance", "duties"))
    missing = [what for word, what in _DUTIES if not word.search(text)]
    if len(missing) == len(_DUTIES):
        return [material.say(ASSURANCE, "duties")]
    return [*noted, *(placeholder(what) + "。" for what in missing)]


def _item(facts: Facts, concept: Concept, name: str, unit: str) -> Prose:
    return joined((name, facts.say(concept), unit))


def _and(names: Sequence[str]) -> str:
    """甲、乙和丙."""
    return "和".join(filter(None, ("、".join(names[:-1]), names[-1])))
