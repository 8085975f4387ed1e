"""So many of a whole to one of its part: 每几件申请有一件结转, 平均多少件申请里有一件被拒.

Pure. The whole and the part are read each by itself; either that is not understood leaves the question
as it was.
"""

import re

from assistant.measure import Measure
from assistant.question.equations import find_side
from assistant.question.measures import find_measures, in_columns

_ONE_IN = re.compile(
    "(?:每|平均)(?:每)?(?:受理|收到|收|答复|办理|办结|办|处理)?(?:几|多少)[件条次宗个](?P<whole>[^,，一]{2,16}?)(?:里面?|中|当中|之中)?(?:就|便|才|会|大约|约)*(?:有|出)?一[件条次宗个](?:是|因|被)?(?P<part>[^,，]{2,20})"
)


# 申请每几件有一件信息不存在
_OF_WHOLE_FIRST = re.compile(
    "(?P<whole>[^,，]{2,12}?)(?:里|中|平均)*每(?:几|多少)[件条次宗个](?:里面?|中|当中)?(?:就|便|才|会)*(?:有|出)一[件条次宗个](?:是|因|被)?(?P<part>[^,，]{2,20})"
)


def find_one_in(text: str) -> tuple[Measure, Measure] | None:
    """The whole and the part that a question sets one against so many; None where it asks none.

    `text` is the question without names and years, its measures unmasked.
    """
    match = _ONE_IN.search(text) or _OF_WHOLE_FIRST.search(text)
    if match is None:
        return None
    whole, part = (
        find_side(match["whole"]),
        _part(match["part"].rstrip("?？吗呢的"), match["whole"]),
    )
    if whole is None or part is None or whole == part or whole.unit != part.unit:
        return None
    return whole, part


def _part(text: str, whole: str) -> Measure | None:
    """The part by itself; an outcome alone (被纠正) is one of the whole's own row."""
    columns = find_measures(text).lone_columns
    if not columns:
        return find_side(text)
    of_whole = in_columns(find_measures(whole).measures, columns)
    return of_whole[0] if len(of_whole) == 1 else None
