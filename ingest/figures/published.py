"""Which figure is the year's total of published items: 共发布信息56条 under the heading 主动公开.

The invariant: only a count of the agency's own year that no breakdown holds is called so; its own
parts follow it, those of another count of the same name do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.figures.names import PUBLISHED, PUBLISHED_TOTAL
from ingest.figures.scope import ALL_YEARS
from ingest.figures.tokens import sentence_view
from ingest.report import Figure

_TO_BE_PUBLISHED = re.compile(r"#.{0,3}应当?(?:主动)?公开")  # 把310项应主动公开的信息分到科室
_MANY_KINDS = re.compile("等(?:各类)?(?:政府|政务)?信息$")
_PUBLISHED_NAMES = ("网站信息", "信息", "政府信息", "政务信息", "政府信息公开", "信息公开")


def with_published_total(figures: list[Figure]) -> tuple[Figure, ...]:
    """The figures, the first count of published items named as the total when none says so itself.

    Many reports put 共发布信息56条 under the heading 主动公开 and never say 主动公开 again.
    """
    if any(f.name == PUBLISHED_TOTAL and _is_own(f) and f.section in (0, 1) for f in figures):
        return tuple(_without_sums_of_years(figures))
    found = [
        index
        for index, figure in enumerate(figures)
        if figure.section in (0, 1) and _is_own(figure) and _is_published(figure)
    ]
    if not found:
        return tuple(figures)
    total = _largest_of_all(figures, found)
    told, name = list(figures), figures[total].name
    for index, figure in enumerate(figures):
        if figure.part_of == name and _is_whole_before(figures, index, total):
            told[index] = replace(figure, part_of=PUBLISHED_TOTAL)
    told[total] = replace(figures[total], name=PUBLISHED_TOTAL)
    return tuple(_without_sums_of_years(told))


def _is_whole_before(figures: Sequence[Figure], part: int, whole: int) -> bool:
    """Whether no other figure of the whole's name stands between the two, whichever comes first."""
    first, last = sorted((part, whole))
    name = figures[whole].name
    return not any(f.name == name and f.part_of is None for f in figures[first + 1 : last])


def _without_sums_of_years(figures: list[Figure]) -> Iterator[Figure]:
    """The figures, a total that outgrows the year's as the sum of all years that it is.

    2022年公开420条 … 截至2022年底，累计公开3900条: both are called the same.
    """
    own = [f for f in figures if f.name == PUBLISHED_TOTAL and _is_own(f)]
    for figure in figures:
        outgrown = own and figure in own and figure.value > own[0].value
        if outgrown and "累计" in figure.sentence and "累计" not in own[0].sentence:
            yield replace(figure, scope=ALL_YEARS)
        else:
            yield figure


def _largest_of_all(figures: Sequence[Figure], found: Sequence[int]) -> int:
    """The first of the counts found, unless it is the website's and a later one is of more than it."""
    first = figures[found[0]]
    if first.name != "网站信息":
        return found[0]
    of_all = (index for index in found if figures[index].name != "网站信息")
    return next((index for index in of_all if figures[index].value >= first.value), found[0])


def _is_own(figure: Figure) -> bool:
    return figure.scope is None and figure.year is None and figure.part_of is None


def _is_published(figure: Figure) -> bool:
    if figure.name not in _PUBLISHED_NAMES and not _MANY_KINDS.search(figure.name):
        return False
    view = sentence_view(figure.sentence)
    counted = sentence_view(figure.quote).plain
    context = view.text.replace(counted, f"#{figure.unit}", 1)
    if _TO_BE_PUBLISHED.search(context):
        return False
    says_so = figure.name not in ("网站信息", "信息") or PUBLISHED.search(context)
    return bool(says_so) and not re.search("申请|复议|诉讼", view.text)
