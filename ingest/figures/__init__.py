"""Sections → figures: every number of the text with what it counts, its unit and its sentence.

`extraction` walks the sentences; `tokens` finds numbers and units, `shared` those that several
nouns share, `naming` with `names`, `nouns` and `changes` what they count, `zeros` the words for
none, `parts` and `closing` the breakdowns, `scope` whose number and which year's, `published` the
year's total of published items.
"""

from ingest.figures.extraction import sections_to_figures

__all__ = ["sections_to_figures"]
