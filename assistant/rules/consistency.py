"""Rules that hold the text against itself (文文一致): breakdowns, repeated counts, contradictions."""

import re
from collections.abc import Sequence

from assistant.rules.breakdowns import PROPOSALS
from assistant.rules.claims import figure_evidence, own_figures
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import clipped, quote_evidence, sentences
from ingest.characters import for_matching
from ingest.report import Figure, Number, Report

_COUNTED_ONCE = (
    "主动公开信息",
    "微信公众号信息",
    "关注用户",
    "收到申请",
    "人大建议",
    "政协提案",
    PROPOSALS,
)


@rule("N203", "same-count-twice-different", "warning")
def same_count_twice_different(report: Report) -> Outcomes:
    """同一个数在文中前后不一。

    为什么: 同一指标出现两个数，读者不知道信哪一个。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          1: 公众号“青禾数据”关注用户8996人。
          6: 公众号“青禾数据”关注用户8969人。

    正例::

        sections:
          1: 公众号“青禾数据”关注用户8996人。
          6: 公众号“青禾数据”关注用户8996人。

    处理: 核对后统一；口径不同的，写明各是什么口径。
    """
    for name in _COUNTED_ONCE:
        said = [f for f in own_figures(report, name) if not f.part_of and not f.approximate]
        values = list(dict.fromkeys(figure.value for figure in said))
        if len(values) > 1 and _counts_the_same(said):
            listed = "、".join(f"{value}{said[0].unit}" for value in values)
            yield Finding(
                f"“{name}”前后不一：{listed}。",
                tuple(figure_evidence(figure) for figure in said),
                expected=values[0],
                actual=values[1],
            )


_CHANNEL = re.compile("微信公众号|微博|抖音|头条号|视频号")


def _counts_the_same(said: Sequence[Figure]) -> bool:
    """Whether the figures stand in several parts, or name one and the same channel in one part."""
    if len({figure.section for figure in said}) > 1:
        return True
    channels = [set(_CHANNEL.findall(for_matching(figure.sentence))) for figure in said]
    return (
        said[0].name == "关注用户"
        and len(channels[0]) == 1
        and channels.count(channels[0]) == len(said)
    )


# 尚有2件未办结   3件正在办理
_UNFINISHED = re.compile(r"(?:尚有|还有|仍有)\d+件|\d+件(?:尚未|未|正在)(?:办|答复)")


@rule("N204", "rate-impossible", "error")
def rate_impossible(report: Report) -> Outcomes:
    """比率超过100%，或说100%办结又有未办结的。

    为什么: 办结率、满意率、公开率不会超过100%；还有未办结的就不是100%。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          6: 承办建议6件，办结率100%，尚有1件正在办理。

    正例::

        sections:
          6: 承办建议6件，办结率100%。

    处理: 重新计算，或改写办理情况。
    """
    for figure in report.figures:
        if figure.unit != "%" or not figure.name.endswith(("率", "度", "占比")):
            continue
        if figure.value > 100:
            yield Finding(
                f"“{figure.name}”是{figure.value}%，超过100%。",
                (figure_evidence(figure),),
                expected="不超过100",
                actual=figure.value,
            )
        elif _is_all_done(figure) and _UNFINISHED.search(for_matching(figure.sentence)):
            yield Finding(
                f"说办结率100%，同一句又有未办结的：{clipped(figure.sentence)}",
                (figure_evidence(figure),),
                actual=figure.value,
            )
    yield from _rates_without_name(report)


# 办结率105%   群众满意率达120%; not 增长率, which may be anything
_RATE = re.compile(
    r"(?P<name>(?:办结|办复|答复|回复|满意|公开|覆盖|知晓|合格|更新)(?:率|度))(?:均|都|已)?(?:达到?|为|是)?(?P<rate>\d+(?:\.\d+)?)%"
)


def _rates_without_name(report: Report) -> Outcomes:
    """Rates above 100 % that the parser has no figure for."""
    known = {(f.name, f.value) for f in report.figures}
    for sentence in sentences(report):
        for match in _RATE.finditer(sentence.bare):
            rate = float(match["rate"])
            if rate > 100 and (match["name"], rate) not in known:
                yield Finding(
                    f"“{match['name']}”是{match['rate']}%，超过100%。",
                    (quote_evidence(sentence),),
                    expected="不超过100",
                    actual=rate,
                )


def _is_all_done(figure: Figure) -> bool:
    return figure.value == 100 and "办结" in figure.name


_COUNTED_IN = frozenset(("条", "件", "篇", "份", "次", "期"))
# 不足10条 says that a number is not reached, which is no count.
_BELOW = "不足|不到|不满|少于|低于"


