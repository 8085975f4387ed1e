"""Rules that work out the shares and the changes that the text gives of 表三."""

import re
from collections.abc import Iterator, Sequence

from assistant.rules.cells import cells_evidence, unread
from assistant.rules.claims import (
    figure_evidence,
    own_figures,
    total,
)
from assistant.rules.narrative import CARRIED_IN, HANDLED, NEW
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import Sentence, quote_evidence, sentences
from ingest.numbers import text_to_number
from ingest.report import Figure, Number, Report

# 予以公开27件，占33.9%
_SHARE = re.compile(
    r"(?P<number>\d+(?:,\d{3})*)件?[,(]?(?:约)?占(?:比|总数的?|全部申请的?)?(?:为|约|达)?(?P<share>\d+(?:\.\d+)?)%"
)


_OF_APPLICATIONS = re.compile(
    "申请|予以公开|不予公开|部分公开|无法提供|不予处理|其他处理|自然人|法人"
)


@rule("N114", "share-miscalculated", "warning")
def share_miscalculated(report: Report) -> Outcomes:
    """正文说的占比与件数算出来的不符。

    为什么: 占比由件数相除得出，算错说明件数或总数有一个不对。

    依据: 表三各行总计；按最后一位四舍五入。

    反例::

        requests:
          new: {natural_person: 200, total: 200}
          total: {natural_person: 200, total: 200}
        sections:
          1: 答复的申请中，予以公开50件，占33.9%。

    正例::

        requests:
          new: {natural_person: 200, total: 200}
          total: {natural_person: 200, total: 200}
        sections:
          1: 答复的申请中，予以公开50件，占25%。

    处理: 重新计算占比，或核对件数与总数。
    """
    for sentence in sentences(report, 1):
        if not _OF_APPLICATIONS.search(sentence.bare):
            continue
        bases = _bases(report, sentence)
        for match in _SHARE.finditer(sentence.bare):
            part = text_to_number(match["number"]) or 0
            wanted = [100 * part / base for base in bases if base]
            if any(_is_rounded_to(share, match["share"]) for share in wanted):
                continue
            cut_off = next((s for s in wanted if _is_printed_as(s, match["share"])), None)
            if cut_off is not None:
                yield Finding(
                    f"{match[0]}：算得{cut_off:.3f}%，四舍五入应为{_rounded(cut_off, match['share'])}%，"
                    "像是直接截去了尾数。",
                    (quote_evidence(sentence),),
                    expected=_rounded(cut_off, match["share"]),
                    actual=float(match["share"]),
                    suggestion="按末位四舍五入改写。",
                    severity="notice",
                )
            elif wanted:
                yield Finding(
                    f"{match[0]}：按表三应为{wanted[0]:.2f}%。",
                    (quote_evidence(sentence), *cells_evidence(report, HANDLED)),
                    expected=round(wanted[0], 2),
                    actual=float(match["share"]),
                )


def _bases(report: Report, sentence: Sentence) -> Sequence[Number]:
    """What a share may be of: what was finished, received, or any number said before it."""
    cells = (HANDLED,) if _OF_HANDLED.search(sentence.bare) else (HANDLED, NEW, NEW + CARRIED_IN)
    section = sentence.section.text[: sentence.start + len(sentence.text)]
    said = (
        text_to_number(found) or 0 for found in re.findall(r"\d[\d,]*(?=\s*[件条宗份])", section)
    )
    return [total(report, c) for c in cells if unread(report, c) is None] + list(said)


# 在办结的申请中，予以公开…: what the shares are of is said
_OF_HANDLED = re.compile(r"(?:办结|答复|办理完毕)的?[^,。;]{0,8}申请(?:总数)?(?:之?中|,其中)")


def _is_rounded_to(share: Number, printed: str) -> bool:
    """Whether a share is the percentage as printed, rounded to its last digit."""
    decimals = len(printed.partition(".")[2])
    return bool(abs(share - float(printed)) <= 0.5 * 10**-decimals + _FLOAT_SLACK)


def _rounded(share: Number, printed: str) -> Number:
    """The share with as many decimals as are printed."""
    return round(share, len(printed.partition(".")[2]))


# 2.5 may be 2.4999999 in a computer.
_FLOAT_SLACK = 1e-9


def _is_printed_as(share: Number, printed: str) -> bool:
    """Whether a share, rounded or cut off, is the percentage as printed."""
    decimals = len(printed.partition(".")[2])
    return bool(abs(share - float(printed)) < 10**-decimals)


# 较上年增加3件   同比下降12.5%
_CHANGE = re.compile(
    r"(?:较|比|同比)(?:上年|去年|20\d\d年|上一?年度?)?(?:同期)?(?P<way>增加|增长|上升|减少|下降)(?:了)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>件|%)"
)


@rule("N116", "year-on-year-miscalculated", "warning", needs="last_year")
def year_on_year_miscalculated(report: Report, last_year: Report) -> Outcomes:
    """正文说的新收申请同比与两年的表三不符。

    为什么: 同比由两年的数算出，对不上说明引错了上年的数。

    依据: 两年的表三“一、本年新收”总计。

    反例::

        requests:
          new: {natural_person: 12, total: 12}
        sections:
          1: 全年收到政府信息公开申请12件，较上年增加5件。
        last_year:
          requests:
            new: {natural_person: 9, total: 9}

    正例::

        requests:
          new: {natural_person: 12, total: 12}
        sections:
          1: 全年收到政府信息公开申请12件，较上年增加3件。
        last_year:
          requests:
            new: {natural_person: 9, total: 9}

    处理: 按上年年报重新计算。
    """
    for figure in own_figures(report, "收到申请"):
        match = _CHANGE.search("".join(figure.sentence.split()))
        if match is None or figure.part_of:
            continue
        if missing := unread(report, NEW) or unread(last_year, NEW, other=True):
            yield missing
            continue
        now, before = report.number(NEW[0]) or 0, last_year.number(NEW[0]) or 0
        yield from _change_finding(figure, match, now, before)


def _change_finding(
    figure: Figure, match: re.Match[str], now: Number, before: Number
) -> Iterator[Finding]:
    sign = 1 if match["way"] in ("增加", "增长", "上升") else -1
    change = sign * (now - before)
    said = match["number"].replace(",", "")
    if match["unit"] == "件":
        right, shown = change == float(said), f"{change}件"
    elif before:
        percent = 100 * change / before
        right, shown = _is_printed_as(percent, said), f"{percent:.1f}%"
    else:
        return
    if not right:
        yield Finding(
            f"正文说{match[0]}，按上年{before}件、本年{now}件应为{shown}。",
            (figure_evidence(figure),),
            expected=shown,
            actual=f"{match['number']}{match['unit']}",
        )
