"""Rules that hold what the text says of 复议 and 诉讼 against 表四."""

import re

from assistant.rules.cells import cells_evidence, unread
from assistant.rules.claims import (
    Cells,
    Measure,
    contradictions,
    is_own,
    total,
)
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import Sentence, clipped, quote_evidence, sentences
from ingest.report import Concept, Report


def _disputes(column: str, *rows: str) -> Cells:
    return tuple(Concept("disputes", row, column) for row in rows)


LITIGATION = ("litigation_direct", "litigation_after_reconsideration")


# 未发生…行政复议   无因政府信息公开提起的复议; not 未经复议, not 无复议被纠正
_NO = r"(?:未(?!经)|没有?|无|零)(?![^,。;]*(?:纠正|纠错|败诉|撤销))"
_NO_RECONSIDERATION = re.compile(rf"{_NO}[^,。;\d]{{0,30}}复议")
_NO_LITIGATION = re.compile(rf"{_NO}[^,。;\d]{{0,40}}诉讼")
_CASES = (
    Measure(
        "行政复议",
        _disputes("total", "reconsideration"),
        figures=("行政复议",),
        none=_NO_RECONSIDERATION,
    ),
    Measure(
        "行政诉讼", _disputes("total", *LITIGATION), figures=("行政诉讼",), none=_NO_LITIGATION
    ),
    Measure(
        "行政复议和行政诉讼",
        _disputes("total", "reconsideration", *LITIGATION),
        figures=("行政复议和行政诉讼",),
    ),
)


@rule("N107", "cases-differ", "error")
def cases_differ(report: Report) -> Outcomes:
    """正文说的复议、诉讼件数与表四不符。

    为什么: 同一个数在文中和表中不一，读者不知道信哪一个。

    依据: 条例第五十条第（三）项；表四。

    反例::

        disputes:
          reconsideration: {upheld: 2, total: 2}
        sections:
          1: 未发生因政府信息公开申请行政复议、提起行政诉讼的情况。

    正例::

        disputes:
          reconsideration: {upheld: 2, total: 2}
        sections:
          1: 因政府信息公开被申请行政复议2件，没有行政诉讼。

    处理: 对照案件台账，改正文或改表四。
    """
    for measure in _CASES:
        yield from contradictions(report, measure)


# 均获维持   全部被维持
_ALL_UPHELD = re.compile(r"(?:均|全部)(?:被|获|予以|依法|得到)*维持")
# 无一纠错   没有败诉   零纠正
_NONE_CORRECTED = re.compile(r"(?:无|没有|未|零)(?:一件?)?(?:发生)?(?:被)?(?:纠正|纠错|败诉)")


@rule("N108", "upheld-claim-wrong", "error")
def upheld_claim_wrong(report: Report) -> Outcomes:
    """正文说案件均获维持或没有纠正，表四却不是。

    为什么: “均获维持”指全部案件已经审结且维持，有纠正、其他结果或尚未审结的就不能这样说。

    依据: 条例第五十条第（三）项；表四。

    反例::

        disputes:
          reconsideration: {upheld: 5, pending: 2, total: 7}
        sections:
          1: 全年信息公开类行政复议7件，均获维持。

    正例::

        disputes:
          reconsideration: {upheld: 5, pending: 2, total: 7}
        sections:
          1: 全年信息公开类行政复议7件，已审结的5件维持，2件尚未审结。

    处理: 按表四写明维持、纠正、其他结果和尚未审结各多少件。
    """
    for sentence in sentences(report, 1):
        rows = _groups_named(sentence.bare)
        if not rows or not is_own(report, sentence.bare):
            continue
        if _ALL_UPHELD.search(sentence.bare):
            others = tuple(
                c for k in ("corrected", "other", "pending") for c in _disputes(k, *rows)
            )
            yield from _not_upheld(report, sentence, others, "均获维持")
        elif _NONE_CORRECTED.search(sentence.bare):
            yield from _not_upheld(report, sentence, _disputes("corrected", *rows), "没有纠正")


def _groups_named(text: str) -> tuple[str, ...]:
    reconsideration = ("reconsideration",) if "复议" in text else ()
    return (*reconsideration, *(LITIGATION if "诉讼" in text or "败诉" in text else ()))


def _not_upheld(report: Report, sentence: Sentence, cells: Cells, said: str) -> Outcomes:
    contrary = [c for c in cells if report.number(c)]
    missing = unread(report, cells)
    if contrary:
        count = total(report, contrary)
        yield Finding(
            f"正文说{said}，表四另有{count}件不是：{clipped(sentence.text)}",
            (quote_evidence(sentence), *cells_evidence(report, contrary)),
            expected=0,
            actual=count,
        )
    elif missing:
        yield missing
