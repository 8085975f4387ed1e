"""The agencies and years that a question names, told among the passages that were found for it.

Pure. Whoever names one asks about it: sentences of another agency or year that are like the one
sought (the rows of two reports' tables are alike to the letter) are seldom the answer. The scope of
a search, where one is given, has shut them out before; this is for a question put to everything.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from ingest.characters import for_matching
from vectorstore.chunks import Held
from vectorstore.keywords import content_terms
from vectorstore.overlap import Overlap
from vectorstore.synonyms import other_words

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")

# So much of an agency's name stands in a question that names it, in full or shortened (住建局).
LEAST_NAMED = 0.6

# What a passage counts that is of another agency than the question names, and of another year.
# Anything from 0.7 to 0.9 does equally well on the training half of the retrieval set.
ELSEWHERE = 0.8


def fits(question: str, found: Mapping[int, Held]) -> Mapping[int, float]:
    """How well each passage, by number, fits the agencies and years that the question names.

    1 where it fits, or where the question names none of those found; less, above 0, elsewhere.
    """
    plain = for_matching(question)
    years = {int(year) for year in _YEAR.findall(plain)}
    agencies = {held.agency for held in found.values() if _names(plain, held.agency)}
    return {
        number: (ELSEWHERE if agencies and held.agency not in agencies else 1.0)
        * (ELSEWHERE if years and held.year not in years else 1.0)
        for number, held in found.items()
    }


def _names(question: str, agency: str) -> bool:
    return _name(agency).share(question) >= LEAST_NAMED


@lru_cache(maxsize=4096)
def _name(agency: str) -> Overlap:
    return Overlap(dict.fromkeys(content_terms(agency), 1.0), other_words(agency))
