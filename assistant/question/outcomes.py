"""Questions on how and why things came about, which a report's sentences answer and no cell does.

What became of a year's problems and which year's report tells it; which agency leads, and why.
"""

import re

_PROBLEMS = re.compile(
    "(?:[12]\\d{3}年?|\\d{2}年|去年|上年|上一年)度?"
    "(?:(?!什么|哪些|怎么|如何|怎样|打算|准备|有|[，,、]).){0,12}问题"
    "|(?:解决|整改|改进|改正|落实)了?(?:上一?年度?|去年)的?(?:什么|哪些|几个|多少)?问题"
    "|(?:对|针对|就)(?:[12]\\d{3}年?|去年|上年|上一年).{0,8}问题"
)
_YEAR_BEFORE = re.compile("去年|上年|上一年")
_NAMED_YEAR = re.compile("(?<!\\d)[12]\\d{3}(?=年)")
# 2023年的问题整改了吗, against 2023年的问题有什么改进措施.
_DONE = re.compile(
    "(?:整改|改进|解决|改)(?:了|没|完|到位|落实|得|好|正|过|情况|结果|进展)|是否(?!提|写|说|涉及|包括)|有没有(?!提|写|说|涉及|包括|关于|相同|一样|重复|共同|类似)|后来(?:怎么样|怎样|如何|呢)|(?:结果|最后)(?:怎么样|如何)"
    "|问题.{0,12}做了"
)

# 上年问题解决了几个: told in words, seldom counted
_COUNTS_PROBLEMS = re.compile("(?:上一?年度?|去年)的?问题[^,，。]{0,6}(?:几|多少)个")
# 去年的人手问题怎么写的: the problem itself; 抽查发现的问题 are mended within the year
_AS_WRITTEN = re.compile(
    "问题(?:是|都)?(?:怎么|如何|怎样)(?:写|说|讲|提|表述)|问题[^,，。]{0,6}(?:重复|一样|相同|类似|不同|对比|比较|区别)"
    "|(?:暗访|抽查|检查|督查|监测|巡查|自查)(?:中)?(?:发现|查出)的问题"
)
_WHICH_AND_WHY = re.compile(
    "(?:哪[家个一](?:单位|部门|机关|局)?|谁)[^,，]*[,，].*(?:为什么|为何|原因)"
)


def asks_outcome(question: str) -> bool:
    """Whether it asks what became of a year's problems, not what is planned against them."""
    problems = _PROBLEMS.search(question)
    if _AS_WRITTEN.search(question):
        return False
    return bool(problems and (_YEAR_BEFORE.search(problems[0]) or _DONE.search(question)))


def asks_deed(question: str, *, counts: bool) -> bool:
    """Whether it asks what became of problems; where it `counts`, how many of these."""
    return asks_outcome(question) and (not counts or bool(_COUNTS_PROBLEMS.search(question)))


def years_that_tell(question: str, years: tuple[int, ...]) -> tuple[int, ...]:
    """The years of the reports to read, of a question about `years`.

    2023年的问题整改了吗 is told by the report of 2024, 2023年对上年问题的整改 by that of 2023; any
    other question by the years themselves.
    """
    if not years or not asks_outcome(question):
        return years
    named = _NAMED_YEAR.findall(question)
    if named and _YEAR_BEFORE.search(question):
        return (max(map(int, named)),)
    return (max(years) + (len(years) == 1),)


def asks_which_and_why(question: str) -> bool:
    """哪家不予公开最多，为什么: an agency and what it says of it, not the grounds of the refusals."""
    return bool(_WHICH_AND_WHY.search(question))
