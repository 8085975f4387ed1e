"""Which of several wordings a draft uses, and what the agency calls itself.

The invariant: the same agency, year, turn and style give the same words; another turn gives others.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.drafting.revision import Style

T = TypeVar("T")

# The end of an agency's name → what it calls itself.
_SELF = (
    (re.compile(r"局$"), "我局"),
    (re.compile(r"委员会$|委$"), "我委"),
    (re.compile(r"办公室$|办公厅$|办$"), "我办"),
    (re.compile(r"厅$"), "我厅"),
    (re.compile(r"街道办事处$"), "我街道"),
    (re.compile(r"镇人民政府$"), "我镇"),
    (re.compile(r"乡人民政府$"), "我乡"),
    (re.compile(r"县人民政府$"), "我县"),
    (re.compile(r"区人民政府$"), "我区"),
    (re.compile(r"市人民政府$"), "我市"),
    (re.compile(r"省人民政府$"), "我省"),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """The wording of one draft. `turn` is how often another wording was asked for."""

    agency: str
    year: int
    turn: int = 0
    style: Style = "plain"

    def choose(self, key: str, variants: Sequence[T]) -> T:
        """One of the variants for the place in the text called `key`."""
        seed = f"{self.agency}|{self.year}|{key}".encode()
        first = int.from_bytes(hashlib.sha256(seed).digest()[:8], "big")
        return variants[(first + self.turn) % len(variants)]

    def word(self, key: str, wordings: Sequence[str]) -> str:
        """One wording; of the shorter half where the text is to be short, else of all or the longer."""
        if self.style == "plain":
            return self.choose(key, wordings)
        ranked = sorted(wordings, key=len)
        half = (len(ranked) + 1) // 2
        return self.choose(key, ranked[:half] if self.style == "short" else ranked[-half:])

    @property
    def we(self) -> str:
        """我局, 我县, and for a name that ends otherwise 本机关."""
        called = next((we for end, we in _SELF if end.search(self.agency)), "本机关")
        return called if self.is_government else self.choose("we", (called, called, "本机关"))

    @property
    def is_government(self) -> bool:
        """Whether the report is a government's own, which must also report on 考核, 评议, 追责."""
        return self.agency.endswith("人民政府")
