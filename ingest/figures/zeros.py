"""Statements that something did not happen, read as the number 0: 未收到政府信息公开申请.

The invariant: only a plain statement about what was counted gives 0; rules, conditions and aims
(不得收取, 如未收到…) give nothing. Silence is not zero.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.figures.tokens import View


class Zero(NamedTuple):
    """A name that a clause says did not occur; `start` and `end` are positions in the view."""

    name: str
    unit: str
    start: int
    end: int


_NOT = r"(?:未曾|未|没有|没|无|并无|不存在|零)"
_NO_OTHER_NOT = rf"(?:(?!{_NOT})[^;。])"
_REQUEST = r"(?:依申请|申请公开|公开申请|公开的申请|信息公开申请|公开政府信息的?(?:请求|申请)|公开诉求|公开请求|要求公开)"
# Each with a sentence that it reads. Patterns stay within one clause unless they say otherwise.
_PATTERNS: tuple[tuple[tuple[str, str], str], ...] = (
    # 我局未收到政府信息公开申请 · 没有接到…依申请公开 · 未收到和处理政府信息公开申请
    (
        ("收到申请", "件"),
        rf"{_NOT}(?:有)?(?:直接)?(?:收到|接到|受理|接收|收受|接受|发生|收取)(?:过|及|和|或|与|、|处理|受理|收到|办理|到)*"
        rf"(?!费|因)[^,;。]{{0,24}}?{_REQUEST}(?!费|[^,;。]{{0,12}}(?:复议|诉讼))",
    ),
    # 全年无政府信息公开申请 · 无依申请公开事项
    (
        ("收到申请", "件"),
        rf"(?:^|[,;:。年度局委镇乡□]){_NOT}(?:政府)?(?:信息)?{_REQUEST}(?:政府)?(?:信息)?(?:件|事项|的?情况|办件)?(?=$|[,;。、])",
    ),
    # 无上年结转政府信息公开申请 · 无结转下年度事项
    (("上年结转", "件"), rf"{_NOT}(?:上年|上一年|去年|□+)(?:度)?结转"),
    (("结转下年度", "件"), rf"{_NOT}(?:[^,;。]{{0,8}})结转(?:至|到)?(?:下|次|□)"),
    # 未发生行政复议案、行政诉讼案 · 没有因政府信息公开工作被申请行政复议或提起行政诉讼
    (("行政复议", "件"), rf"{_NOT}(?!受理|有效){_NO_OTHER_NOT}{{0,40}}?行政复议"),
    (
        ("行政诉讼", "件"),
        rf"{_NOT}(?!受理|有效){_NO_OTHER_NOT}{{0,50}}?(?:行政诉讼|提起诉讼|诉讼案)",
    ),
    # 未收取信息处理费 · 没有收取任何费用 · 未发生收费情况
    (
        ("信息处理费", "元"),
        rf"{_NOT}(?:有|曾)?(?:产生|发生)?(?:实际)?(?:收取|收)(?:过|任何|相关|政府|信息|公开|申请|依)*(?:信息处理费|处理费|费用|费)",
    ),
    (
        ("信息处理费", "元"),
        rf"(?:信息处理费|信息公开)[^,;。]{{0,12}}{_NOT}(?:有)?(?:产生|发生)?(?:收取|收费|费用)",
    ),
    (
        ("信息处理费", "元"),
        rf"{_NOT}(?:有)?(?:产生|发生)(?:政府)?(?:信息处理费|[^,;。]{{0,8}}收费)",
    ),
    # 无信息公开收费及减免情况
    (
        ("信息处理费", "元"),
        rf"{_NOT}(?:政府)?(?:信息公开|信息处理)?(?:收费|费用)(?:及减免)?(?:的)?情况",
    ),
    # 未制发规范性文件
    (
        ("规范性文件制发", "件"),
        rf"{_NOT}(?:有)?(?:新)?(?:制发|制定|出台|印发)[^,;。]{{0,8}}规范性文件",
    ),
    # 未收到人大建议和政协提案 · 未承办政协提案
    (
        ("人大建议", "件"),
        rf"{_NOT}(?:有)?(?:收到|承办|接到|办理)?[^,;。]{{0,6}}人大(?:代表)?(?:建议|议案)",
    ),
    (
        ("政协提案", "件"),
        rf"{_NOT}(?:有)?(?:收到|承办|接到|办理)?[^,;。]{{0,18}}(?:政协(?:委员)?|委员)提案",
    ),
    # 未实施行政强制
    (("行政许可", "件"), rf"{_NOT}(?:有)?(?:作出|实施|办理)[^,;。]{{0,6}}行政许可"),
    (("行政处罚", "件"), rf"{_NOT}(?:有)?(?:作出|实施|办理)[^,;。]{{0,6}}行政处罚"),
    (("行政强制", "件"), rf"{_NOT}(?:有)?(?:作出|实施|采取)[^,;。]{{0,6}}行政强制"),
    # 未发生举报投诉
    (("举报投诉", "件"), rf"{_NOT}(?:有)?(?:发生|收到|接到)[^;。]{{0,24}}?(?:举报|投诉)"),
    (("责任追究", "件"), rf"{_NOT}(?:有)?(?:发生|出现)[^,;。]{{0,24}}?责任追究"),
)
_ZEROS = tuple((name, unit, re.compile(pattern)) for (name, unit), pattern in _PATTERNS)
# Every pattern holds one of these words.
_ANY_NOT = re.compile(_NOT)
_NO_STATEMENT = re.compile(
    r"不得|严禁|应当|防止|避免|禁止|如未|若未|凡|的意见|规定的|无条件|无偿|无正当理由|无障碍|无关|尚无|未按|未在|无论|无法"
    r"|未经|未审结|未办结|尚未|未结|未完"
)
# Only some of them did not occur: 15家单位未收到; 除1件外，均未…; 未收到当面申请; 没有行政复议案件被纠正
_EXCEPTION = re.compile(
    r"\d[家个][^,;。]{0,10}$|除[^,;。]{0,24}外[^;。]{0,12}$|(?:其余|其他|其它|另外)[^,;。]{0,8}$"
)
_ONLY_SOME = re.compile(
    r"其他(?!组织)|其它(?!组织)|当面|信函|传真|现场|书面|纠正|纠错|败诉|撤销|责令|维持|审结|逾期|超期"
)
_NUMBER = re.compile(r"\d")


def view_zeros(view: View) -> Iterator[Zero]:
    """What the sentence says did not occur, each name once."""
    if not _ANY_NOT.search(view.text):
        return
    seen: set[str] = set()
    for name, unit, pattern in _ZEROS:
        found = (m for m in pattern.finditer(view.text) if not _is_no_statement(view.text, m))
        match = next(found, None)
        if match is None or name in seen:
            continue
        seen.add(name)
        start = match.start() + len(match[0]) - len(match[0].lstrip(",;:。年度局委镇乡□"))
        end = re.search("[,;。]|$", view.text[match.end() :])
        yield Zero(name, unit, start, match.end() + (end.start() if end else 0))


def _is_no_statement(text: str, match: re.Match[str]) -> bool:
    clause = text[max(0, match.start() - 2) : match.end()]
    rest = re.split("[,;。]", text[match.end() :], maxsplit=1)[0]
    if _NO_STATEMENT.search(clause) or _NUMBER.search(match[0] + rest):
        return True
    is_some = _ONLY_SOME.search(match[0] + rest) and "任何" not in match[0]
    return bool(is_some or _EXCEPTION.search(text[: match.start()]))
