"""Sections → figures: every number of the text with what it counts, its unit and its sentence.

`extraction` walks the sentences; `tokens` finds numbers and units, `naming` and `names` what they
count, `zeros` the words for none, `parts` the breakdowns, `scope` whose number and which year's.
"""

from ingest.figures.extraction import sections_to_figures

__all__ = ["sections_to_figures"]
