"""The ratios people ask for, each with its numerator, its denominator and the words for it.

Data only. A ratio whose denominator is 0 does not apply: it is neither 0 % nor 100 %. Where two
conventions are in use (复议纠正率), both stand here and an answer gives both by name. The formulas
are those of published evaluations (domain notes, derived metrics).
"""

from assistant.measure import Measure
from assistant.question.vocabulary import DECLINED, DENIED, LITIGATION, OTHER, UNAVAILABLE, cells
from ingest.report import Concept


def _requests_total(*rows: str) -> tuple[Concept, ...]:
    return cells("requests", rows, ("total",))


def _ratio(
    name: str,
    part: tuple[Concept, ...],
    whole: tuple[Concept, ...],
    less: tuple[Concept, ...] = (),
    definition: str = "",
) -> Measure:
    return Measure(name, "%", "ratio", cells=part, over=whole, less=less, definition=definition)


def _disputes(rows: tuple[str, ...], *columns: str) -> tuple[Concept, ...]:
    return cells("disputes", rows, columns)


def _corrected(name: str, rows: tuple[str, ...]) -> tuple[Measure, ...]:
    """Both conventions of a correction rate: over all cases, and over those decided."""
    corrected, total = _disputes(rows, "corrected"), _disputes(rows, "total")
    return (
        _ratio(f"{name}（占全部案件）", corrected, total, definition="结果纠正÷总计"),
        _ratio(
            f"{name}（占已审结案件）",
            corrected,
            total,
            _disputes(rows, "pending"),
            "结果纠正÷（总计－尚未审结）",
        ),
    )


def _decided(name: str, rows: tuple[str, ...]) -> Measure:
    """The cases that were decided by the end of the year."""
    return Measure(
        name,
        "件",
        "cells",
        cells=_disputes(rows, "total"),
        less=_disputes(rows, "pending"),
        definition="总计－尚未审结",
    )


_TOTAL = _requests_total("total")
_RECEIVED = _requests_total("new", "carried_in")
DONE_RATE = _ratio("办结率", _TOTAL, _RECEIVED, definition="办理结果总计÷（本年新收＋上年结转）")
GRANTED_RATE = _ratio(
    "予以公开率", _requests_total("granted"), _TOTAL, definition="予以公开÷办理结果总计"
)
NET_INCREASE = Measure(
    "行政规范性文件净增",
    "件",
    "cells",
    cells=cells("proactive", ("normative_documents",), ("issued",)),
    less=cells("proactive", ("normative_documents",), ("repealed",)),
    definition="本年制发－本年废止",
)
# Words, separated by spaces, and the ratios that they mean.
RATIOS: tuple[tuple[str, tuple[Measure, ...]], ...] = (
    (
        "公开率 同意公开率 依申请公开率 公开比例 公开的比例 公开了几成 公开几成 公开了百分之几 公开了多少比例 公开占几成",
        (
            _ratio(
                "公开率（含部分公开）",
                _requests_total("granted", "partly_granted"),
                _TOTAL,
                definition="（予以公开＋部分公开）÷办理结果总计",
            ),
        ),
    ),
    (
        "予以公开率 完全公开率 全部公开率",
        (GRANTED_RATE,),
    ),
    (
        "部分公开率",
        (
            _ratio(
                "部分公开率",
                _requests_total("partly_granted"),
                _TOTAL,
                definition="部分公开÷办理结果总计",
            ),
        ),
    ),
    (
        "不予公开率 拒绝率",
        (
            _ratio(
                "不予公开率", _requests_total(*DENIED), _TOTAL, definition="不予公开÷办理结果总计"
            ),
        ),
    ),
    (
        "无法提供率",
        (
            _ratio(
                "无法提供率",
                _requests_total(*UNAVAILABLE),
                _TOTAL,
                definition="无法提供÷办理结果总计",
            ),
        ),
    ),
    (
        "不予处理率",
        (
            _ratio(
                "不予处理率", _requests_total(*DECLINED), _TOTAL, definition="不予处理÷办理结果总计"
            ),
        ),
    ),
    (
        "其他处理率",
        (
            _ratio(
                "其他处理率", _requests_total(*OTHER), _TOTAL, definition="其他处理÷办理结果总计"
            ),
        ),
    ),
    (
        "办结率 申请办结率 办理率 处理率 答复率",
        (DONE_RATE,),
    ),
    (
        "结转率 未办结率",
        (
            _ratio(
                "结转率",
                _requests_total("carried_over"),
                _RECEIVED,
                definition="结转下年度÷（本年新收＋上年结转）",
            ),
        ),
    ),
    (
        "自然人占比 自然人比例 个人占比 自然人申请占比",
        (
            _ratio(
                "自然人占比",
                cells("requests", ("new",), ("natural_person",)),
                _requests_total("new"),
                definition="本年新收中自然人÷总计",
            ),
        ),
    ),
    (
        "复议率",
        (
            _ratio(
                "复议率",
                _disputes(("reconsideration",), "total"),
                _TOTAL,
                definition="复议总计÷办理结果总计",
            ),
        ),
    ),
    (
        "诉讼率 起诉率",
        (
            _ratio(
                "诉讼率", _disputes(LITIGATION, "total"), _TOTAL, definition="诉讼总计÷办理结果总计"
            ),
        ),
    ),
    (
        "复议纠正率 复议纠错率 行政复议纠正率 行政复议纠错率 复议撤销率",
        _corrected("复议纠正率", ("reconsideration",)),
    ),
    (
        "诉讼纠正率 行政诉讼纠正率 败诉率 诉讼纠错率 行政诉讼纠错率",
        _corrected("诉讼纠正率", LITIGATION),
    ),
    (
        "纠正率 纠错率 撤销率",
        _corrected("复议纠正率", ("reconsideration",)) + _corrected("诉讼纠正率", LITIGATION),
    ),
    (
        "复议维持率 行政复议维持率 维持率",
        (
            _ratio(
                "复议维持率",
                _disputes(("reconsideration",), "upheld"),
                _disputes(("reconsideration",), "total"),
                _disputes(("reconsideration",), "pending"),
                "结果维持÷（总计－尚未审结）",
            ),
        ),
    ),
    (
        "诉讼维持率 行政诉讼维持率 胜诉率",
        (
            _ratio(
                "诉讼维持率",
                _disputes(LITIGATION, "upheld"),
                _disputes(LITIGATION, "total"),
                _disputes(LITIGATION, "pending"),
                "结果维持÷（总计－尚未审结）",
            ),
        ),
    ),
    (
        "复议审结 复议结案 复议结了 复议办结 审结的复议 审结复议 结案的复议",
        (_decided("行政复议已审结", ("reconsideration",)),),
    ),
    (
        "诉讼审结 诉讼结案 诉讼结了 官司结了 诉讼判了 审结的诉讼 审结诉讼 结案的诉讼",
        (_decided("行政诉讼已审结", LITIGATION),),
    ),
    (
        "规范性文件净增 规范性文件净增加 净增规范性文件",
        (NET_INCREASE,),
    ),
)
