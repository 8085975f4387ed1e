"""What the text claims of a number that the tables hold, and whether the two agree.

Claims are the figures that the parser read from the text, those of the report's own year and own
body, and the sentences that say there was none (未收到申请). Where a report makes several claims of
one number and only some agree with the table, nothing is decided: the candidates are shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.rules.cells import cells_evidence, unread
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided
from assistant.rules.texts import Sentence, clipped, quote_evidence, sentences
from ingest.characters import for_matching
from ingest.numbers import text_to_number
from ingest.report import Concept, Figure, Number, Place, Report

Cells = tuple[Concept, ...]

# 50余 is fifty-odd: nobody says so of sixty-one.
MOST_OVER_APPROXIMATE = 1.2


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of the tables that texts speak of.

    `cells` are summed to give it; `also` are other sums that the same words may lawfully mean.
    `figures` are the names under which the parser reads it from the text; `counted` are patterns
    for what it has no name for (their group `number` is the count); `none` is a pattern of
    sentences that say it is zero. `whole` leaves out figures that are parts of a breakdown; a
    figure counts only when its sentence holds `said` and not `unsaid`, where given.
    """

    name: str
    cells: Cells
    figures: tuple[str, ...] = ()
    counted: tuple[re.Pattern[str], ...] = ()
    none: re.Pattern[str] | None = None
    said: re.Pattern[str] | None = None
    unsaid: re.Pattern[str] | None = None
    also: tuple[Cells, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that the text claims; `approximate` for 余, 约, 近."""

    value: Number
    evidence: Evidence
    words: str
    approximate: bool = False


_WIDER = re.compile(r"全[省市州区县旗盟镇乡]|各(?:部门|单位|镇|乡|街道)|局属|辖区")
_YEAR = re.compile(r"(20\d{2})年")


def is_own(report: Report, text: str) -> bool:
    """Whether a sentence counts for the report's own year and for the reporting body alone."""
    years = {int(year) for year in _YEAR.findall(text)}
    if report.year and years and report.year not in years:
        return False
    return _counts_for_area(report) or not _WIDER.search(text)


def _counts_for_area(report: Report) -> bool:
    return (report.agency or "").endswith(("人民政府", "政府办公室", "政府办公厅"))


def figure_evidence(figure: Figure) -> Evidence:
    """A figure of the text as evidence: the sentence it stands in."""
    place = Place(page=figure.page, section=figure.section, quote=figure.sentence)
    return Evidence(place)


# Part five speaks of single cases (有1件答复被撤销), never of the year's totals.
NO_TOTALS = 5


def own_figures(report: Report, *names: str) -> Iterator[Figure]:
    """The figures of these names that count for the report's own year and body."""
    for figure in report.figures:
        if figure.name not in names or figure.year not in (None, report.year):
            continue
        if figure.scope is None or _counts_for_area(report):
            yield figure


def claims(report: Report, measure: Measure) -> Iterator[Claim]:
    """The claims that a report's text makes of one measure, in reading order."""
    for figure in own_figures(report, *measure.figures):
        is_part = figure.part_of is not None and (measure.whole or figure.part_of == figure.name)
        if figure.section != NO_TOTALS and not is_part and _is_said(measure, figure.sentence):
            evidence = figure_evidence(figure)
            yield Claim(figure.value, evidence, figure.sentence, figure.approximate)
    for sentence in sentences(report, 0, 1, 6) if measure.counted or measure.none else ():
        spoken = list(_spoken(measure, sentence))
        if spoken and is_own(report, sentence.bare) and _is_said(measure, sentence.text):
            yield from spoken


def _is_said(measure: Measure, text: str) -> bool:
    words = for_matching(text)
    if measure.unsaid and measure.unsaid.search(words):
        return False
    return measure.said is None or bool(measure.said.search(words))


def _spoken(measure: Measure, sentence: Sentence) -> Iterator[Claim]:
    """The claims of one sentence that are no figures: counts without a name, and zero."""
    for pattern in measure.counted:
        for match in pattern.finditer(sentence.bare):
            value = text_to_number(match["number"])
            if value is not None:
                yield Claim(value, quote_evidence(sentence), sentence.text)
    if measure.none and measure.none.search(sentence.bare):
        yield Claim(0, quote_evidence(sentence), sentence.text)


def contradictions(report: Report, measure: Measure) -> Outcomes:
    """A finding when what the text claims of a measure is not what the table holds."""
    found = list(claims(report, measure))
    if not found:
        return
    if missing := unread(report, measure.cells):
        yield missing
        return
    stated = total(report, measure.cells)
    allowed = [stated, *(total(report, cells) for cells in measure.also)]
    wrong = [claim for claim in found if not any(_agrees(claim, n) for n in allowed)]
    if len(wrong) < len(found) or len({claim.value for claim in wrong}) > 1:
        yield from _ambiguous(measure, found, wrong, stated)
        return
    yield Finding(
        f"正文说{measure.name}{wrong[0].value}件，表中是{stated}件：{clipped(wrong[0].words, 60)}",
        (
            *{claim.evidence.place.quote: claim.evidence for claim in wrong}.values(),
            *cells_evidence(report, measure.cells),
        ),
        expected=stated,
        actual=wrong[0].value,
    )


def _ambiguous(
    measure: Measure, found: Sequence[Claim], wrong: Sequence[Claim], stated: Number
) -> Iterator[Undecided]:
    if wrong:
        values = "、".join(str(claim.value) for claim in found)
        yield Undecided(
            f"正文有几处提到{measure.name}（{values}），表中是{stated}，分不清哪一处是全年总数。",
            tuple(claim.evidence for claim in found),
        )


def total(report: Report, cells: Sequence[Concept]) -> Number:
    """The sum of some cells; a cell without a number adds nothing."""
    return sum(report.number(concept) or 0 for concept in cells)


def _agrees(claim: Claim, stated: Number) -> bool:
    if claim.approximate:
        return claim.value <= stated <= claim.value * MOST_OVER_APPROXIMATE
    return claim.value == stated
