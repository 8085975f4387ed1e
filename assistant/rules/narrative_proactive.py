"""Rules that hold what the text says of documents, decisions and fees against 表二."""

import re
from collections.abc import Iterator

from assistant.rules.cells import cell_label, cells_evidence, unread
from assistant.rules.claims import (
    Cells,
    Measure,
    contradictions,
    figure_evidence,
    is_own,
    own_figures,
)
from assistant.rules.proactive import FEE_AMOUNT, YUAN_PER_WAN
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import Sentence, clipped, quote_evidence, sentences
from ingest.numbers import text_to_number
from ingest.report import Concept, Number, Report


def _proactive(row: str, column: str) -> Cells:
    return (Concept("proactive", row, column),)


_DOCUMENTS = (
    Measure("制发行政规范性文件", _proactive("normative_documents", "issued"), ("规范性文件制发",)),
    Measure(
        "废止行政规范性文件", _proactive("normative_documents", "repealed"), ("规范性文件废止",)
    ),
    Measure(
        "现行有效行政规范性文件",
        _proactive("normative_documents", "in_force"),
        ("规范性文件现行有效",),
    ),
)


@rule("N109", "documents-differ", "warning", formats=("2021",))
def documents_differ(report: Report) -> Outcomes:
    """正文说的规范性文件件数与表二不符。

    为什么: 制发、废止、现行有效件数应与表二一致；“政策文件”不都是规范性文件，也可能是用语不严。

    依据: 条例第二十条第（一）项；表二。

    反例::

        proactive:
          normative_documents: {issued: 2, in_force: 6}
        sections:
          1: 全年制发行政规范性文件3件。

    正例::

        proactive:
          normative_documents: {issued: 2, in_force: 6}
        sections:
          1: 全年制发行政规范性文件2件。

    处理: 核对规范性文件目录；不属于规范性文件的，改称“政策文件”。
    """
    for measure in _DOCUMENTS:
        yield from contradictions(report, measure)


_DECISIONS = tuple(
    Measure(name, _proactive(row, "decisions"), figures=(name,))
    for name, row in (
        ("行政许可", "licensing"),
        ("行政处罚", "penalties"),
        ("行政强制", "coercion"),
    )
)


@rule("N110", "decisions-differ", "warning")
def decisions_differ(report: Report) -> Outcomes:
    """正文说的行政许可、处罚、强制件数与表二不符。

    为什么: 表二统计全部处理决定（公开与依法不公开的都算），正文的口径不同时应当说明。

    依据: 条例第二十条第（五）（六）项；表二“本年处理决定数量”。

    反例::

        proactive:
          licensing: {decisions: 120}
        sections:
          1: 全年作出行政许可决定210件。

    正例::

        proactive:
          licensing: {decisions: 120}
        sections:
          1: 全年作出行政许可决定120件。

    处理: 核对处理决定数量；正文只说已公开的，写明“公开”。
    """
    for measure in _DECISIONS:
        yield from contradictions(report, measure)


# 上年收取…; not 较上年增长…, nor what follows 本年
_OF_LAST_YEAR = re.compile(
    r"(?<![较比同与和])(?:上一?年|去年|前年)(?:(?!本年|今年|当年|全年|20\d\d年)[^。;])*$"
)
# 行政事业性收费12.5万元
_FEES = re.compile(r"行政事业性收费[^,。;\d]{0,14}(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)")


@rule("N111", "fees-differ", "error", formats=("2021",))
def fees_differ(report: Report) -> Outcomes:
    """正文说的行政事业性收费与表二不符。

    为什么: 金额换算（元、万元）最容易出错，文表应当一致。

    依据: 条例第二十条第（八）项；表二“本年收费金额（单位：万元）”。

    反例::

        proactive:
          fees: {amount: 12.5}
        sections:
          1: 全年行政事业性收费15.2万元。

    正例::

        proactive:
          fees: {amount: 12.5}
        sections:
          1: 全年行政事业性收费12.5万元。

    处理: 核对收费台账，注意单位换算。
    """
    for sentence in sentences(report, 1, 6):
        match = _fees_of_the_year(sentence)
        said = text_to_number(match["number"]) if match else None
        if match is None or said is None or not is_own(report, sentence.bare):
            continue
        if missing := unread(report, [FEE_AMOUNT]):
            yield missing
            continue
        amount = said if match["unit"] == "万元" else said / YUAN_PER_WAN
        stated = report.number(FEE_AMOUNT) or 0
        same_digits = stated == said  # P106 speaks of an amount that was not converted
        if not same_digits and not _rounds_to(amount, stated):
            yield Finding(
                f"正文说行政事业性收费{match['number']}{match['unit']}，表二是{stated}万元。",
                (quote_evidence(sentence), *cells_evidence(report, [FEE_AMOUNT])),
                expected=stated,
                actual=amount,
            )


def _fees_of_the_year(sentence: Sentence) -> re.Match[str] | None:
    """The first sum of fees in a sentence that is not said of the year before."""
    for match in _FEES.finditer(sentence.bare):
        if not _OF_LAST_YEAR.search(sentence.bare[: match.start()]):
            return match
    return None


