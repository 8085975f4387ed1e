"""Advice on the writer's own sentences: empty phrases, and sentences taken over from last year.

Looked at are notes and hand edits; what the program wrote from the facts is not the writer's.
"""

import re
from collections.abc import Iterator

from assistant.drafting.overview import Material
from assistant.drafting.parts import DraftSection
from assistant.drafting.suggestions import Suggestion, citation_of, citation_of_law
from assistant.rules import RULES
from assistant.rules.similarity import LEAST_COPIED_CHARACTERS, similarity
from assistant.rules.texts import clipped, sentences
from ingest.report import Place

# A sentence this like one of last year's report was taken over from it.
SAME_SENTENCE = 0.6
_VAGUE = re.compile(r"进一步(?:加强|提高|提升)|有待(?:加强|提高|提升)|不够|还需|切实(?:加强|提高)")
_CONCRETE = re.compile(r"\d|《|“|【|[一二三四五六七八九十两]+[条个件次项名期场]")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
# The rule that holds a section five of empty phrases against a report.
_PERFUNCTORY = "S108"


def on_notes(material: Material) -> Iterator[Suggestion]:
    """Notes that could not be placed."""
    for note in material.notes:
        if not note.is_placed:
            yield Suggestion(
                note.section,
                f"确认这条要点放在哪一部分：{note.text}",
                "看不出它属于哪一方面，暂放在总体情况的开头。"
                if note.head == "general"
                else "看不出它单独属于哪一方面，暂接在上一条要点之后。",
                kind="input",
            )


def on_sentences(material: Material, sections: tuple[DraftSection, ...]) -> Iterator[Suggestion]:
    """Sentences of notes and of hand edits that say little or were taken over from last year."""
    seen: set[str] = set()
    for section, text, what in _written_by_hand(material, sections):
        if text in seen:
            continue
        seen.add(text)
        if _VAGUE.search(text) and not _CONCRETE.search(text):
            yield Suggestion(
                section,
                f"把“{clipped(text)}”写具体：涉及什么栏目、文件或者事项，有多少，何时完成。",
                "只有笼统的说法，没有对象、数量或者事例，容易被认为敷衍。",
                (citation_of_law(RULES[_PERFUNCTORY].page.basis),),
                "vague",
            )
        yield from _taken_over(material, section, text, what)


def _written_by_hand(
    material: Material, sections: tuple[DraftSection, ...]
) -> Iterator[tuple[int, str, str]]:
    for note in material.notes:
        yield note.section, note.text, "要点"
    for section in sections:
        for part in section.parts:
            found = _SENTENCE.findall(part.prose.text) if part.is_edited else ()
            yield from ((section.number, sentence.strip(), "正文") for sentence in found)


def _taken_over(material: Material, section: int, text: str, what: str) -> Iterator[Suggestion]:
    last_year = material.facts.last_year
    # Shorter ones are phrases that every report uses.
    if last_year is None or (what == "正文" and len(text) < LEAST_COPIED_CHARACTERS):
        return
    for sentence in sentences(last_year, 1, 5, 6):
        if similarity(text, sentence.text) < SAME_SENTENCE:
            continue
        same = set(re.findall(r"\d+", text)) & set(re.findall(r"\d+", sentence.text))
        figures = f"，其中{'、'.join(sorted(same))}与上年的数字相同" if same else ""
        place = Place(section=sentence.section.number, quote=sentence.text)
        yield Suggestion(
            section,
            f"核对{what}“{clipped(text)}”是不是本年度的情况{figures}。",
            f"与{last_year.year}年年报的一句几乎相同。",
            (citation_of(last_year, place),),
            "stale",
        )
        return
