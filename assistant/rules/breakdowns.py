"""Totals of the text and the parts that the text gives of them (其中), and whether they add up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.rules.claims import figure_evidence, own_figures
from assistant.rules.rule import Finding, Outcomes, Severity, rule
from assistant.rules.texts import Sentence, clipped, quote_evidence, sentences
from ingest.characters import for_matching
from ingest.report import Figure, Number, Report

PROPOSALS = "建议提案"
# A list of fewer parts than this seldom means to be whole.
LEAST_PARTS = 3
# A gap of at most this share of the total is a slip rather than an open list.
SMALL_GAP = 0.05
# Where more than this share of the total is not listed, the list only gives examples.
LARGE_GAP = 0.2
# What came in is broken down by outcome too, and the rest carried over: no breakdown of it is whole.
_NEVER_WHOLE = ("收到申请", "答复申请")
_OTHER_ROWS = ("上年结转", "答复申请", "结转下年度")
_OPENING = re.compile(r"其中|包括|含|分别|分为")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total of the text and the parts that the text gives of it."""

    total: Figure
    parts: tuple[Figure, ...]

    @property
    def sum(self) -> Number:
        """What the parts add up to."""
        return sum(part.value for part in self.parts)

    @property
    def formula(self) -> str:
        """The parts as people add them: `3＋2＋6＝11`."""
        return f"{'＋'.join(str(part.value) for part in self.parts)}＝{self.sum}"


def breakdowns(report: Report) -> Iterator[Breakdown]:
    """The breakdowns of the text in reading order; those with approximate numbers are left out."""
    for total, parts in _parts_of_totals(report.figures).items():
        whole = report.figures[total]
        group = tuple(_listed(whole, [report.figures[index] for index in parts]))
        if group and not any(figure.approximate for figure in (whole, *group)):
            yield Breakdown(whole, group)


def _listed(total: Figure, parts: Sequence[Figure]) -> Iterator[Figure]:
    """The parts of a total; of applications, those before what was carried over or finished.

    收到10件，其中自然人6件、法人4件；上年结转2件，办结11件: the clerk goes on to the next row of 表三.
    """
    if total.name in _NEVER_WHOLE:
        return takewhile(lambda part: part.name not in _OTHER_ROWS, parts)
    return iter(parts)


def _parts_of_totals(figures: Sequence[Figure]) -> dict[int, list[int]]:
    """Index of a total → indices of its parts; a part may itself be a total (225条（其中…）)."""
    parts: dict[int, list[int]] = {}
    open_totals: list[int] = []
    for index, figure in enumerate(figures):
        while open_totals and not _is_total_of(figures[open_totals[-1]], figure):
            open_totals.pop()
        if open_totals:
            parts.setdefault(open_totals[-1], []).append(index)
        open_totals.append(index)
    return parts


def _is_total_of(total: Figure, part: Figure) -> bool:
    if total.part_of == total.name:
        return False  # 主动公开信息, one kind of it, is no total of the kinds that follow
    return total.name == part.part_of and total.section == part.section


@rule("N201", "breakdown-does-not-add-up", "error")
def breakdown_does_not_add_up(report: Report) -> Outcomes:
    """分项之和与总数不等。

    为什么: “其中”列出的各项应当合成总数；超过总数必有一数有误，不足则多是漏列或写错。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          1: 全年主动公开信息46条，其中：政策文件12条，政策解读10条，工作动态23条。

    正例::

        sections:
          1: 全年主动公开信息45条，其中：政策文件12条，政策解读10条，工作动态23条。

    处理: 逐项核对，改正总数或分项；没有列全的，加上“其他×条”。
    """
    for breakdown in breakdowns(report):
        if breakdown.total.name == PROPOSALS:
            continue  # N202
        if breakdown.sum > breakdown.total.value:
            yield from _excess(breakdown)
        elif breakdown.sum < breakdown.total.value and breakdown.total.name not in _NEVER_WHOLE:
            longer = _with_next_part(report.figures, breakdown)
            if longer and longer.sum > longer.total.value:
                yield _breakdown_finding(longer, "warning")
            else:
                yield from _shortfall(breakdown)
    for sentence in sentences(report, 1, 5, 6):
        if "中" in sentence.bare:
            yield from _greater_parts(sentence)
        if _A_SUM.search(sentence.bare):
            yield from _wrong_sums(sentence)


