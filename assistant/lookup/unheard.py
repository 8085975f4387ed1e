"""What an answer takes no account of, said in a line at its end, so that nothing is passed over.

Pure. A word of the question that was used nowhere, a count that was asked and not given, a number of
agencies that is not the library's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from assistant.answer import Answer
from assistant.lookup.composition import count_in_words, year_text
from assistant.lookup.numerals import passed_over
from assistant.lookup.readings import number_text
from assistant.lookup.scope import Scope
from assistant.query import Operation, Query
from assistant.question.conditions import has_bound
from assistant.question.kinds import WHY
from assistant.question.look_ups import SCOPES
from assistant.question.names import take_apart
from ingest.numbers import chinese_numeral

_GOVERNMENT = "人民政府"
# More agencies than this are not named one by one.
MOST_LISTED = 40
_PROPOSALS = frozenset(["人大建议", "政协提案", "建议提案"])
_ROLE = re.compile("主办|协办|会办|分办|独办|全文")
# 白石市三个局, but not 最多的三家
_SO_MANY = re.compile(
    "(?<![最前后哪第的几多少高低])(?P<count>[二两三四五六七八九十])(?:家|个(?:单位|部门|局|机关|委办局))"
)
# 两年都有的是谁, but not 近三年 or 连续三年
_SO_MANY_YEARS = re.compile(
    "(?<![近第前后续过每一二])(?P<count>[两三四五六七八九])年(?=都|里|间|来|合|加|一共|总|共|申|许|处|复|诉|收|办|平|均|公|强|规|自|企)"
)
# 全县收到多少申请, of no county by name
_AREA = re.compile("(?:全|我|本)(?P<level>[县区旗镇乡])")
_PEOPLE_AND_BODIES = re.compile(
    "个人(?:和|与|跟|、|及|还是|或)单位|单位(?:和|与|跟|、|及|还是|或)个人"
)
# What sets reports against each other.
RANKED = frozenset[Operation](("rank", "extremum", "compare", "trend", "difference"))
SHARE = re.compile("占比|占.{0,10}(?:比例|比重|百分比)|所占")


# What each word asks to be done, and the operations that do it.
_MEANT: tuple[tuple[re.Pattern[str], frozenset[Operation]], ...] = (
    (re.compile("中位数|中位值"), frozenset(["median"])),
    (re.compile("(?:平均|年均)(?!每?[天日周月])"), frozenset(["average", "pace", "times"])),
    # 总量和平均量
    (
        re.compile("(?:总[量数和]|合计|总计)(?=[和与及、]平均)|(?<=[和与及、])总[量数和]"),
        frozenset(["sum"]),
    ),
    (re.compile("标准差|方差"), frozenset(["deviation"])),
    (re.compile("每(?:[^,，每各]{0,4}(?:几|多少)|一)?[件条次宗]"), frozenset(["times"])),
    (
        re.compile("连续[一两二三四五六七八九十\\d]+[个]?[年次]"),
        frozenset(["streak", "filter", "count"]),
    ),
    (
        re.compile("(?:[几多一两二三四五六七八九十]|\\d+(?:\\.\\d+)?)少?倍|翻(?:了)?[一两几]?番"),
        frozenset(["times"]),
    ),
    (
        re.compile("最[多少高低大小](?!\\d|只|有\\d)"),
        frozenset(["extremum", "rank", "difference", "pace", "times"]),
    ),
    (
        re.compile("最[早晚迟](?!的?(?:那?一年|年度|一期|年报|报告|年份))"),
        frozenset(["extremum", "rank"]),
    ),
    (re.compile("排名|排序|排行|倒数第"), frozenset(["rank", "extremum"])),
    (re.compile("同比|环比|增幅|降幅|增速"), frozenset(["difference", "trend", "streak", "pace"])),
    (
        re.compile("首次|首度|第一次|头一次|最近一次|最后一次|(?:哪一?年|什么时候)(?:开始|起)"),
        frozenset(["filter", "count"]),
    ),
    (
        re.compile("差多少|差几|相差|差距|之差"),
        frozenset(["difference", "compare", "rank", "deviation", "times"]),
    ),
    (
        re.compile(
            "名次|位次|(?<![最])前[一二两三四五六七八九十\\d]+名|后[一二两三四五六七八九十\\d]+名"
        ),
        frozenset(["rank", "extremum", "trend"]),
    ),
    (
        re.compile("接近|左右|差不多|将近|多样|(?:几|多少)种|轮流"),
        frozenset(),
    ),
)
_GREW = re.compile(
    "(?:没有?|未)(?:增加|减少|增长|下降|上升|[增减降升涨跌])|(?:增加|减少|增长|下降|上升|下滑)了?(?=得|多少|几|[最更]?快|[最更]?慢)|(?:增加|减少|增长|下降|上升|下滑|[增降升涨跌])了?(?=的|[?？]|$|没|吗)|(?:[增降升涨跌]|减少|增加)了|变[多少高低大小]|[多少]得最"
)
_OVER_TIME = frozenset[Operation](("difference", "trend", "streak", "pace"))
_OF_A_WHOLE = re.compile("占(?!用|地|据)|比例|比重|几成|[百千]分之[几多]少?|百分比")
_ADDED = re.compile("累计|合计|(?:一共|总共)(?!有?(?:几|多少)[家个份])|加起来|总和|之和|拢共")
# 全部来自自然人的单位
_ONLY_OF = re.compile(
    "清一色|全部?来自(?!哪|谁|什么)|都来自(?!哪|谁|什么)|全都?是(?!谁|哪|多少|几)"
)
# Words for a bound, where the condition is merely that there is any.
_COMPARED = re.compile(
    "不足|不到|少于|低于|超过|高于|多于|大于|小于|一半|半数|全部|相等|一样|相同|相当"
)
_NOT_MOST = re.compile("(?:(?<!是)不是|并非)[^,，]{0,8}最[多少高低大小]")
# No cell says whether it was in time.
_IN_TIME = re.compile("(?:按[期时]|及时|如期|逾期|超期|超时)(?!收|缴|交|不补)")
# 现行有效13件加制发2件减废止3件等于几件
_RECKONED = re.compile(
    "[加减][^,，。加减]{1,20}(?:等于|[=＝])|加[^,，。加减]{1,12}减[^,，。加减]{1,10}|减[^,，。加减]{1,12}[加减][^,，。加减]{1,10}"
)
# 多收的申请比上一年多收的多多少: a change of a change
_TWO_CHANGES = re.compile("(?<![占同环对相])比(?![例重率值如较])[^,，。比]{1,20}[多少高低]")
# 处罚了几家, where what is given counts cases
_HOW_MANY_BODIES = re.compile("(?:几|多少)(?:家|个(?:单位|部门|企业|公司))")
# 同意了几件, 没给的几件: what was decided, where only the requests received are given
_RECEIVED = "新收政府信息公开申请"
_DECIDED = re.compile(
    "(?:同意|提供|满足|驳回|拒绝|批准|采纳|准许|答应)(?!的?(?:信息|材料|资料))(?:了|的|公开|过)?(?=几|多少|吗|没)"
    "|(?:没有?|未|不)[^,，。]{0,3}(?:提供|批准|答应|给)"
)
_NOT_NONE = re.compile("(?<!是)不(?:为|是|等于)(?:零|0)|非零")
# 申请比处罚多的单位
_AGAINST = re.compile(
    "(?<!占)比[^,，。?？]{1,14}[多少高低大小](?:[^,，。?？]{0,4}以上)?的?(?=单位|部门|局|哪|有|家|$)"
)
# 三分之一
_FRACTION = re.compile("[二三四五六七八九十]分之[一二三四五六七八九]")
# 比其他单位加起来多
_THE_OTHERS = re.compile("(?:其[他它余]|别的)(?:各|几|的)*(?:单位|部门|局|家|机关)")
_LEFT_OUT = re.compile("除|不算|不含|不包括|不包含|不计|剔除|扣除|以外|之外|去掉")
_ALL_ARE = re.compile("(?:都|全|全部|全都)(?:是(?!多少|几|哪|谁)|因为|属于|来自(?!哪|谁|什么))")
_MORE_THAN = re.compile("(?:大于|小于|多于|少于|高于|低于)(?=[^\\d,，]*的(?:单位|部门|局|机关|有))")
_NO_OTHERS = re.compile("(?:只|仅|就)(?:有|是)?(?=[^,，件条]{2,24}(?:吗|吧|么|[?？]))")
_EQUAL = re.compile("等于|相等|持平")
_AMONG_FIRST = re.compile(
    "(?:前|最[多高大少低小]的)[一二两三四五六七八九十\\d]+(?:名|家|位|个)?[^,，]{0,4}(?:里面?|当中|之中|中(?!位))"
)
_OVER_YEARS = re.compile(
    "同比|环比|[去上前今]一?年|年[^,，]{0,6}[比较]|[比较][^,，]{0,6}年|[增减降升涨跌]|变化|下滑"
)
_THAN = re.compile("(?<![占同环对相])比(?![例重率值如较])[^,，。]{1,12}")
# 数量是多少 asks for one number.
_COUNTS = re.compile("多少|几[件条人次家个项篇份名场宗期]")
_BOUND_WORDS = re.compile("超过|多于|大于|高于|少于|低于|不到|不足|以上|以下")


def unheard(query: Query, answer: Answer, scope: Scope) -> Iterator[str]:
    """The words of the question that the answer takes no account of, and the counts it leaves out."""
    asked = len(_COUNTS.findall(query.question))
    if asked > len(answer.values) > 0 and query.operation in (
        "value",
        "list",
        "sum",
        "share",
        "exists",
    ):
        left = count_in_words(asked - len(answer.values))
        yield f"（问题还问了{left}个数，没有看懂是哪一项，请分开再问。）"
    yield from _other_count(query, scope)
    yield from _other_years(query, scope)
    yield from _beyond_area(query, scope)
    yield from _counted_twice(query, scope)
    if any(m.aspect == "figure" and not m.figures for m in query.measures):
        return
    is_given = "%" in answer.text
    if query.operation in RANKED and SHARE.search(query.question) and not is_given:
        counted = [m.name for m in query.measures if m.aspect != "ratio"]
        if counted:
            yield f"（没有看懂{'、'.join(counted)}要占什么的比例，比的是数量。）"
    words = [
        word
        for word in dict.fromkeys(
            (
                *query.not_understood,
                *_roles(query),
                *_applicants(query),
                *_undone(query),
                *_unmet(query, answer),
                *passed_over(query, answer, alone=len(scope.entries) == 1),
            )
        )
        if word not in answer.text or SCOPES.fullmatch(word) or _is_counted(word, answer, query)
    ]
    if words:
        yield f"（问题中的“{'”“'.join(words)}”没有用来查找，请核对答的是不是所问的。）"


def _is_counted(word: str, answer: Answer, query: Query) -> bool:
    """Whether a quoted sentence counts a word by itself, beside the number that is given."""
    given = answer.values[0].value if len(answer.values) == 1 else ""
    if isinstance(given, str) or any(m.aspect != "figure" for m in query.measures):
        return False
    counts = re.findall(f"{re.escape(word)}[^,，。；;、“”\\d]{{0,4}}(\\d[\\d.]*)", answer.text)
    return bool(counts) and number_text(given) not in counts


def _undone(query: Query) -> Iterator[str]:
    """The words for an operation that was not done, where another one was."""
    change = query.change.said if query.change else ""
    is_multiple = any(condition.times != 1 for condition in query.conditions)
    for words, operations in _MEANT:
        if is_multiple and "times" in operations:
            continue
        match = words.search(query.question)
        if match and query.operation not in operations and match.group() not in change:
            yield match.group()
    if WHY.search(query.question):
        return
    is_against = any(condition.other or condition.than for condition in query.conditions)
    if not is_against and query.operation in ("filter", "count", "list", "value"):
        yield from (match.group() for match in _AGAINST.finditer(query.question))
    is_bounded = query.conditions or query.claims or query.change
    if has_bound(query.question) and not is_bounded:
        yield from (m.group() for m in _BOUND_WORDS.finditer(query.question))


def _unmet(query: Query, answer: Answer) -> Iterator[str]:
    """The words for a change, a share, a sum or a condition that the answer does not give."""
    question, operation = query.question, query.operation
    names = "".join(measure.name for measure in query.measures)
    is_why = bool(WHY.search(question))
    if operation not in _OVER_TIME and "增" not in names and not (query.claims or is_why):
        yield from (m.group() for m in _GREW.finditer(question))
    measures = (*query.measures, *(c.measure for c in query.conditions))
    is_share = operation == "share" or any(m.unit == "%" or "比" in m.name for m in measures)
    if not is_share and "%" not in answer.text:
        yield from (m.group() for m in _OF_A_WHOLE.finditer(question))
    given = {(v.agency, v.year) for v in answer.values}
    is_counted = operation in ("filter", "count")
    if is_counted or (operation in ("value", "list", "exists") and len(given) > 1):
        yield from (m.group() for m in _ADDED.finditer(question) if "合计" not in answer.text)
    is_of_all = any((c.comparison, c.number) == ("=", 100) for c in query.conditions)
    if not is_of_all and operation != "share":
        yield from (m.group() for m in _ONLY_OF.finditer(question))
    is_default = all((c.comparison, c.number) == (">", 0) for c in query.conditions)
    if is_counted and is_default and not query.change:
        yield from (m.group() for m in _COMPARED.finditer(question))
    if not any(m.aspect == "figure" for m in query.measures):
        yield from (m.group() for m in _IN_TIME.finditer(question))
    yield from (m.group() for m in _NOT_MOST.finditer(question))
    yield from _of_another_sort(query, answer)
    yield from _passed_over_words(query, answer)
    is_added = "合计" in answer.text and "减" not in question
    is_reckoned = is_added or any(c.other for c in query.conditions)
    is_reckoned = is_reckoned or any(m.less for m in query.measures)
    if not is_reckoned or len(query.years) > 1:
        yield from (m.group() for m in _RECKONED.finditer(question))
    if operation in _OVER_TIME and len(_TWO_CHANGES.findall(question)) > 1:
        yield _TWO_CHANGES.findall(question)[-1]
    is_bounded = any((c.comparison, c.number) == (">", 0) for c in query.conditions)
    if operation in ("filter", "count") and not is_bounded:
        yield from (m.group() for m in _NOT_NONE.finditer(question))


def _of_another_sort(query: Query, answer: Answer) -> Iterator[str]:
    """Words for bodies where cases are counted, for decisions where requests are."""
    if query.operation == "value" and not any(v.unit == "家" for v in answer.values):
        yield from (m.group() for m in _HOW_MANY_BODIES.finditer(query.question))
    if all(measure.name == _RECEIVED for measure in query.measures):
        yield from (m.group() for m in _DECIDED.finditer(query.question))


def _passed_over_words(query: Query, answer: Answer) -> Iterator[str]:
    """Words for what this operation cannot have taken into account."""
    question, operation = query.question, query.operation
    said = "".join(condition.said for condition in query.conditions)
    is_fraction = any(0 < condition.times < 1 for condition in query.conditions)
    if not is_fraction:
        yield from (m.group() for m in _FRACTION.finditer(question) if m.group() not in said)
    if not _LEFT_OUT.search(question):
        yield from (m.group() for m in _THE_OTHERS.finditer(question))
    if operation in ("exists", "value", "list") and "%" not in answer.text:
        yield from (m.group() for m in _ALL_ARE.finditer(question))
    several = len({(v.agency, v.year) for v in answer.values}) > 1
    if operation in ("list", "value") and several:
        yield from (m.group() for m in _EQUAL.finditer(question))
    if operation in ("list", "value") and not (query.conditions or query.claims):
        yield from (m.group() for m in _MORE_THAN.finditer(question))
    if query.agencies and operation in ("filter", "count"):
        yield from (m.group() for m in _NO_OTHERS.finditer(question))
    if operation in ("rank", "extremum"):
        yield from (m.group() for m in _AMONG_FIRST.finditer(question))
    is_of_sums = operation in ("difference", "compare", "times")
    if is_of_sums and not re.search("合计|合起来", answer.text):
        yield from (m.group() for m in _ADDED.finditer(question))
    own = operation == "difference" and len(query.agencies) == len(query.measures) == 1
    if own and len(query.years) == 1 and not (query.change or _OVER_YEARS.search(question)):
        yield from (m.group() for m in _THAN.finditer(question))


def _other_count(query: Query, scope: Scope) -> Iterator[str]:
    """A line where the question says how many agencies it means, and the library holds others."""
    match = _SO_MANY.search(query.question) if len(query.agencies) != 1 else None
    agencies = list(dict.fromkeys(entry.agency for entry in scope.entries))
    said = chinese_numeral(match["count"]) if match else None
    if not match or not said or said == len(agencies):
        return
    names = "、".join(agencies[:MOST_LISTED])
    yield f"（您说的是{count_in_words(said)}家，资料库中有关的是{count_in_words(len(agencies))}家：{names}。）"


def _other_years(query: Query, scope: Scope) -> Iterator[str]:
    """A line where the question says of how many years it speaks, and the answer is on others."""
    match = _SO_MANY_YEARS.search(query.question)
    years = sorted({entry.year for entry in scope.entries})
    said = chinese_numeral(match["count"]) if match else None
    if not said or said == len(years) or query.operation == "streak" or len(query.years) == said:
        return
    used = "、".join(f"{year_text(year, query.question)}年" for year in years)
    yield f"（您说的是{count_in_words(said)}年，用到的是{used}。）"


def _beyond_area(query: Query, scope: Scope) -> Iterator[str]:
    """A line where a whole county or district is asked about, and others are answered too."""
    match = _AREA.search(query.question)
    if match is None or query.agencies:
        return
    if any(not _lies_in(entry.agency, match["level"]) for entry in scope.entries):
        yield f"（问题里的“{match.group()}”没有说是哪个{match['level']}，答的是资料库中的全部单位。）"


def _counted_twice(query: Query, scope: Scope) -> Iterator[str]:
    """A line where a government is added to the bureaus of its place, whose numbers it may hold."""
    if query.operation != "sum":
        return
    agencies = sorted({entry.agency for entry in scope.entries})
    for government in (agency for agency in agencies if agency.endswith(_GOVERNMENT)):
        place = government.removesuffix(_GOVERNMENT)
        at = bisect_left(agencies, place)
        if sum(agency.startswith(place) for agency in agencies[at : at + 2]) > 1:
            yield f"（{government}的年报可能已经汇总所辖单位的数，合计或有重复。）"
            return


def _lies_in(agency: str, level: str) -> bool:
    places = take_apart(agency).places
    return bool(places) and places[-1].endswith(level)


def _roles(query: Query) -> list[str]:
    """主办, 协办: reports give proposals by who leads, and their figures seldom say which."""
    are_proposals = any(set(m.figures) & _PROPOSALS for m in query.measures)
    return _ROLE.findall(query.question) if are_proposals else []


def _applicants(query: Query) -> list[str]:
    """个人和单位各多少: 单位 is a kind of applicant there, which one measure alone leaves out."""
    is_one = len(query.measures) == 1
    return ["单位"] if is_one and _PEOPLE_AND_BODIES.search(query.question) else []
