"""Terms of the regulations with one character wrong, or two turned round.

Knows the terms that nothing else resembles. The invariant: a term is only sought where no other
word of the trade differs from it by one character; 行政复议 is left out, for 行政复核 is a word too.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

TERMS: Sequence[str] = (
    "中华人民共和国政府信息公开条例",
    "政府信息公开信息处理费",
    "政府信息公开平台建设",
    "政府信息公开年度报告",
    "政府信息公开指南",
    "政府信息公开目录",
    "政府信息公开工作",
    "政府信息公开申请",
    "结转下年度继续办理",
    "商业企业、科研机构",
    "行政规范性文件",
    "行政事业性收费",
    "社会公益组织",
    "法律服务机构",
    "规范性文件",
    "依申请公开",
    "信息处理费",
)
# Words that differ by one character from a term and are right.
_RIGHT = re.compile(
    # 财政局信息公开工作: another body's; 政府信息公開工作: in traditional characters
    r"政[局厅委办所]信息|[開復議訴訟請條規範處罰許報]|政务信息|政府信息(?:管理|发布|资源|依法)工作|政策性文件|指导性文件|依职权公开|依申请[办提受]"
)


class NearMiss(NamedTuple):
    """What a text says, letter for letter, and the term that was meant."""

    written: str
    term: str


def near_misses(text: str) -> Iterator[NearMiss]:
    """The places of a text that are one slip away from a term; longer terms first.

    >>> [*near_misses("共收到政府信息公告申请3件")]
    [NearMiss(written='政府信息公告申请', term='政府信息公开申请')]
    """
    if not _slip_of_any().search(text):
        return
    taken = ""
    for term in TERMS:
        for match in _slips_of(term).finditer(text):
            written = match[0]
            if written not in taken and not _RIGHT.search(written):
                taken += f"{written} "
                yield NearMiss(written, term)


@cache
def _slip_of_any() -> re.Pattern[str]:
    """Every slip of every term: most sentences hold none, and one look tells."""
    return re.compile("|".join(_slips_of(term).pattern for term in TERMS))


@cache
def _slips_of(term: str) -> re.Pattern[str]:
    """Every text that is one wrong or two exchanged characters away from a term.

    The first character stands: what comes before a term (市政府信息公开工作) is no part of it.
    """
    wrong = (f"{term[:i]}[^{c}\\W\\d]{term[i + 1 :]}" for i, c in enumerate(term) if i)
    exchanged = (
        term[:i] + term[i + 1] + term[i] + term[i + 2 :]
        for i in range(len(term) - 1)
        if term[i] != term[i + 1]
    )
    return re.compile("|".join([*wrong, *exchanged]))