# 信息26条，其中通过门户网站公开85条   6件重要文件中只有2件
_WHOLE_AND_PART = re.compile(
    r"(?<![\d.,第约近超逾余每])(?P<whole>\d+(?:,\d{3})*)(?P<unit>[条件次份篇期个人名家])"
    r"(?P<thing>[^\d,。;()%]{0,12}?)(?P<link>,其中|\(其中|中(?:只有|仅有|有|只|仅))"
    r"[:,]?[^\d,。;()%]{0,14}?(?P<part>\d+(?:,\d{3})*)(?P=unit)"
)
# 平均每月8条，其中…   较上年增加12件，其中…: neither is the whole that is broken down
_NO_WHOLE = re.compile(r"(?:[每均较比增减升降]|同期)[^,。;]{0,8}$")


def _greater_parts(sentence: Sentence) -> Iterator[Finding]:
    """Parts that are greater than the whole they are said to be of."""
    for match in _WHOLE_AND_PART.finditer(sentence.bare):
        whole, part = (int(match[group].replace(",", "")) for group in ("whole", "part"))
        if part > whole and not _NO_WHOLE.search(sentence.bare[: match.start()]):
            yield Finding(
                f"“其中”的{part}{match['unit']}多于总数{whole}{match['unit']}：{clipped(sentence.text)}",
                (quote_evidence(sentence),),
                expected=part,
                actual=whole,
                severity="error" if "其中" in match["link"] else "warning",
            )


_A_SUM = re.compile(r"[计共]\d")
# 专职人员1名、兼职人员3名，共5名: each of a list, then what they come to
_LIST_AND_SUM = re.compile(
    r"(?P<list>(?:[^\d,。;、]{1,12}\d+(?P<unit>[条件次份篇期个人名家])[、和及与]?,?){2,6}?)"
    r",?(?:合计|共计|总计|共)(?P<sum>\d+)(?P=unit)"
)


def _wrong_sums(sentence: Sentence) -> Iterator[Finding]:
    """Lists of one unit that are followed by another sum than their own."""
    for match in _LIST_AND_SUM.finditer(sentence.bare):
        counts = re.findall(r"(\d+)(\D)", match["list"])
        numbers = [int(number) for number, unit in counts if unit == match["unit"]]
        said = int(match["sum"])
        if len(numbers) == len(counts) and sum(numbers) != said:
            formula = f"{'＋'.join(map(str, numbers))}＝{sum(numbers)}"
            yield Finding(
                f"所列各项{formula}，正文说共{said}{match['unit']}：{clipped(sentence.text)}",
                (quote_evidence(sentence),),
                expected=sum(numbers),
                actual=said,
                severity="warning",
            )


# ，通过微信公众号公开  、工作动态: what stands between one part and the next
_NEXT_PART = re.compile(r"[,、](?P<words>[^。;()]{2,14})$")


def _with_next_part(figures: Sequence[Figure], breakdown: Breakdown) -> Breakdown | None:
    """The breakdown with the number that goes on listing its parts, where there is one.

    The parser counts no number as a part that would exceed the total; only a clause that opens as
    the part before it does (通过…，通过…), or follows it after 、, is taken for one here.
    """
    last = breakdown.parts[-1]
    after = figures[next(i for i, f in enumerate(figures) if f is last) + 1 :]
    following = next(iter(after), None)
    if following is None or following.part_of or following.approximate:
        return None
    if (following.sentence, following.unit) != (last.sentence, breakdown.total.unit):
        return None
    text = for_matching(last.sentence)
    at = text.find(for_matching(last.quote))
    end = text.find(for_matching(following.quote), at + len(for_matching(last.quote)))
    between = _NEXT_PART.fullmatch(text[at + len(for_matching(last.quote)) : max(end, 0)])
    clause = re.split(r"[,、:]|其中|包括", text[:at])[-1]
    if between and (between[0][0] == "、" or between["words"][:2] == clause[:2]):
        return Breakdown(breakdown.total, (*breakdown.parts, following))
    return None


