"""Whom a question is about: the agencies it names, means, or takes over from the conversation.

Pure. An organ without a place (工信局) is one agency where the library has one, a group where the
question speaks of several, and otherwise asked back. A place whose government the library lacks is
never answered with one of its bureaus.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.query import Ambiguity, Known, Operation
from assistant.question.agencies import EVERYONE, PRONOUNS, Mention, Named
from assistant.question.names import bare, take_apart
from ingest.numbers import chinese_numeral

# What is done with several agencies; the other operations want one each.
OF_SEVERAL: frozenset[Operation] = frozenset(
    (
        *(
            "rank",
            "extremum",
            "average",
            "sum",
            "filter",
            "count",
            "trend",
            "streak",
            "pace",
            "list",
            "compare",
        ),
        *("share", "median", "deviation"),
    )
)
# What takes the reports of one place together: 岚溪县2023年合计多少.
_ADDED_UP = frozenset[Operation](("sum", "average"))
_OF_AN_AREA = frozenset[Operation](("value", "sum", "average"))
_TOTAL = re.compile("申请总[数量]|合计")
# 全市一共收到多少申请: of the area, not of one bureau in it.
_WHOLE_AREA = re.compile("全[市县区省州旗镇乡]|各(?:部门|单位)(?:总|合)|市本级|辖区")
# 哪家最多 asks among all, unless several were just spoken of.
_WHO = re.compile(
    "哪一?家|(?<!理由是)(?<!情形是)(?<!原因是)(?<!种类是)哪一?个(?!科室|处室|股室|部门(?:负责|管|办|做|牵头|承担)|理由|原因|情形|问题|措施|环节|栏目|专栏|平台|系统|制度|机制|渠道|文件|事项|领域|案件|月|季度|更?[多少][?？]?$)|(?:哪些|哪几|几|多少)(?:个|家|份)?(?:单位|报告|部门|局|机关|年报)"
    "|(?<!来自)(?<![到由给归找靠向])谁(?!来?(?:起草|负责|签发|牵头|主办|审核|审查|把关|受理|管|做|承担|办理)(?:[?？]|$))(?!来?(?:组织|举办|负责|起草|签发|牵头|主办|审核|受理|管|写|做|建|参加|参与|看|提)的)|(?:几|多少)家(?!景区|企业|学校|医院|商户|公司|店|媒体|网站|银行|食堂|超市)"
)
_SO_MANY = re.compile("(?P<count>[二两三四五六七八九十])(?:家|个(?:单位|局|部门))")
# 除了市政府, 不算市政府和教育局: the names are masked by bars
_BUT = re.compile(
    "(?:除了?|不算|不含|不包括|不包含|不计|扣除|剔除|排除|去掉)(?P<names>[|]{2,}(?:[和与跟及、|]*[|]{2,})*)"
)
# 市政府和教育局之外的单位
_OTHER_THAN = re.compile("(?P<names>[|]{2,}(?:[和与跟及、|]*[|]{2,})*)(?:之外|以外|除外)")
# Words for the asker's own agency, which a first question cannot mean.
_OWN = (
    "我们局",
    "局里",
    "我们单位",
    "本局",
    "我局",
    "本单位",
    "我单位",
    "本机关",
    "你们局",
    "你们单位",
    "该局",
    "该单位",
)
MOST_CANDIDATES = 12
_GOVERNMENT = re.compile("政府$")
_GROUP = re.compile("部门$|系统$|单位$")


@dataclass(frozen=True, slots=True)
class Subject:
    """The agencies of a question. `everyone` says that all were meant in so many words.

    `is_inherited` says that they were taken over from the conversation. `rest` is the question with
    the words for them masked. `is_level` says that they are those of a level (区里的单位).
    `out_of_scope` names the area that was asked for in vain.
    """

    agencies: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguities: tuple[Ambiguity, ...] = ()
    everyone: bool = False
    is_inherited: bool = False
    rest: str = ""
    out_of_scope: str = ""
    is_level: bool = False

    @property
    def is_named(self) -> bool:
        """Whether the question itself names agencies, and not merely those of a level."""
        return bool(self.agencies) and not (self.is_inherited or self.is_level)


def find_subject(
    named: Named, known: Known, before: tuple[str, ...], operation: Operation, years: Iterable[int]
) -> Subject:
    """Whom the names in a question mean, after `before` were spoken of."""
    years = tuple(years)
    rest, has_pronoun = _without_pronouns(named.rest)
    spoken = named.rest if named.mentions else rest
    everyone = bool(EVERYONE.search(spoken)) and not _are_those(spoken, before)
    rest = EVERYONE.sub(lambda m: "|" * len(m.group()), rest)
    left_out = _left_out(named)
    for words in (_BUT, _OTHER_THAN):
        rest = words.sub(lambda m: "|" * len(m.group()), rest)
    kept = [m for m in named.mentions if not m.agencies or not left_out.issuperset(m.agencies)]
    sets = _named_sets(kept, known, before, years)
    wants_several = everyone or operation in OF_SEVERAL
    among_all = wants_several and bool(_WHO.search(rest))
    sets = [_of_the_place(s, known) if among_all else s for s in sets]
    if operation in _ADDED_UP or _TOTAL.search(named.rest):
        sets = [_bureaus_of_the_place(s, kept) for s in sets]
    agencies, ambiguities = _settle(sets, wants_several, everyone or among_all)
    if left_out:
        reporting = {a for a, year in known.reports if not years or year in years}
        among = agencies or known.agencies
        agencies = tuple(a for a in among if a in reporting and a not in left_out)
    unknown = tuple(m.text for m in named.mentions if not m.agencies and not m.near)
    ambiguities += tuple(
        Ambiguity(m.text, "agency", m.near) for m in named.mentions if not m.agencies and m.near
    )
    if not (agencies or unknown or ambiguities or before or len(known.agencies) < 2):
        ambiguities += tuple(
            Ambiguity(word, "agency", known.agencies[:MOST_CANDIDATES])
            for word in _OWN
            if word in named.rest
        )
    asks_who = bool(_WHO.search(rest)) and len(before) < 2
    inherited = (has_pronoun or not (everyone or asks_who)) and not (
        agencies or unknown or ambiguities
    )
    return Subject(
        agencies or (before if inherited else ()),
        unknown,
        ambiguities,
        everyone and not agencies,
        bool(inherited and before),
        rest,
        _area_out_of_scope(named, agencies)
        or (_area_of(before, named.rest) if inherited and operation in _OF_AN_AREA else ""),
        is_level=bool(kept) and all(m.is_level for m in kept),
    )


def _left_out(named: Named) -> frozenset[str]:
    """The agencies that the question leaves out of those it asks about."""
    match = _BUT.search(named.rest) or _OTHER_THAN.search(named.rest)
    if match is None:
        return frozenset()
    start, end = match.span("names")
    left_out = (m.agencies for m in named.mentions if start <= m.start < end)
    return frozenset(agency for agencies in left_out for agency in agencies)


def _are_those(text: str, before: tuple[str, ...]) -> bool:
    """Whether 两家 are the two that were just spoken of."""
    match = _SO_MANY.search(text)
    if match is None or len(before) < 2:
        return False
    return chinese_numeral(match["count"]) == len(before)


def _without_pronouns(text: str) -> tuple[str, bool]:
    found = False
    for pronoun in PRONOUNS:
        if pronoun in text:
            text = text.replace(pronoun, "|" * len(pronoun))
            found = True
    return text, found


@dataclass(frozen=True, slots=True)
class _Set:
    """The agencies that one name may mean; `is_organ` when it names a kind of agency only.

    `is_whole` says that all of them are meant.
    """

    text: str
    agencies: tuple[str, ...]
    is_organ: bool
    is_whole: bool = False


def _named_sets(
    mentions: Iterable[Mention], known: Known, before: tuple[str, ...], years: tuple[int, ...]
) -> list[_Set]:
    """What each name may mean, narrowed by the kind of agency, the conversation and the years."""
    sets = [_Set(m.text, m.agencies, _is_organ(m)) for m in mentions if m.agencies]
    kinds = [s.agencies for s in sets if s.is_organ]
    places = [s for s in sets if not s.is_organ]
    if places and kinds:
        of_kind = {a for kind in kinds for a in kind}
        placed = {a for s in places for a in s.agencies}
        sets = [
            s if s.is_organ else _Set(s.text, _narrowed(s.agencies, of_kind), False)
            for s in sets
            if not s.is_organ or placed.isdisjoint(s.agencies)
        ]
    narrowed = []
    for s in sets:
        agencies = s.agencies
        if len(agencies) > 1:
            agencies = _narrowed(agencies, set(before))
        if len(agencies) > 1 and not s.is_organ:
            agencies = _narrowed(agencies, (a for a in agencies if known.has(a, years)))
        narrowed.append(_Set(s.text, agencies, s.is_organ))
    return narrowed


def _is_organ(mention: Mention) -> bool:
    organs = {take_apart(agency).organ for agency in mention.agencies}
    return any(mention.text[-2:] in (o[-2:], "部门", "系统", "单位") for o in organs) and not any(
        place[:2] in mention.text for a in mention.agencies for place in take_apart(a).places
    )


def _narrowed(agencies: tuple[str, ...], to: Iterable[str]) -> tuple[str, ...]:
    """Those also among `to`, all of them where none is."""
    wanted = set(to)
    return tuple(a for a in agencies if a in wanted) or agencies


def _of_the_place(named: _Set, known: Known) -> _Set:
    """Every agency in a place that alone was named: 云江市谁的申请最少 asks among all of them."""
    if named.is_organ or len(named.agencies) < 2:
        return named
    within = tuple(
        agency
        for agency in known.agencies
        if any(named.text in (place, bare(place)) for place in take_apart(agency).places)
    )
    return _Set(named.text, within or named.agencies, named.is_organ)


def _bureaus_of_the_place(named: _Set, mentions: Iterable[Mention]) -> _Set:
    """岚溪县合计: every bureau held there; a government that sums up its area is not added to them."""
    within = next((m.agencies for m in mentions if m.text == named.text), ())
    if named.is_organ or len(within) < 2 or any(_is_government(agency) for agency in within):
        return named
    return _Set(named.text, within, named.is_organ, is_whole=True)


def _is_government(agency: str) -> bool:
    return bool(_GOVERNMENT.search(take_apart(agency).organ))


def _settle(
    sets: list[_Set], wants_several: bool, everyone: bool
) -> tuple[tuple[str, ...], tuple[Ambiguity, ...]]:
    """The agencies meant; 岚溪县两个局 means every bureau of the place, 岚溪县 alone is asked back."""
    agencies: dict[str, None] = {}
    ambiguities: list[Ambiguity] = []
    for s in sets:
        is_group = s.is_organ and (wants_several or bool(_GROUP.search(s.text)))
        if len(s.agencies) == 1 or is_group or everyone or s.is_whole:
            agencies |= dict.fromkeys(s.agencies)
        else:
            ambiguities.append(Ambiguity(s.text, "agency", s.agencies))
    return tuple(agencies), tuple(ambiguities)


def _area_of(before: tuple[str, ...], text: str) -> str:
    """The area that is asked for after one bureau of it was spoken of: 全区一共呢; "" otherwise."""
    if not _WHOLE_AREA.search(text) or any(_is_government(agency) for agency in before):
        return ""
    places = [take_apart(agency).places for agency in before]
    return places[0][-1] if places and places[0] else ""


def _area_out_of_scope(named: Named, agencies: tuple[str, ...]) -> str:
    """The area whose own report was asked for, where only a bureau's is held; "" otherwise."""
    if not agencies or not _WHOLE_AREA.search(named.rest):
        return ""
    if any(_is_government(agency) for agency in agencies):
        return ""
    for mention in named.mentions:
        for agency in mention.agencies:
            organ = take_apart(agency).organ
            if agency in agencies and organ and organ not in mention.text:
                return mention.text
    return ""
