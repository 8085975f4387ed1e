"""Words that say the same (同义词组): what a question calls one thing and a report another.

The groups stand in training/synonyms.txt, written for this project: the embedding model is trained
on them, and a search looks for the other words of a group beside the question's own.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from ingest.characters import for_matching
from vectorstore.tokens import text_to_tokens

SYNONYMS_FILE = Path(__file__).parent / "training" / "synonyms.txt"


def read_synonyms(path: Path = SYNONYMS_FILE) -> list[tuple[str, ...]]:
    """Groups of words that mean the same, one group a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    groups = (tuple(line.split()) for line in lines if not line.startswith("#"))
    return [group for group in groups if len(group) > 1]


def other_words(text: str) -> Mapping[str, Sequence[str]]:
    """For each telling term of the text that belongs to a word of a group, the group's others.

    The longest words count: a word within another one that is known is no word of its own.
    """
    plain = for_matching(text).lower()
    found: dict[str, dict[str, None]] = {}
    for word in _words_in(plain):
        for term in text_to_tokens(word):
            if len(term) > 1:
                found.setdefault(term, {}).update(dict.fromkeys(_others()[word]))
    return {term: tuple(words) for term, words in found.items()}


def _words_in(plain: str) -> list[str]:
    longest = max(map(len, _others()))
    words, end = [], 0
    for start in range(len(plain)):
        for length in range(min(longest, len(plain) - start), 1, -1):
            word = plain[start : start + length]
            if word in _others() and start + length > end:
                words.append(word)
                end = start + length
                break
    return words


@cache
def _others() -> Mapping[str, Sequence[str]]:
    """Every word of the groups with the other words of all its groups."""
    found: dict[str, dict[str, None]] = {}
    for group in read_synonyms():
        plain = [for_matching(word).lower() for word in group]
        for word in plain:
            found.setdefault(word, {}).update(dict.fromkeys(w for w in plain if w != word))
    return {word: tuple(others) for word, others in found.items() if len(word) > 1}