def _excess(breakdown: Breakdown) -> Iterator[Finding]:
    """An error where names and numbers stand side by side, so that none can belong elsewhere.

    Brackets and a second 其中 begin lists of their own: which number is part of which cannot be
    told then, and nothing is said.
    """
    sentence = for_matching(breakdown.parts[-1].sentence)
    opening = _OPENING.search(sentence)
    if opening is None or any(p.sentence != breakdown.parts[-1].sentence for p in breakdown.parts):
        return
    listed = sentence[opening.end() : sentence.rfind(for_matching(breakdown.parts[-1].quote))]
    if not (_OPENING.search(listed) or "(" in listed):
        plain = not _NEW_STATEMENT.search(listed)
        yield _breakdown_finding(breakdown, "error" if plain else "warning")


# Words that begin another statement within the sentence.
_NEW_STATEMENT = re.compile(
    r"[。;()]|收到|发布|推送|举办|开展|办理|回应|累计|全年|共|另|此外|同时|通过|受理|答复|召开|印发|组织"
)
# 13条等   其中主要有
_OPEN_LIST = re.compile(r"其中主要|主要(?:是|有|为)|等(?:信息|内容|方面|类)?[。,;)]|等$")


def _shortfall(breakdown: Breakdown) -> Iterator[Finding]:
    """A warning where the list means to be whole, a notice where it may only give examples."""
    gap = breakdown.total.value - breakdown.sum
    listed = [part for part in breakdown.parts if part.value]
    slight = gap <= max(1, breakdown.total.value * SMALL_GAP)
    if len(listed) < 2 or (len(listed) < LEAST_PARTS and not slight):
        return
    text = for_matching(breakdown.parts[-1].sentence)
    is_open = bool(_OPEN_LIST.search(text[max(text.find("其中"), 0) :]))
    is_whole = slight or (not is_open and gap <= breakdown.total.value * LARGE_GAP)
    yield _breakdown_finding(breakdown, "warning" if is_whole else "notice")


def _breakdown_finding(breakdown: Breakdown, severity: Severity = "error") -> Finding:
    total, computed = breakdown.total, breakdown.sum
    gap = abs(total.value - computed)
    way = "多出" if computed > total.value else "还差"
    return Finding(
        f"“{total.name}”说是{total.value}{total.unit}，分项{breakdown.formula}，{way}{gap}。",
        tuple(map(figure_evidence, (total, *breakdown.parts))),
        expected=computed,
        actual=total.value,
        severity=severity,
    )


@rule("N202", "proposals-do-not-add-up", "error")
def proposals_do_not_add_up(report: Report) -> Outcomes:
    """建议与提案的件数加不出总数。

    为什么: 人大建议与政协提案之和就是承办总数，主办与协办之和同理。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          6: 全年承办建议提案13件，其中人大建议7件，政协提案5件。

    正例::

        sections:
          6: 全年承办建议提案13件，其中人大建议7件，政协提案6件。

    处理: 对照交办清单核实。
    """
    totals = [f for f in own_figures(report, PROPOSALS) if not f.part_of]
    parts = {name: list(own_figures(report, name)) for name in ("人大建议", "政协提案")}
    if len(totals) != 1 or any(len(found) != 1 for found in parts.values()):
        return  # several counts, or none: nothing that must add up
    if "议案" in totals[0].sentence:
        return  # a third kind, counted in the total
    figures = (parts["人大建议"][0], parts["政协提案"][0])
    if sum(figure.value for figure in figures) != totals[0].value:
        yield _breakdown_finding(Breakdown(totals[0], figures))


@rule("N208", "category-listed-twice", "notice")
def category_listed_twice(report: Report) -> Outcomes:
    """同一分项列了两次。

    为什么: 重复列项说明分类有误，也可能重复计数。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        sections:
          1: 主动公开信息12条，其中：规划计划4条，政策文件3条，规划计划5条。

    正例::

        sections:
          1: 主动公开信息12条，其中：规划计划4条，政策文件3条，政策解读5条。

    处理: 合并或改正分项名称。
    """
    for breakdown in breakdowns(report):
        names = [part.name for part in breakdown.parts]
        for name in dict.fromkeys(n for n in names if names.count(n) > 1):
            twice = next(part for part in breakdown.parts if part.name == name)
            yield Finding(f"“{name}”在分项中列了两次。", (figure_evidence(twice),), actual=name)
