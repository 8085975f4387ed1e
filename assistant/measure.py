"""A measure: what can be asked of a report, be it cells, a ratio of cells, a figure or a statement.

Types only. The words people use for measures stand in `assistant.question.vocabulary`; how a measure is
looked up stands in `assistant.lookup`. A measure is comparable between reports when it is the same
measure: two measures with different definitions are two values of this type.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from ingest.report import Concept

Aspect: TypeAlias = Literal["cells", "ratio", "figure", "statement"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What is asked for; `name` is how it is called in an answer.

    `aspect` says which of the other fields speak:

    - "cells": the sum of `cells` less the sum of `less`; one cell is the usual case.
    - "ratio": `cells` over (`over` less `less`), in per cent; `definition` names the convention.
    - "figure": the figures of the text called one of `figures` (`Figure.name`), in `unit`.
    - "statement": something that a report says or leaves out; `figures` has the statement's one
      identifier, a key of `assistant.question.vocabulary.STATEMENTS`.
    """

    name: str
    unit: str
    aspect: Aspect
    cells: tuple[Concept, ...] = ()
    over: tuple[Concept, ...] = ()
    less: tuple[Concept, ...] = ()
    figures: tuple[str, ...] = ()
    definition: str = ""

    @property
    def concept(self) -> Concept | None:
        """The one cell that the measure is, None when it is more or less than one cell."""
        alone = self.aspect == "cells" and len(self.cells) == 1 and not self.less
        return self.cells[0] if alone else None
