"""Rules on what a report announces of itself at its beginning."""

import re

from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import clipped, quote_evidence, sentences
from ingest.characters import for_matching
from ingest.report import Report

# 本报告由总体情况、主动公开政府信息情况……和其他需要报告的事项六个部分组成
_CONTENTS = re.compile(
    r"(?:报告|全文)[^。]{0,8}?(?:由|包括|分为|共分|主要有)(?P<list>[^。]{12,}?)(?:等?[六6]个?部分|组成|[。;]|$)"
)
_HEADING_NUMBER = re.compile(r"^[一二三四五六][、.]")
# 主动公开…情况和收到…情况: 和 joins parts only behind the word that ends them.
_BETWEEN = re.compile(r"、(?=[^、]{4,})|,|(?<=情况)[和及]|(?<=情况)以及")


@rule("N117", "contents-announced-differ", "notice")
def contents_announced_differ(report: Report) -> Outcomes:
    """引言所列的各部分名称与实际标题不同。

    为什么: 引言多是沿用旧稿或条例原文，名称与标题不一致，读者对不上。

    依据: 国办公开办函〔2021〕30号附件：六个部分的名称。

    反例::

        preamble: 本报告包括总体情况、主动公开政府信息情况、依申请公开办理情况、其他需要报告的事项等六个部分。
        sections: {1: 略, 2: 略, 3: 略, 6: 略}

    正例::

        preamble: 本报告包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、其他需要报告的事项等六个部分。
        sections: {1: 略, 2: 略, 3: 略, 6: 略}

    处理: 按实际标题改写引言，或不再列举。
    """
    headings = [_HEADING_NUMBER.sub("", for_matching(s.heading)) for s in report.sections]
    for sentence in sentences(report, 0, 1):
        match = _CONTENTS.search(sentence.bare)
        if match is None or for_matching("总体情况") not in match["list"]:
            continue
        named = [part.strip("\"'“”") for part in _BETWEEN.split(match["list"])]
        absent = [heading for heading in headings if not _is_listed(heading, match["list"])]
        if absent and len(named) >= LEAST_NAMED:
            yield Finding(
                f"引言列举的部分与实际标题不同，实际有“{absent[0]}”"
                f"{f'等{len(absent)}个标题' if len(absent) > 1 else ''}：{clipped(sentence.text)}",
                (quote_evidence(sentence),),
                expected="、".join(headings),
            )
        return


def _is_listed(heading: str, listed: str) -> bool:
    """Whether a heading stands in a list as it is, with nothing before or behind it."""
    return bool(re.search(rf"(?:^|[、,和及由]){re.escape(heading)}(?:$|[、,和及等])", listed))


# A list of fewer parts is no list of contents.
LEAST_NAMED = 4
