"""What a conversation has spoken of: the query before, the agencies of late, and the asker's own.

Pure. 我们 means the agency that the asker said to be theirs, else the one last spoken of; 两家 and
哪家多 mean as many agencies as were last spoken of one after another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.measure import Measure
from assistant.query import Operation, Query
from ingest.numbers import chinese_numeral

# 我们单位是民政局 · 我是财政局的
_OWN_NAMED = re.compile("(?:我们?|我们?单位|我们?局|本单位|本局|我单位|我局)(?:就|这边)?是")
_OWN = re.compile("我们(?!市|县|区|国|省)|我局|本局|我单位|本单位|本机关|我们局")
_SO_MANY = re.compile("(?:这|那)?(?P<count>[二两三四五六七八九十])(?:家|个(?:单位|局|部门))(?!最)")
_WHICH_OF_THEM = re.compile(
    "(?:哪家|哪个|谁)(?:的|更|收|要|比较|办|公开)*[多少高低](?:[?？]|$|些|一)"
)
# 里面谁最少, after a list
_AMONG_THEM = re.compile(
    "(?:里面|里头|其中|当中|这些|这几家|那些|那几家|他们|它们)[^,，]{0,8}(?:谁|哪[家个])"
)
# 其中自然人呢, after a filter: of those that met it
_OF_THEM = re.compile(
    "其中|各自|分别|里面|里头|当中|这些|那些|这[几两三四五六]家|那[几两三四五六]家|他们|它们"
)
# 哪几家, 一共几家, after 没有诉讼的单位有几家 or 超过10件的单位
_WHICH_ONES = re.compile(
    "(?:分别|具体|都)?(?:是|有)?(?:哪[几些一]?(?:家|个)?(?:单位|部门|局)?|谁)[呢呀啊]?[?？]?"
)
_HOW_MANY_ONES = re.compile(
    "(?:一共|总共|共|那|这样的)*(?:是|有)?(?:几|多少)(?:家|个(?:单位|部门|局))[呢呀啊]?[?？]?"
)
# 它们的处罚呢, after the first three
_THEM = re.compile("它们|他们|[这那](?:[几两三四五六七八九十]家|些(?:单位|部门|局))")
_RANKED = frozenset[Operation](("rank", "compare"))
_FILTERS = frozenset[Operation](("filter", "count", "streak"))
# 占总数多少, after 哪家最多
_SHARE = re.compile("占(?!比|地|用|据)")
_CUT_SHORT = re.compile("等(?:[一二两三四五六七八九十百千]+[家份]|[。，])|不再列出|这里只列")
# 加起来呢, after 诉讼 and 复议
_ADDED = re.compile("加起来|合起来|相加|合计|加在一起|加到?一块|加一起|合在一起|总共|一共")
# 三项一共, after 许可, 处罚 and 强制
_SO_MANY_MEASURES = re.compile("(?P<count>[两三四五六七八九])(?:项|者|样|类|个数)")
# 哪个多, after 许可 and 处罚
_WHICH_NUMBER = re.compile("^[|那]*哪一?个更?[多少高低大小]")
# 少了几件, after 2024年 and 去年呢
_BY_HOW_MANY = re.compile(
    "^[|那]*(?:差|[多少增减升降涨跌]了?|增加了?|减少了?|增长了?|下降了?|提高了?|提升了?|降低了?|上升了?)(?:了)?(?:几|多少|百分)"
)
# 两年加起来, after one year and another
_THOSE_YEARS = re.compile("^[|那]*[这那]?[两二]年(?!前|后)")
# 比教育局少多少, after 谁最少
_THAN = re.compile("^[|那它]*比[|]{2,}[^,，]{0,6}[多少高低](?:几|多少|了)")
# 它审核了多少份 · 那年处罚多少 · 改了吗
_OF_ONE_TOLD = re.compile(
    "它(?!们)|该(?:局|单位|报告)|[这那](?:一?家|个单位|个局|一?年|份报告)|当年"
    "|^(?:那|后来|问题|都)*(?:改|整改|解决|落实|改进)(?:了|好|过)*(?:吗|没有?|么)"
)
# 跟财政局比呢, the name masked
_AGAINST = re.compile(
    "(?:跟|和|与|同|比起?)[|]{2,}(?:比|相比|差|[多少高低大小])|[|]{2,}比(?:一?比|呢)|相比"
)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was asked before, oldest forgotten; `spoken` are agencies, the last one last.

    `late` are the measures asked about one after the other of the same reports, the last one last.
    """

    before: Query | None = None
    earlier: Query | None = None
    own: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    late: tuple[Measure, ...] = ()

    def after(self, query: Query) -> "Memory":
        """The memory when this question has been asked as well."""
        one = query.agencies if len(query.agencies) == 1 else ()
        spoken = (*(agency for agency in self.spoken if agency not in one), *one)
        own = one if one and _OWN_NAMED.search(query.question) else self.own
        return Memory(query, self.before, own, spoken, self._late_with(query))

    def of_those_told(self, question: str, told: Sequence[tuple[str, int]]) -> "Memory":
        """The memory for a question on the one report that the last answer told of (它, 那年, 改了吗).

        Of a ranking that is the report which leads.
        """
        before = self.before
        if before is None or not told or not _OF_ONE_TOLD.search(question):
            return self
        leads = before.operation == "extremum" or len(told) == 1
        if not leads or len(before.agencies) == len(before.years) == 1:
            return self
        agency, year = told[0]
        return replace(self, before=replace(before, agencies=(agency,), years=(year,)))

    def before_for(self, text: str, *, names_agency: bool) -> Query | None:
        """The question before, about the agencies that this one means by 我们 or 两家.

        `text` is the question with the names in it masked.
        """
        before = self.before
        if before is None or names_agency:
            return before
        if self.own and _OWN.search(text):
            return replace(before, agencies=self.own)
        if _ADDED.search(text) and (measures := self._measures_added(text)):
            return replace(before, measures=measures)
        if _WHICH_NUMBER.search(text) and len(self.late) > 1:
            return replace(before, measures=self.late[-2:])
        asks_of_years = _BY_HOW_MANY.search(text) or _THOSE_YEARS.search(text)
        if asks_of_years and (years := self._years_of_late()):
            return replace(before, years=years)
        if len(before.agencies) != 1:
            return before
        if match := _SO_MANY.search(text):
            return self._with_last(chinese_numeral(match["count"]) or 0)
        return self._with_last(2) if _WHICH_OF_THEM.search(text) else before

    def _late_with(self, query: Query) -> tuple[Measure, ...]:
        """The measures of late when this question has been asked as well."""
        if len(query.measures) != 1:
            return ()
        before = self.before
        alike = before and (before.agencies, before.years) == (query.agencies, query.years)
        late = self.late if alike else ()
        return (*(m for m in late if m not in query.measures), *query.measures)

    def _measures_added(self, text: str) -> tuple[Measure, ...]:
        """As many of the measures of late as are to be added, all where no number is said."""
        match = _SO_MANY_MEASURES.search(text)
        count = chinese_numeral(match["count"]) or 0 if match else len(self.late)
        return self.late[-count:] if 1 < count <= len(self.late) else ()

    def _years_of_late(self) -> tuple[int, ...]:
        """The two years asked about one after the other, of the same agency and measure; none else."""
        before, earlier = self.before, self.earlier
        if before is None or earlier is None or before.measures != earlier.measures:
            return ()
        alike = before.agencies == earlier.agencies and len(before.agencies) == 1
        years = tuple(sorted({*before.years, *earlier.years}))
        return years if alike and len(before.years) == len(earlier.years) == 1 < len(years) else ()

    def _with_last(self, count: int) -> Query | None:
        """The question before, of as many agencies as were last spoken of, where there were so many."""
        if self.before is None or len(self.spoken) < count:
            return self.before
        return replace(self.before, agencies=self.spoken[-count:])


