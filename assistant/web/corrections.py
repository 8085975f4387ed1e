"""What else a question may have meant: agency, year, measure; choosing one asks again.

Pure and escaping. A correction is a sentence of the conversation, so that choosing one means the
same as typing it.
"""

from collections.abc import Iterable
from html import escape

from assistant.query import Known, Query

ALL_AGENCIES = "全部单位"
# A longer list is narrowed by typing, which the question box is for.
MOST_AGENCIES = 300

# Words of which each means one measure; the test holds them to it.
MEASURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "申请的收到和办理",
        (
            "新收政府信息公开申请",
            "上年结转政府信息公开申请",
            "予以公开",
            "部分公开",
            "不予公开",
            "无法提供",
            "不予处理",
            "其他处理",
            "办理结果总计",
            "结转下年度继续办理",
        ),
    ),
    ("比率", ("予以公开率", "不予公开率", "无法提供率", "不予处理率", "结转率")),
    (
        "复议和诉讼",
        (
            "行政复议案件",
            "行政复议结果维持",
            "行政复议结果纠正",
            "行政诉讼案件",
            "行政诉讼结果维持",
            "行政诉讼结果纠正",
        ),
    ),
    (
        "主动公开",
        (
            "规章现行有效",
            "行政规范性文件本年制发",
            "行政规范性文件本年废止",
            "行政规范性文件现行有效",
            "行政许可处理决定",
            "行政处罚处理决定",
            "行政强制处理决定",
            "行政事业性收费",
        ),
    ),
)


def correction(value: str) -> str:
    """The sentence that says what was meant."""
    return f"我说的是{value}"


def agency_choice(query: Query, known: Known, shown: str) -> str:
    """A list of the library's agencies; `shown` is what was understood."""
    names = (ALL_AGENCIES, *known.agencies[:MOST_AGENCIES])
    return _choice("单位", shown, _options(names, shown))


def year_choice(query: Query, known: Known, shown: str) -> str:
    """A list of the years on which the question's agencies reported, newest first."""
    held = {
        year for agency, year in known.reports if not query.agencies or agency in query.agencies
    }
    return _choice("年度", shown, _options([f"{y}年" for y in sorted(held, reverse=True)], shown))


def measure_choice(shown: str) -> str:
    """A list of what is often asked for, by table."""
    groups = "".join(
        f"<optgroup label='{escape(title)}'>{_options(names, shown)}</optgroup>"
        for title, names in MEASURES
    )
    return _choice("事项", shown, groups)


def _choice(kind: str, shown: str, options: str) -> str:
    """A chip that opens; what was understood stands first and cannot be chosen again."""
    return (
        f"<li class='nb-chip nb-choice'><label><span>{kind}</span>"
        f"<select data-correct aria-label='{kind}：{escape(shown)}。改选即重新提问'>"
        f"<option selected disabled value=''>{escape(shown)}</option>{options}</select></label></li>"
    )


def _options(names: Iterable[str], shown: str) -> str:
    return "".join(
        f"<option value='{escape(name)}'>{escape(name)}</option>" for name in names if name != shown
    )
