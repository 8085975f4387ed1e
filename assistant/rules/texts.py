"""The text of a report as rules read it: sentences with their section, quoted letter for letter."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.rules.rule import Evidence
from ingest.characters import for_matching
from ingest.report import Place, Report, Section

# A sentence ends at 。！？； or a line break, the mark included.
_SENTENCE = re.compile(r"[^。！？；;\n]+[。！？；;]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report, letter for letter, and the section it stands in.

    `bare` is the sentence without spaces and in half-width signs, to match words in; never shown.
    """

    text: str
    bare: str
    section: Section
    start: int = 0


def sentences(report: Report, *numbers: int) -> Iterator[Sentence]:
    """The sentences of the sections with these numbers, or of the whole report, in order."""
    for section in report.texts:
        if not numbers or section.number in numbers:
            yield from section_to_sentences(section)


# Every rule reads the same sections again: so many are kept cut into sentences.
@lru_cache(maxsize=256)
def section_to_sentences(section: Section) -> tuple[Sentence, ...]:
    """The sentences of one section; blank lines are none."""
    found = _SENTENCE.finditer(section.text)
    return tuple(
        Sentence(match[0].strip(), for_matching(match[0]), section, match.start())
        for match in found
        if match[0].strip()
    )


def quote_evidence(sentence: Sentence, quote: str | None = None) -> Evidence:
    """The sentence, or the part of it that matters, as evidence."""
    return words_evidence(sentence.section, quote or sentence.text, sentence.start)


def words_evidence(section: Section, quote: str, start: int = 0) -> Evidence:
    """Words of a section, letter for letter, as evidence; they are looked for from `start` on."""
    line = section.start_at(max(section.text.find(quote, start), 0))
    return Evidence(Place(page=line.page, line=line.line, section=section.number, quote=quote))


def heading_evidence(section: Section) -> Evidence:
    """A section's heading as evidence."""
    place = Place(section.page, section.line, section=section.number, quote=section.heading)
    return Evidence(place)


def title_evidence(report: Report) -> tuple[Evidence, ...]:
    """The title as evidence; nothing when the report has none."""
    if not report.title:
        return ()
    return (Evidence(Place(section=0, quote=report.title)),)


def clipped(text: str, limit: int = 40) -> str:
    """A quotation short enough for a message; the evidence keeps the whole.

    >>> clipped("一二三四五六", 4)
    '一二三四…'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"
