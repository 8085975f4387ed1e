"""How much of what a question asks a text says, in the question's words or in others for them.

Pure. A run of Chinese holds every term that stands anywhere in it, so that looking for a few terms
needs no list of all tokens of the text; words in letters and numbers count only whole.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

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
        self._whole = sum(weights.values())
        # The terms of one word have the same others, which are looked for once a text.
        by_others: dict[tuple[str, ...], list[_Weighed]] = {}
        for term, weight in weights.items():
            weighed = _Weighed(term, weight, _CHINESE_TERM.fullmatch(term) is not None)
            by_others.setdefault(tuple((others or {}).get(term, ())), []).append(weighed)
        self._by_others = tuple(by_others.items())

    def share(self, text: str) -> float:
        """Between 0 and 1; 0 where nothing was asked."""
        if not self._whole:
            return 0.0
        plain = for_matching(text).lower()
        names = frozenset(_WHOLE.findall(plain))
        said = 0.0
        for others, terms in self._by_others:
            lacking = 0.0
            for each in terms:
                if each.term in (plain if each.is_chinese else names):
                    said += each.weight
                else:
                    lacking += each.weight
            if lacking and others and any(word in plain for word in others):
                said += OTHER_WORD * lacking
        return said / self._whole


class _Weighed(NamedTuple):
    term: str
    weight: float
    is_chinese: bool