@rule("N205", "count-approximate", "notice")
def count_approximate(report: Report) -> Outcomes:
    """统计数用了“余”“约”“近”。

    为什么: 年度报告的统计数应当准确，可以核对。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          1: 通过公开栏公开信息50余条。

    正例::

        sections:
          1: 通过公开栏公开信息53条。
          5: 有5个所全年报送信息不足10条。

    处理: 按台账写准确的数。
    """
    for figure in report.figures:
        is_bound = re.search(f"(?:{_BELOW}){re.escape(figure.quote)}", figure.sentence)
        if figure.approximate and figure.unit in _COUNTED_IN and not is_bound:
            yield Finding(
                f"“{figure.quote}”是约数：{clipped(figure.sentence)}", (figure_evidence(figure),)
            )


# 仅仅是在政府网站上公开   只通过门户网站发布
_ONLY_WEBSITE = re.compile(
    r"(?:仅仅?|只)是?(?:通过|在|依托|靠)[^,。;]{0,6}网站[^,。;]{0,4}(?:公开|发布)"
)
_OTHER_CHANNEL = re.compile(r"公众号|微博|抖音|查阅点|新闻发布会|宣传栏|开放日|开放月")


@rule("N206", "claims-contradict", "warning")
def claims_contradict(report: Report) -> Outcomes:
    """前后说法矛盾。

    为什么: 一处说只有网站一种渠道，另一处又写公众号、公开栏等，读者不知道哪一处是实情。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          1: 公众号“青禾数据”推送信息129篇。
          5: 公开形式单一，仅仅是在政府网站上公开信息。

    正例::

        sections:
          1: 公众号“青禾数据”推送信息129篇。
          5: 公众号推送以工作动态为主，政策解读偏少。

    处理: 按实际情况统一说法。
    """
    only = [s for s in sentences(report) if _ONLY_WEBSITE.search(s.bare)]
    others = [s for s in sentences(report, 1, 6) if _OTHER_CHANNEL.search(s.bare) and s not in only]
    if only and others:
        channel = _OTHER_CHANNEL.search(others[0].bare)
        yield Finding(
            f"一处说“{clipped(only[0].text, 30)}”，另一处又有{channel[0] if channel else ''}："
            f"{clipped(others[0].text, 30)}",
            (quote_evidence(only[0]), quote_evidence(others[0])),
        )


# 仅有两名工作人员
_ONLY_STAFF = re.compile(r"[仅只]有?[^,。;]{0,4}[名人]")


@rule("N207", "staff-count-differs", "notice")
def staff_count_differs(report: Report) -> Outcomes:
    """工作人员人数前后不一。

    为什么: 一处说只有几人，另一处合计又多，读者不知道哪一处是实情。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          5: |
            人手不足，仅有两名工作人员。
            今后安排1名专职工作人员和2名配合人员。

    正例::

        sections:
          5: |
            人手不足，仅有两名工作人员。
            今后安排1名专职工作人员和1名配合人员。

    处理: 核实人数；本年新增的，写明由几人增加到几人。
    """
    staff = list(own_figures(report, "工作人员"))
    only = [f for f in staff if _ONLY_STAFF.search(for_matching(f.sentence))]
    rest = [f for f in staff if f not in only]
    for figure in only[:1]:
        said = _sum_in_one_sentence(rest)
        if said is not None and said != figure.value:
            yield Finding(
                f"一处说仅有{figure.value}人，另一处共{said}人。",
                (figure_evidence(figure), figure_evidence(rest[0])),
                expected=figure.value,
                actual=said,
            )


def _sum_in_one_sentence(figures: Sequence[Figure]) -> Number | None:
    if not figures or any(f.sentence != figures[0].sentence for f in figures):
        return None
    return sum(figure.value for figure in figures)


@rule("N209", "proposals-published-differ", "notice")
def proposals_published_differ(report: Report) -> Outcomes:
    """公开的建议提案条数与承办件数不同。

    为什么: 办理结果应当公开，公开数与承办数不同时，读者会问其余的为什么没有公开。

    依据: 国务院办公厅关于做好全国人大代表建议和全国政协提案办理结果公开工作的要求。

    反例::

        sections:
          1: 主动公开信息20条，其中建议提案信息9条。
          6: 承办人大建议6件，政协提案12件。

    正例::

        sections:
          1: 主动公开信息20条，其中建议提案信息18条。
          6: 承办人大建议6件，政协提案12件。

    处理: 核对；协办件或不宜公开的，可作说明。
    """
    published = [f for f in report.figures if f.name == "建议提案信息" and f.scope is None]
    handled = [list(own_figures(report, name)) for name in ("人大建议", "政协提案")]
    if not published or any(len(found) != 1 for found in handled):
        return
    count = sum(found[0].value for found in handled)
    if published[0].value != count:
        yield Finding(
            f"公开建议提案信息{published[0].value}条，承办建议提案{count}件。",
            tuple(map(figure_evidence, (published[0], handled[0][0], handled[1][0]))),
            expected=count,
            actual=published[0].value,
        )