def _rounds_to(one: Number, other: Number) -> bool:
    """Whether two amounts are the same once the one with more decimals is rounded."""
    decimals = min(_decimals(one), _decimals(other))
    return bool(abs(one - other) <= 0.5 * 10**-decimals)


def _decimals(number: Number) -> int:
    return len(str(number).partition(".")[2]) if isinstance(number, float) else 0


# 未收取信息处理费   没有产生信息处理费
_NO_FEE = re.compile(r"(?:未|没有?|无|零)[^,。;]{0,12}(?:收取|产生|发生)?[^,。;]{0,14}处理费")


@rule("N112", "processing-fee-contradicted", "error")
def processing_fee_contradicted(report: Report) -> Outcomes:
    """一处说未收取信息处理费，另一处又有收取的金额。

    为什么: 两处说法矛盾。

    依据: 国办函〔2020〕109号。

    反例::

        sections:
          1: 全年收取信息处理费400元。
          6: 本年度未收取信息处理费。

    正例::

        sections:
          1: 全年收取信息处理费400元。
          6: 本年度收取信息处理费400元。

    处理: 核对收费通知和缴费记录，统一说法。
    """
    charged = [f for f in own_figures(report, "信息处理费") if f.value]
    denied = [s for s in sentences(report) if _NO_FEE.search(s.bare) and is_own(report, s.bare)]
    denied = [s for s in denied if "标准" not in s.bare or "未收取" in s.bare]
    if charged and denied:
        yield Finding(
            f"一处说“{clipped(denied[0].text, 30)}”，另一处说收取{charged[0].value}{charged[0].unit}。",
            (quote_evidence(denied[0]), figure_evidence(charged[0])),
            expected=0,
            actual=charged[0].value,
        )


@rule("N113", "processing-fee-not-in-fees", "warning", formats=("2021",))
def processing_fee_not_in_fees(report: Report) -> Outcomes:
    """收取的信息处理费没有计入行政事业性收费。

    为什么: 信息处理费属于行政事业性收费，表二的金额不应比它小。

    依据: 国办函〔2020〕109号；表二“行政事业性收费”。

    反例::

        proactive:
          fees: {amount: 0}
        sections:
          6: 本年度实际收取信息处理费400元。

    正例::

        proactive:
          fees: {amount: 0.04}
        sections:
          6: 本年度实际收取信息处理费400元。

    处理: 把信息处理费按万元计入表二的行政事业性收费。
    """
    for figure in own_figures(report, "信息处理费"):
        if missing := unread(report, [FEE_AMOUNT]):
            yield missing
            continue
        amount = figure.value if figure.unit == "万元" else figure.value / YUAN_PER_WAN
        stated = report.number(FEE_AMOUNT) or 0
        if amount > stated and not (stated and _rounds_to(amount, stated)):
            yield Finding(
                f"信息处理费{figure.value}{figure.unit}，表二行政事业性收费只有{stated}万元。",
                (figure_evidence(figure), *cells_evidence(report, [FEE_AMOUNT])),
                expected=f"不少于{amount}",
                actual=stated,
            )


_BUSINESS: tuple[tuple[str, str], ...] = (
    ("licensing", r"(?:作出|办理|实施|受理)[^,。;]{0,8}行政许可|行政许可[^,。;]{0,8}结果"),
    ("penalties", r"(?:作出|办理|实施|下达)[^,。;]{0,8}行政处罚|行政处罚[^,。;]{0,8}结果"),
    ("coercion", r"(?:作出|办理|实施|采取)[^,。;]{0,8}行政强制"),
)


@rule("N115", "business-done-but-zero", "notice")
def business_done_but_zero(report: Report) -> Outcomes:
    """正文写了办理许可、处罚、强制，表二却是0。

    为什么: 有执法业务而处理决定为0，可能漏填；没有该项职权的不会在正文里写。

    依据: 条例第二十条第（五）（六）项；表二。

    反例::

        proactive:
          penalties: {decisions: 0}
        sections:
          1: 全年依法办理行政处罚案件并公示结果。

    正例::

        proactive:
          penalties: {decisions: 12}
        sections:
          1: 全年依法办理行政处罚案件并公示结果。

    处理: 核对本年处理决定数量，包括依法不公开的。
    """
    for row, pattern in _BUSINESS:
        cells = _proactive(row, "decisions")
        for sentence in _matching(report, pattern):
            if report.number(cells[0]) == 0:
                yield Finding(
                    f"正文写到{clipped(sentence.text)}，{cell_label(report, cells[0])}却是0。",
                    (quote_evidence(sentence), *cells_evidence(report, cells)),
                    actual=0,
                )
                break


def _matching(report: Report, pattern: str) -> Iterator[Sentence]:
    found = re.compile(pattern)
    for sentence in sentences(report, 1):
        if found.search(sentence.bare) and not re.search(r"未|没有|无|0[件项]", sentence.bare):
            yield sentence
