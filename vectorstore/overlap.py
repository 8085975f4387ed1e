"""How much of what a question asks a text says, in the question's words or in others for them.

Pure. A run of Chinese holds every term that stands anywhere in it, so that looking for a few terms
needs no list of all tokens of the text; words in letters and numbers count only whole.
"""

import re
from collections.abc import Mapping, Sequence

from ingest.characters import for_matching

_CHINESE_TERM = re.compile(r"[^a-z0-9.]+")
_WHOLE = re.compile(r"[a-z]+|\d+(?:\.\d+)*")

# What another word for a term counts, of the term itself; chosen on the training half of the
# retrieval set, where anything from 0.5 to 0.9 does equally well.
OTHER_WORD = 0.8


class Overlap:
    """The share of a question's terms, by weight, that texts hold.

    `others` gives, for a term, words that say the same as the word it belongs to.
    """

    def __init__(
        self, weights: Mapping[str, float], others: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._weights = weights
        self._others = others or {}
        self._whole = sum(weights.values())

    def share(self, text: str) -> float:
        """Between 0 and 1; 0 where nothing was asked."""
        if not self._whole:
            return 0.0
        plain = for_matching(text).lower()
        names = frozenset(_WHOLE.findall(plain))
        said = sum(
            weight * self._said(term, plain, names) for term, weight in self._weights.items()
        )
        return said / self._whole

    def _said(self, term: str, plain: str, names: frozenset[str]) -> float:
        if term in plain if _CHINESE_TERM.fullmatch(term) else term in names:
            return 1.0
        return OTHER_WORD if any(word in plain for word in self._others.get(term, ())) else 0.0
