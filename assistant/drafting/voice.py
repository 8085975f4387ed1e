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
# Bodies that are no organs of the state and do not call themselves 机关.
_INSTITUTIONS = (
    (re.compile(r"(?:学校|小学|中学|大学|学院|党校)$"), "我校"),
    (re.compile(r"幼儿园$"), "我园"),
    (re.compile(r"院$"), "我院"),
    (re.compile(r"中心$"), "我中心"),
    (re.compile(r"馆$"), "我馆"),
    (re.compile(r"(?:公司|集团)$"), "我公司"),
)
_COURTS = re.compile(r"(?:人民法院|人民检察院)$")


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
        """我局, 我县, 我校, and for a name that ends otherwise 本机关."""
        called, also = self._names
        return called if self.is_government else self.choose("we", (called, called, also))

    @property
    def _names(self) -> tuple[str, str]:
        """What the agency calls itself, and what else it may say."""
        is_institution = not _COURTS.search(self.agency)
        kinds = ((_SELF, "本机关"), (_INSTITUTIONS if is_institution else (), "本单位"))
        for names, also in kinds:
            for end, we in names:
                if end.search(self.agency):
                    return we, also
        return "本机关", "本机关"

    @property
    def is_government(self) -> bool:
        """Whether the report is a government's own, which must also report on 考核, 评议, 追责."""
        return self.agency.endswith("人民政府")
