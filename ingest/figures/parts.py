"""Which numbers of a paragraph are parts of a total: 共52条，其中：政策文件12条，工作动态40条.

The invariant: a number is called a part only where the text says so (其中, 包括, a bracket), is not
larger than its total and is counted in the same kind of unit. Parts may add up to too much: whether
they add up is for the checks to say.
"""

import re
from dataclasses import dataclass

from ingest.figures.tokens import RATES
from ingest.report import Number

_OPENS = re.compile(
    r"^:|其中|分别(?:是|为)?|包括|具体(?:为|是|包括|涵盖)|分为|含|[(]"
    # 主动公开1620条，按内容分，……
    r"|(?:按照?|从)[^,;:。]{1,8}(?:划分|分类|来?分|来?看)[,:]"
)
_CLOSES = re.compile(
    r"等[;；。]|另外|此外|另有|同时|还(?:通过|有)|目前|[;,。、](?:全年|累计|本年度?|今年|年内)(?!.{0,4}其中)"
)
# A number that its own words set apart from a breakdown which it would burst.
_OWN_COUNT = re.compile(
    r"公众号|微信|微博|抖音|新媒体|网站|共|累计|全年|收到|受理|发布|推送|举办|召开|开展"
)
# 其中，机构信息49条；微信公众号推送48条: the second is no part, unless the parts are channels.
_CHANNEL = re.compile(
    r"公众号|微信|微博|抖音|新媒体|网站.{0,8}(?:发布|公开|更新)|收到|受理|举办|召开"
)
# 征地拆迁(18件)、规划建设(9件): the second number is that of the noun before its own bracket.
_OF_A_NOUN = re.compile(r"[^,;:。]{2}\($")
# 9个镇(街道)全部…: holds no number, and breaks nothing down.
_CLOSED_BRACKET = re.compile(r"\([^()]*\)")
_UNITS = {
    **dict.fromkeys(["人", "名", "位", "人次"], "people"),
    **dict.fromkeys(["元", "万元", "亿元"], "money"),
    **dict.fromkeys(RATES, "rate"),
    **dict.fromkeys(["家", "户"], "bodies"),
    **dict.fromkeys(["次", "场", "场次", "期"], "events"),
}


def kind_of_unit(unit: str) -> str:
    """Units that may stand in one sum share a kind: documents are counted in many words."""
    return _UNITS.get(unit, "documents")


@dataclass
class Group:
    """The breakdown that is being read: its total, and what of it has been told so far."""

    total: int
    value: Number
    kind: str
    bracket: bool
    by_channel: bool
    outer: "Group | None" = None
    told: Number = 0


class Parts:
    """Reads the numbers of a paragraph in order and says of each which earlier one it is part of."""

    def __init__(self) -> None:
        self._group: Group | None = None
        self._last: tuple[int, Number, str] | None = None
        self._sentence_of_group = -1

    def part_of(self, index: int, gap: str, value: Number, unit: str, sentence: int) -> int | None:
        """The index of the total that number `index` belongs to, None when it stands for itself.

        `gap` is the text since the number before it, `sentence` the sentence's place in the
        paragraph.
        """
        kind = kind_of_unit(unit)
        self._close(gap, sentence)
        self._open(gap, sentence)
        group = self._group
        if kind == "rate":
            return None
        if group is not None and group.kind == kind and self._holds(group, gap, value):
            group.told += value
            return group.total
        if group is not None and group.kind == kind:
            self._group = group.outer
        self._last = (index, value, kind)
        return None

    def _holds(self, group: Group, gap: str, value: Number) -> bool:
        """Whether a number can still be a part; a list that adds up to too much stays one list."""
        is_told = group.told and group.told == group.value
        if value > group.value or (is_told and value):
            return False
        return group.told + value <= group.value or not _OWN_COUNT.search(gap)

    def _open(self, gap: str, sentence: int) -> None:
        spoken = _CLOSED_BRACKET.sub("", gap)
        opening = _OPENS.search(spoken)
        if opening is None or self._last is None or _OF_A_NOUN.search(gap):
            return
        bracket = "(" in gap and ")" not in gap[gap.index("(") :]
        index, value, kind = self._last
        by_channel = bool(_CHANNEL.search(spoken[opening.end() :]))
        outer = self._group if bracket else None
        self._group = Group(index, value, kind, bracket, by_channel, outer)
        self._sentence_of_group = sentence

    def _close(self, gap: str, sentence: int) -> None:
        group = self._group
        if group is None:
            return
        if group.bracket and ")" in gap.partition("(")[0]:
            self._group = group.outer
        elif not group.bracket and (sentence != self._sentence_of_group or _CLOSES.search(gap)):
            self._group = None
        elif ";" in gap and _CHANNEL.search(gap) and not group.by_channel:
            self._group = group.outer
