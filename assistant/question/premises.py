"""The numbers that a question takes for granted of something beside what it asks for.

收到6件，全部公开了吗 says what was received and asks what was released: the number is held against
what it is said of, never against what is asked. Pure.
"""

import re
from collections.abc import Sequence

from assistant.measure import Measure
from assistant.query import Claim
from assistant.question.conditions import has_bound
from assistant.question.measures import find_measures

_SAID = re.compile(
    "(?P<what>[^,，。;；?？\\d]{2,12}?)(?:了|过|的|有|共|是|总共|一共)*(?P<number>\\d+(?:\\.\\d+)?)(?P<unit>万元|[件条次宗])"
)
# 5件申请是不是全是自然人提的
_SAID_BEFORE = re.compile(
    "(?P<number>\\d+(?:\\.\\d+)?)(?P<unit>[件次宗])(?P<what>申请|复议|诉讼|许可|处罚|行政许可|行政处罚)"
)
_COMPARED = re.compile("比|增|减|升|降|差|多|少")


def find_premises(text: str, asked: Sequence[Measure]) -> tuple[Claim, ...]:
    """What is said of measures other than those asked for; bounds and changes are no such thing.

    `text` is the question without names and years, its measures unmasked.
    """
    found: list[Claim] = []
    for match in (*_SAID.finditer(text), *_SAID_BEFORE.finditer(text)):
        before_and_number = text[match.start() : match.end() + 2]
        if has_bound(before_and_number) or _COMPARED.search(match["what"]):
            continue
        # 申请办了21件: 办了 says of what
        before = text[match.start() : match.start("number")]
        of = find_measures(match["what"] if match["what"] not in before else before).measures
        if len(of) == 1 and of[0] not in asked:
            digits = match["number"]
            number = float(digits) if "." in digits else int(digits)
            claim = Claim(number, match["unit"], match["number"] + match["unit"], of[0])
            if claim not in found:
                found.append(claim)
    return tuple(found)
