"""Whether the numbers that a question takes for granted are those of the reports. Pure."""

import re
from collections.abc import Sequence

from assistant.lookup.readings import Reading, round_number
from assistant.query import Claim
from ingest.report import Number

WHOLE_PERCENT = 100
# 全部公开了吗 · 是不是全是自然人
_ALL_SO = re.compile(
    "(?:全(?:部|都|是)?|都)[^,，。多少几]{0,12}(?:[吗吧么没]|[?？]$)|是不是(?:全|都)"
    "|(?:有没有|是否|是不是)(?:办|答复|处理|回复)(?:完|结)"
)
# 被起诉了3次 claims three cases.
_CASES = frozenset(["件", "次", "宗", "起"])


def claims_held(claims: Sequence[Claim], readings: Sequence[Reading]) -> str:
    """与报告相符 or 与报告不符, of the first claim that the readings decide; "" where none does.

    A number that its own row contradicts decides nothing.
    """
    numbers = [r for r in readings if r.state == "number" and not r.is_contradicted]
    for claim in (claim for claim in claims if claim.measure is None):
        fitting = [r for r in numbers if _are_of_one_unit(claim, r)]
        if fitting and not claim.number:
            return "与报告不符" if any(r.value for r in fitting) else "与报告相符"
        whole = round_number(sum(r.value or 0 for r in fitting))
        if fitting and claim.number not in (whole, *(r.value for r in fitting)):
            return f"您说的{claim.text}与报告不符"
        if fitting:
            return "与报告相符"
    return ""


def _are_of_one_unit(claim: Claim, reading: Reading) -> bool:
    """Nought has no unit where none is said: 申请是零吗."""
    is_bare_nought = not (claim.number or claim.unit)
    return is_bare_nought or claim.unit == reading.unit or {reading.unit, claim.unit} <= _CASES


def wholly_held(question: str, reading: Reading) -> str:
    """是： or 不是： where a question asks whether all was so (全部公开了吗); "" for any other."""
    if reading.unit != "%" or reading.value is None or not _ALL_SO.search(question):
        return ""
    return "是：" if reading.value == WHOLE_PERCENT else "不是："


def sum_held(claims: Sequence[Claim], whole: Number) -> str:
    """与报告相符： or 您说的…与报告不符： of a sum that the question gives; "" where it gives none."""
    claim = next((claim for claim in claims if claim.measure is None and claim.unit != "%"), None)
    if claim is None:
        return ""
    return "与报告相符：" if claim.number == whole else f"您说的{claim.text}与报告不符："