def sets_against(text: str) -> bool:
    """Whether the agency named, masked here, is set against the one spoken of before."""
    return bool(_AGAINST.search(text))


def is_than_leader(text: str, before: Query) -> bool:
    """Whether the agency named, masked here, is set against the one that led (比教育局少多少)."""
    led = before.operation == "extremum" and len(before.agencies) != 1
    return led and bool(_THAN.search(text))


def is_among_those_listed(text: str) -> bool:
    """Whether it asks for one of the agencies that were just listed (里面谁最少)."""
    return bool(_AMONG_THEM.search(text))


def filtered_again(question: str, before: Query | None) -> Query | None:
    """The filter before as it stands, where it is asked again who met it, or how many; else None."""
    if before is None or before.operation not in ("filter", "count"):
        return None
    asked = question.strip()
    if _WHICH_ONES.fullmatch(asked):
        return replace(before, question=question, operation="filter")
    if _HOW_MANY_ONES.fullmatch(asked):
        return replace(before, question=question, operation="count")
    return None


def is_of_those_ranked(text: str, before: Query) -> bool:
    """Whether it asks on about the agencies that were just ranked or compared (它们的处罚呢)."""
    return before.operation in _RANKED and bool(_THEM.search(text))


def is_of_those_filtered(text: str, before: Query) -> bool:
    """Whether it asks on about the reports that met the condition, or led, before (其中自然人呢)."""
    if before.operation == "extremum":
        is_part = "其中" in text or bool(_SHARE.search(text))
        is_of_first = is_part and not _AMONG_THEM.search(text)
        return is_of_first and len(before.agencies) != 1
    return before.operation in _FILTERS and bool(_OF_THEM.search(text))


def is_cut_short(answer: str) -> bool:
    """Whether an answer names fewer than it speaks of."""
    return bool(_CUT_SHORT.search(answer))
