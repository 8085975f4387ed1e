"""Rules on other agencies and other areas that stand in a report as if it were theirs."""

import re
from collections.abc import Iterator

from assistant.rules.identity import is_government
from assistant.rules.names import (
    agency_before,
    area_of,
    areas_in,
    belongs_to,
    same_agency,
)
from assistant.rules.rule import Finding, Outcomes, Undecided, rule
from assistant.rules.texts import (
    Sentence,
    clipped,
    quote_evidence,
    sentences,
)
from ingest.report import Report

# Bodies that lead the work of others and are rightly named for it.
_LEADING_BODY = re.compile(r"政府|党委|[省市区县]委|政务公开|人大|政协|法院|检察院")
_OWN_WORDS = re.compile(r"[我本](?:局|委|办|厅|单位|机关|中心|部门|街道|镇|乡)")
_NO_SUBJECT = re.compile(r"会同|联合|配合|协助|通过|根据|按照|对照|依托|[由与向在经对和及]")
# What an agency does or is counted for, right after its name.
_ACTS = re.compile(
    r"^(?:系统|共|累计|全年|持续|积极|认真|主动公开|收到|承办|办理|公开|发布|推进|开展|受理|组织|高度|坚持|严格|制定|编制了?|20\d{2})"
)

# What it might also do as somebody else in one's own story.
_PERHAPS_ACTS = re.compile(
    r"^(?:把|将|围绕|聚焦|深入|全面|切实|着力|不断|进一步|始终|贯彻|落实|建立|健全|完善|加强|强化|规范|成立|召开|举办|及时|扎实)"
)


# How the names of bodies end: where none of these stands, no body is named.
_ANY_BODY = re.compile("[局委厅]|办公|办事|人民政府|管委")


@rule("I105", "another-agency-as-subject", "error")
def another_agency_as_subject(report: Report) -> Outcomes:
    """正文以别的单位为主语叙述工作或数据。

    为什么: 多是从别的单位的年报整段复制而来，数据也可能是别人的。

    依据: 条例第五十条：报告本行政机关的情况；国办公开办函〔2021〕30号“内容雷同”的责任条款。

    反例::

        agency: 青禾区数据管理局
        sections:
          6: 2023年青禾区水务局共收到区人大建议6件。

    正例::

        agency: 青禾区数据管理局
        sections:
          6: 2023年青禾区数据管理局共收到区人大建议6件，会同青禾区水务局办理2件。

    处理: 核实该段是否为本单位的情况，改为本单位的名称和数据。
    """
    if not report.agency:
        yield Undecided("没有认出单位，无法判断正文写的是不是本单位。")
        return
    area = area_of(report.agency)
    if is_government(report.agency) or not area:
        return  # a whole government reports on its departments
    for sentence in sentences(report):
        if not _ANY_BODY.search(sentence.bare) or _OWN_WORDS.search(sentence.bare):
            continue
        for name, rest in _subjects(sentence):
            acts = _ACTS.match(rest) or _PERHAPS_ACTS.match(rest)
            if acts and belongs_to(name, area) and not same_agency(report.agency, name):
                yield Finding(
                    f"以“{name}”为主语，本报告的单位是{report.agency}：{clipped(sentence.text)}",
                    (quote_evidence(sentence),),
                    expected=report.agency,
                    actual=name,
                    severity="error" if acts.re is _ACTS else "warning",
                )


_QUOTED = re.compile(r"《[^》]*》|“[^”]*”")
_CLAUSE_MARK = re.compile(r"[,:;]")
_BEFORE_THE_SUBJECT = re.compile(
    r"^(?:\(?[一二三四五六七八九十\d]+[)、.])*(?:[^。]{2,12}(?:方面|情况)。)?(?:20\d{2}年(?:度)?)?"
)


def _subjects(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Agencies that open a clause of the sentence, with what follows the name."""
    text = _QUOTED.sub("", sentence.bare)
    for clause in _CLAUSE_MARK.split(text):
        start = _BEFORE_THE_SUBJECT.sub("", clause)
        name = agency_before(start)
        if name and not (_LEADING_BODY.search(name) or _NO_SUBJECT.match(name)):
            yield name, start[len(name) :]


@rule("I106", "another-area", "warning")
def another_area(report: Report) -> Outcomes:
    """正文出现别的地区，或级别与本地不符。

    为什么: 别处的地名、“县委”写成“区委”，多是套用外地文稿。

    依据: 条例第五十条；国办公开办函〔2021〕30号“内容雷同”的责任条款。

    反例::

        agency: 云溪市青禾区数据管理局
        sections:
          6: 对照《枫桥县2023年政务公开工作要点》逐项落实。

    正例::

        agency: 云溪市青禾区数据管理局
        sections:
          6: 对照《青禾区2023年政务公开工作要点》逐项落实。

    处理: 核实是否为本地的文件和机关，改正地名与级别。
    """
    if not report.agency:
        yield Undecided("没有认出单位，无法判断地区。")
        return
    own = area_of(report.agency)
    yield from _wrong_levels(report, own)
    for sentence in sentences(report):
        for name in areas_in(sentence.bare):
            # The province's and the city's documents are rightly cited; another county's are not.
            is_county = name.endswith(("区", "县", "旗")) and not name.endswith("自治区")
            if own and is_county and name not in report.agency and not _is_at_home(report, name):
                yield Finding(
                    f"引用的是“{name}”的文件，本单位属{own}：{clipped(sentence.text)}",
                    (quote_evidence(sentence),),
                    expected=own,
                    actual=name,
                )


# A district has no 县委, a county no 区委; 区县政府 speaks of both.
_WRONG_LEVELS = {
    "区": re.compile(r"(?<![区市])县(?:委|政府|政务公开办)"),
    "县": re.compile(r"(?<![县市自治山园新])区(?:委|政府|政务公开办)"),
}


def _wrong_levels(report: Report, own: str) -> Iterator[Finding]:
    pattern = _WRONG_LEVELS.get(own[-1:])
    for sentence in sentences(report, 0, 1, 5, 6):
        match = pattern.search(sentence.bare) if pattern else None
        if match:
            yield Finding(
                f"写的是“{match[0]}”，本单位属{own}：{clipped(sentence.text)}",
                (quote_evidence(sentence),),
                expected=own,
                actual=match[0],
            )


def _is_at_home(report: Report, name: str) -> bool:
    """Whether the report names the area as its own, in title, signature or address."""
    own = (report.title or "", report.signed_by or "")
    address = (s.bare for s in sentences(report) if "地址" in s.bare)
    return name.rstrip("县区旗") in "".join((*own, *address))
