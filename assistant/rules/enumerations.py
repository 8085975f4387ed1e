"""Rules on enumerations (一是、二是；（一）（二）): whether their numbers go on without a gap."""

import re
from collections.abc import Iterator

from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import words_evidence
from ingest.report import Report, Section

_DIGITS = "一二三四五六七八九十"
# 一是… 二是… within a paragraph, （一）… at the head of one.
_KINDS = (
    re.compile(rf"(?<![^\s。；;，,：:])(?P<number>[{_DIGITS}])是"),
    re.compile(rf"^\s*[（(](?P<number>[{_DIGITS}])[）)]", re.MULTILINE),
)


# What stands between two lists, of which the first may have one member alone.
_NEW_LIST = re.compile(rf"[（(][{_DIGITS}][）)]|[{_DIGITS}]、|改进|措施|方面|下一步|今后|问题")


@rule("W113", "enumeration-broken", "notice")
def enumeration_broken(report: Report) -> Outcomes:
    """“一是、二是”或“（一）（二）”的序号重复、跳号。

    为什么: 序号不连贯，读者会以为漏了一段；多是删改后没有重排。

    依据: 《党政机关公文格式》（GB/T 9704—2012）：结构层次序数依次使用。

    反例::

        sections:
          5: 一是目录更新不及时。三是解读形式单一。

    正例::

        sections:
          5: 一是目录更新不及时。二是解读形式单一。

    处理: 按次序重排序号；确认没有漏掉一段。
    """
    for section in report.texts:
        for kind in _KINDS:
            yield from _gaps(section, kind)


def _gaps(section: Section, kind: re.Pattern[str]) -> Iterator[Finding]:
    """A finding for each number that neither begins a list nor follows the one before it."""
    written = meant = end = 0
    for match in kind.finditer(section.text):
        number = _DIGITS.index(match["number"]) + 1
        apart = _NEW_LIST.search(section.text, end, match.start()) is not None
        begins = number == 1 and (written > 1 or apart)
        end = match.end()
        if written and not begins and number not in (written + 1, meant + 1):
            expected = _DIGITS[meant % len(_DIGITS)]
            what = "重复" if number == written else "不连贯"
            yield Finding(
                f"序号{what}：“{match[0].strip()}”前面是“{_DIGITS[written - 1]}”，应为“{expected}”。",
                (words_evidence(section, section.text[match.start() : match.end() + 12].strip()),),
                expected=expected,
                actual=match["number"],
            )
            meant += 1
        else:
            meant = number
        written = number
