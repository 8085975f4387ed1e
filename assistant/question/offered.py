"""Every measure that can be asked for, by the name an answer gives it.

Pure. For choosing from a list; the words people use for measures stand in the vocabulary.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from assistant.measure import Measure
from assistant.question.ratios import RATIOS
from assistant.question.text_words import FIGURES
from assistant.question.vocabulary import (
    APPLICANTS,
    DISPUTE_COLUMNS,
    DISPUTE_ROWS,
    PROACTIVE_ROWS,
    REQUEST_ROWS,
    USUAL_COLUMNS,
)
from assistant.question.words import cells_measure


@cache
def offered_measures() -> Mapping[str, Measure]:
    """Name → measure: the cells of the three tables, the ratios, the figures of the text."""
    return {measure.name: measure for measure in _measures()}


def _measures() -> Iterator[Measure]:
    for line in REQUEST_ROWS:
        yield cells_measure("requests", line.ids, ("total",))
    for applicant in APPLICANTS:
        yield cells_measure("requests", ("new",), (applicant,))
    for line in PROACTIVE_ROWS:
        for column in USUAL_COLUMNS[line.ids[0]]:
            yield cells_measure("proactive", line.ids, (column,))
    for line in DISPUTE_ROWS:
        for column_line in DISPUTE_COLUMNS:
            yield cells_measure("disputes", line.ids, column_line.ids)
    for _, measures in (*RATIOS, *FIGURES):
        yield from measures
