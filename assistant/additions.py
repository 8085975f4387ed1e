"""What a model's sentence adds to its passages, turns round or joins that they keep apart. Pure.

Numbers, agencies and denials are `assistant.attribution`'s. Here are the words: a character that no
passage has, a deed made of another's (组织的培训, told as 组织培训), two actors in each other's place,
before for after, and what stands in two parts of a passage told as one thing. The invariant: only
words that say nothing of their own may be added; in doubt a sentence adds.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.grounding import MEASURE_WORDS
from ingest.numbers import CHINESE_NUMERAL, chinese_numeral

# What may be added to any passage: it says how the sentence hangs together, or that it was told.
_NEUTRAL = re.compile(
    "存在|主要|问题|不足|改进|措施|整改|报告|年报|提到|指出|提出|写明|载明|写道|列为|包括|分别|方面|情况|采取|通过|其中|此外|同时"
    "|以及|并且|例如|比如|具体|[两三四五六七八九十几各多]家|单位|部门|机关|本局|该局|该市|该县|该区|我局|规定|要求|明确|表示"
    "|承认|说明|反映|涉及|针对|关于|对此|另外|还有|做法|方式|办法|对策|目前|当年|年度|全年|予以|进行|开展|得到|出现|面临|有关|相关"
    "|政府信息公开|信息公开|政务公开|公开工作|工作|内容|改为|改成|下一步|打算|计划|认为|介绍|即|如下"
    f"|[第{CHINESE_NUMERAL[1:-1]}][是、]"
)
_PARTICLES = re.compile(
    "[的了着过是在于为以及和与跟并且而但则也都均各该其这那此等把被由让使给对从向到至里时还又再仍能可会要需用有个年月]"
)
_BARE = re.compile("[^一-龥]")
# 迁移以后 is 迁移后
_LONG_FORMS = re.compile("(?:以|之)(?=[前后内外上下])")
_SIDE = re.compile("[前后内外先]")
# Who does it: told apart by the last character.
_ACTOR = re.compile(
    "(?P<actor>[一-龥]{2}(?:局|科|室|所|校|园|委|办|厅|站|馆|处|院|府|区)|(?:县区|市局|企业|群众|干部|同志|职工|家长|园长|校长|代表|法院|高校|乡镇|学校|用户|居民|村民|申请人))"
)
# 由中心园代管
_BY = re.compile("由(?P<whom>[一-龥]{2})(?P<does>[一-龥]{0,4})")
# 2名专职, 九所农村园
_COUNTED = re.compile(
    rf"(?P<count>\d+|{CHINESE_NUMERAL}+)(?:{MEASURE_WORDS}|所|处|座)(?P<what>[一-龥]{{2}})"
)
# 有待提高: not yet come about
_BETTER = re.compile("提高|提升|加强|完善|改善|优化|强化|规范")
_WANTING = re.compile("有待|亟待|还需|仍需|尚需|需要?|不够|不足|不强|不高|薄弱")
_OF = "的"
_PARTS = re.compile("[；;。！？\n]")
_CLAUSES = re.compile("[，,、：:；;。！？\n]|(?<=[一-龥])(?:以及|并且|和|与)(?=[一-龥]{3})")
# A stretch of a clause that a passage has, long enough to say where it comes from.
LEAST_STRETCH = 3


def adds_of_its_own(text: str, quotes: Sequence[str]) -> bool:
    """Whether a sentence, its names and years masked, says what no passage quoted says."""
    passages = [_plain(quote) for quote in quotes]
    plain = _plain(text)
    whole = "\n".join(passages)
    return (
        _adds_characters(plain, whole)
        or _takes_a_deed(plain, whole)
        or _turns_sides(plain, whole)
        or _names_another_doer(plain, whole)
        or _swaps_counts(plain, whole)
        or _tells_as_done(plain, whole)
        or any(_swaps_actors(plain, part) for part in _PARTS.split(whole))
        or any(_joins_parts(clause, passages) for clause in _CLAUSES.split(plain))
    )


def _plain(text: str) -> str:
    return _LONG_FORMS.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def _adds_characters(text: str, passages: str) -> bool:
    """Whether a character that carries meaning stands in no passage."""
    said = _PARTICLES.sub("", _BARE.sub("", _NEUTRAL.sub("", text)))
    return any(
        character not in passages
        for character in said
        if character not in "一二两三四五六七八九十百千万零〇"
    )


def _takes_a_deed(text: str, passages: str) -> bool:
    """Whether 组织培训 is told where the passage only has 组织的培训, another's."""
    for match in re.finditer(rf"(?P<deed>[一-龥]{{2}}){_OF}(?P<what>[一-龥]{{2}})", passages):
        joined = match["deed"] + match["what"]
        if joined in text and joined not in passages:
            return True
    return False


def _turns_sides(text: str, passages: str) -> bool:
    """Whether before is told for after, or within for beyond."""
    for match in _SIDE.finditer(text):
        around = text[max(0, match.start() - 1) : match.end() + 1]
        if not any("".join(pair) in passages for pair in pairwise(around)):
            return True
    return False


def _names_another_doer(text: str, passages: str) -> bool:
    """Whether 由 names who does it otherwise than a passage, or where none says by whom."""
    said_by = {match["whom"] for match in _BY.finditer(passages)}
    return any(
        match["whom"] not in said_by and match["whom"] + match["does"] not in passages
        for match in _BY.finditer(text)
    )


def _swaps_actors(text: str, part: str) -> bool:
    """Whether two who act stand in the other order than in the part of a passage that has both."""
    order = [match["actor"][-3:] for match in _ACTOR.finditer(text)]
    for first, then in pairwise(dict.fromkeys(order)):
        if first in part and then in part and part.find(then) < part.find(first):
            return True
    return False


def _swaps_counts(text: str, passages: str) -> bool:
    """Whether a thing is counted otherwise than where the passages count it: 2名专职 for 1名专职."""
    known: dict[str, set[int | None]] = {}
    for match in _COUNTED.finditer(passages):
        known.setdefault(match["what"], set()).add(_number(match["count"]))
    return any(
        match["what"] in known and _number(match["count"]) not in known[match["what"]]
        for match in _COUNTED.finditer(text)
    )


def _number(count: str) -> int | None:
    return int(count) if count.isdigit() else chinese_numeral(count)


def _tells_as_done(text: str, passages: str) -> bool:
    """Whether what is still wanting (有待提高) is told as come about (提高了)."""
    return any(
        not _is_wanting(text, match.start())
        and all(_is_wanting(passages, other.start()) for other in _BETTER.finditer(passages))
        for match in _BETTER.finditer(text)
    )


def _is_wanting(text: str, at: int) -> bool:
    return bool(_WANTING.search(_CLAUSES.split(text[:at])[-1]))


def _joins_parts(clause: str, passages: Sequence[str]) -> bool:
    """Whether one clause is made of what stands in different parts of a passage."""
    parts = [part for passage in passages for part in _PARTS.split(passage) if part]
    known = "\n".join(parts)
    stretches = tuple(s for piece in _NEUTRAL.split(clause) for s in _stretches(piece, known))
    return bool(stretches) and not any(all(s in part for s in stretches) for part in parts)


def _stretches(clause: str, passages: str) -> Iterator[str]:
    """The longest stretches of a clause that stand in the passages, one after another."""
    start = 0
    while start < len(clause):
        end = start
        while end < len(clause) and clause[start : end + 1] in passages:
            end += 1
        stretch = clause[start:end]
        if len(_PARTICLES.sub("", _BARE.sub("", stretch))) >= LEAST_STRETCH:
            yield stretch
        start = max(end, start + 1)
