"""What other agencies did about the same problems, quoted from their reports in the library.

The invariant: a practice is quoted letter for letter with its source and never written into the
draft, for it is another agency's; who takes it over is asked what their own agency did.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.answer import Citation
from assistant.drafting.overview import Material
from assistant.drafting.problems import shown_by_numbers
from assistant.drafting.prose import Origin, quoted
from assistant.drafting.revision import Insertion, PartName
from assistant.drafting.suggestions import Suggestion
from assistant.rules.names import same_agency
from assistant.rules.texts import clipped
from ingest.chunk import Chunk

MOST_PRACTICES = 4
PASSAGES_LOOKED_AT = 6
# What a passage worth adopting tells: something done, and how much of it.
_PRACTICE = re.compile(
    r"建立|开设|印发|制定|完善|开展|组织|推出|增设|梳理|编制|配发|聘请|公布|修订"
)
_HOW_MUCH = re.compile(r"\d|[一二三四五六七八九十两]+[条个件次项名期场]|《")
# What is looked for beside the problems that the numbers show: section, words, topic, where it goes.
_TOPICS: tuple[tuple[int, str, str, PartName], ...] = (
    (1, "政府信息管理 目录更新 发布审核 规范性文件清理 做法", "政府信息管理", "management"),
    (1, "政府信息公开平台建设 网站专栏 政务新媒体 做法", "平台建设", "platforms"),
    (1, "监督保障 业务培训 监督检查 社会评议", "监督保障", "assurance"),
    (5, "针对存在问题 改进措施 完成整改", "问题整改", "measures"),
)


class FoundPassage(Protocol):
    """A passage that a search found."""

    @property
    def report_id(self) -> str:
        """The report that it stands in."""

    @property
    def agency(self) -> str:
        """Whose report it is."""

    @property
    def year(self) -> int:
        """The year it reports on."""

    @property
    def chunk(self) -> Chunk:
        """The words, letter for letter, and their place."""


class Passages(Protocol):
    """What is asked of a library."""

    def search(
        self, text: str, *, years: Sequence[int] = (), sections: Sequence[int] = (), limit: int = 8
    ) -> Sequence[FoundPassage]:
        """The passages nearest in meaning to a text."""


def on_peers(material: Material, library: Passages) -> Iterator[Suggestion]:
    """Practices of other agencies worth adopting, one an agency and topic."""
    signs: list[tuple[int, str, str, PartName]] = [
        (5, sign.problems[0].split("，")[0], "同类问题的改进", "measures")
        for sign in shown_by_numbers(material)
    ]
    seen: set[str] = set()
    given = 0
    for section, words, topic, part in (*signs[:2], *_TOPICS):
        found = library.search(words, sections=(section,), limit=PASSAGES_LOOKED_AT)
        passage = next((p for p in found if _is_worth_adopting(material, p, seen)), None)
        if passage is None:
            continue
        seen.add(passage.chunk.text)
        yield _practice(passage, section, topic, part)
        given += 1
        if given == MOST_PRACTICES:
            return


def _is_worth_adopting(material: Material, passage: FoundPassage, seen: set[str]) -> bool:
    text = passage.chunk.text
    return (
        passage.chunk.place.table is None
        and text not in seen
        and not same_agency(passage.agency, material.voice.agency)
        and bool(_PRACTICE.search(text) and _HOW_MUCH.search(text))
    )


def _practice(passage: FoundPassage, section: int, topic: str, part: PartName) -> Suggestion:
    asked = f"参照{passage.agency}的做法，【请补充：本单位在{topic}上采取的具体做法】"
    entering = quoted(asked, Origin("agency", quote=passage.agency))
    citation = Citation(passage.report_id, passage.agency, passage.year, passage.chunk.place)
    return Suggestion(
        section,
        f"可以参考{passage.agency}的做法：{clipped(passage.chunk.text, 120)}",
        f"{passage.agency}{passage.year}年年报写到了{topic}的具体做法；属实且适合本单位的再写入。",
        (citation,),
        "peer",
        (Insertion(part, entering),),
    )
