"""The names people use for agencies, and which agency of the library each of them means.

Pure. It knows how names of Chinese agencies are built (places, then an organ) and how people
shorten them; it knows no list of agencies but the library's. The invariant: a name that the
library does not hold is reported as unknown, never taken for a similar one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.question.names import (
    NICKNAMES,
    ORGAN_STEMS,
    ORGAN_SUFFIX,
    STEM,
    Parts,
    bare,
    shorten,
    take_apart,
)

# 政府 is an organ in 招远市政府 and none in 政府信息公开.
_ORGAN = re.compile(
    f"(?:{STEM})(?:局|委|厅|办(?!理|结|件)|中心|馆|部门)"
    "|(?<=[省市区县旗州乡镇])政府办?(?!信息|网|门户|采购|开放|工作|公报|机关|集中|公开(?!征求|征集|了|过|的|多少|几)|理|结|件)"
    "|管委会|街道办事处|街道办|办事处"
)
# 市监2023年 · 教育23年: the organ without its 局, first and before a year
_BARE_ORGAN = re.compile(f"^(?:{STEM})(?=的?(?:20)?[0-9]{{2}})")
# 市局2023年, 那县局呢: a bureau of that level, whichever
_BUREAU_OF_A_LEVEL = re.compile(
    "(?:^|(?<=[,，。的和与跟比在问查看那对:：]))[市区县州旗]局(?![长党里])"
)
# 资源局2023年: a bureau by its nickname alone
_NICKNAMED = re.compile(
    f"(?:^|(?<=[,，。的和与跟及比在问查看那对就是来起前后度、:：年|]))(?:{'|'.join(n for ns in NICKNAMES.values() for n in ns)})局(?![长党里])"
)
# What a place is followed by when an organ is meant that the list above lacks: 招远市黄金局.
_OTHER_ORGAN = re.compile("[一-龥]{1,8}?(?:局|委(?![员托])|厅|管委会|街道|镇)")
_PLACE_AT_END = re.compile("[一-龥]{1,6}(?:省|市|区|县|旗|盟|州)$")
# 县里的单位, 区直部门, 市里两个局: every body of that level
_BODIES_OF_A_LEVEL = re.compile(
    "(?P<level>[省市县区旗镇乡])(?:里|直|级|属)的?(?:这|那)?(?:(?:[两二三四五六七八九十几各每\\d]+)?[个家]?"
    "(?P<body>单位|部门|局|机关)(?!长)|[两二三四五六七八九十几]家|(?=哪[个家些几]))"
)
# A place that the library lacks, named without an organ: 历下区2023年, 济南市的.
_LONE_PLACE = re.compile(
    "(?P<place>[一-龥]{2,5}(?:市|区|县|省))(?=[12][0-9]{3}|[0-9]{2}年|去年|今年|的|收到|新收|主动公"
    "|依申请|行政|办结|办理|有|被|一?共|总共|和|与|跟|、|呢|[?]?$)"
)
# A channel named for the agency: “博山经信” is no agency of its own.
_CHANNEL = re.compile(f'(?:{STEM}|发布|政务)(?=[”"」』])')
_CHINESE_AT_END = re.compile("[一-龥]{1,16}$")
# What no name of an agency or a place contains.
_NO_PLACE = re.compile(
    "^的|哪|几|零|多少|什么|收到|公开|主动|申请|许可|处罚|复议|诉讼|收费|全市|全县|全区|全省|信息|同级|上级|下级|各级|平衡|属于|报告|年|条|件"
    "|有|没|怎|吗|呢|谁|最|总|共|办理|答复|处理|建议|提案|存在|问题|措施|个|家|小区|学区|社区|景区|园区|辖区|县区|市区|城区|超市|^[市区县省州旗]$"
)
# 区政府 where only a city's is held, 省教育厅 where a district's is: another level is another agency.
_LEVEL = re.compile("[省市区县州旗]")
# Words of a question after which a name may begin; 济南市工信局 follows 请问.
_BEFORE_A_NAME = re.compile(
    "申请人|排名|排行|排序|名次|之前|以前|之后|以后|年起|年开始|截至|截止|请问一下|请问下|请问|问一下|问下|问题|措施|情况|难道|超过|多于|少于|低于|高于|大于|小于|不如|不及|不是说|是不是说|莫非|都说|传闻|找|向|听说|据说|既然|刚才|刚刚|回到|说回|再说|前面|上面|如果|假如|为什么|为何|那么|所以|但是|不过|因为|虽然|换成|改成|改为|只看|单看|单说|回头|问的|说的|一下|想问|想知道|告诉我|帮我|查询|看看|说说|讲讲|谈谈|聊聊|讲一讲|说一说|想了解下|了解下|了解|年里|总结|概括|归纳|梳理|统计|汇总|比较|对比|列出|介绍|那么|关于|根据|还有|以及|其中|相比"
    "|所有|全部|各个|各家|各|每个|每家|哪个|哪家|哪些|几家|几个|家|个|的|和|与|跟|及|或|比|在|是|问|查|看|那|对|给|把|以来|除了|除|不算|不含|不包括|不包含|不计|扣除|剔除|排除|去掉"
    "|由|让|年度|年份|年|月|日|到|至|请|被|我市|我县|我区|本市|本县|本区|咱们|我们|你们|全市|全县|全区|这|该"
)

# Words that stand for the agency spoken of before.
PRONOUNS: tuple[str, ...] = (
    *(
        "我们局里",
        "我们局",
        "我们单位",
        "局里",
        "本局",
        "我局",
        "本单位",
        "我单位",
        "本机关",
        "该局",
        "该单位",
    ),
    *(
        "这个局",
        "这个单位",
        "这家单位",
        "这家",
        "那家",
        "你们局",
        "你们单位",
        "他们局",
        "他们",
        "它们",
        "它",
        "我们",
    ),
    *("这个区", "这份报告", "该报告", "这份年报", "这篇报告", "两家单位", "这两家", "这几家"),
)
# Words that mean all agencies of the library.
EVERYONE = re.compile(
    "(?:所有|(?<!占)全部(?!来自|是|都是)|全体|各个|各家|各(?!自))(?:的)?(?:单位|部门|机关|机构|局|家|报告|年报)?"
    "|(?:资料库|文库|库)(?:里|中|内)?(?:的)?"
    "|(?:这|那)?(?<!第)[一二两三四五六七八九十0-9]{1,3}(?:家|个(?!问题|不足|方面|原因|理由|措施|办法|做法|渠道|平台|栏目|工作日|月)|份)(?:单位|部门|机关|机构|局|报告|年报)?"
    "|每(?:家|个|份)(?:单位|部门|机关|机构|局|报告|年报)?"
    "|大家|全库"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a shortened question and the agencies that it may mean.

    No agency means that the library lacks it; `near` are agencies whose names differ from it in
    one character, to be asked back, never taken. `is_level` says that it means all of a level.
    """

    start: int
    end: int
    text: str
    agencies: tuple[str, ...]
    near: tuple[str, ...] = ()
    is_level: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A shortened question with the names found in it; `rest` has bars where they stood."""

    text: str
    mentions: tuple[Mention, ...]
    rest: str


@dataclass(frozen=True)
class Directory:
    """Every name by which the agencies of one library may be called.

    `full` names an organ of a place; `places` and `organs` are half a name each, and mean an
    agency only where nothing beside them says otherwise; `levels` are 市, 区, 县 with their bodies.
    """

    full: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[str, ...]]
    organs: Mapping[str, tuple[str, ...]]
    levels: Mapping[str, tuple[str, ...]]

    def find(self, question: str) -> Named:
        """The names in a question, from left to right, none overlapping."""
        text = rest = shorten(question)
        found: list[Mention] = []
        for step in (
            self._full_names,
            self._levels,
            self._organs,
            self._places,
            self._foreign_places,
        ):
            mentions = tuple(step(rest))
            rest = _masked(rest, mentions)
            found += mentions
        return Named(text, tuple(sorted(found, key=lambda m: m.start)), rest)

    @cached_property
    def _lengths_of_full(self) -> Mapping[str, Sequence[int]]:
        return _lengths(self.full)

    @cached_property
    def _lengths_of_places(self) -> Mapping[str, Sequence[int]]:
        return _lengths(self.places)

    def _full_names(self, text: str) -> Iterator[Mention]:
        """Names with place and organ; 南京市鼓楼区教育局 is not 福州市鼓楼区教育局."""
        for start, name in _scan(self.full, text, self._lengths_of_full):
            above = _PLACE_AT_END.search(_name_before(text, start))
            head = above.group() if above and not _NO_PLACE.search(above.group()) else ""
            agencies = tuple(a for a in self.full[name] if not head or _may_lie_in(a, head))
            if agencies:
                yield Mention(start - len(head), start + len(name), head + name, agencies)
            else:
                yield self._unknown(start - len(head), head + name)

    def _levels(self, text: str) -> Iterator[Mention]:
        """All the bodies of a level; a government is no bureau or department."""
        for match in _BODIES_OF_A_LEVEL.finditer(text):
            agencies = self.levels.get(match["level"], ())
            if match["body"] in ("局", "部门"):
                agencies = tuple(a for a in agencies if not take_apart(a).organ.endswith("政府"))
            name = f"{match['level']}里的单位"
            yield Mention(match.start(), match.end(), name, agencies, is_level=True)

    def _organs(self, text: str) -> Iterator[Mention]:
        """Organs without a place mean the library's; with a foreign place, an unknown agency."""
        if (bare_organ := _BARE_ORGAN.match(text)) and bare_organ.group() + "局" in self.organs:
            name = bare_organ.group()
            yield Mention(0, bare_organ.end(), name, self.organs[name + "局"])
        for match in _BUREAU_OF_A_LEVEL.finditer(text):
            kind = match.group()
            yield Mention(match.start(), match.end(), kind, self.organs.get(kind, ()))
        for match in _NICKNAMED.finditer(text):
            if match.group() in self.organs:
                yield Mention(match.start(), match.end(), match.group(), self.organs[match.group()])
        known_to = 0
        for match in _ORGAN.finditer(text):
            place = _name_before(text, match.start())
            if (
                match.start() - len(place) < known_to
                and text[known_to : match.end()] in self.organs
            ):
                # 教育局水利局: two names that nothing stands between, not one of nobody here
                place = text[known_to : match.start()]
            name = place + match.group()
            start = match.start() - len(place)
            if name in self.organs:
                known_to = match.end()
                yield Mention(start, match.end(), name, self.organs[name])
            elif _LEVEL.fullmatch(place) or (
                not name.endswith("部门") and not _NO_PLACE.search(place)
            ):
                yield self._unknown(start, name)
            elif _NO_PLACE.search(place) and match.group() in self.organs:
                yield Mention(match.start(), match.end(), match.group(), self.organs[match.group()])

    def _places(self, text: str) -> Iterator[Mention]:
        """A place alone means its agency, unless an organ follows that the library lacks there."""
        for start, place in _scan(self.places, text, self._lengths_of_places):
            end = start + len(place)
            if _is_quoted_in_part(text, start):
                continue
            organ = self._mistyped_organ(place, text[end:])
            other = _OTHER_ORGAN.match(text, end)
            if organ:
                yield Mention(start, end + len(organ), place, self.full[place + organ])
            elif other and not _NO_PLACE.search(other.group()):
                yield self._unknown(start, place + other.group())
            else:
                channel = _CHANNEL.match(text, end)
                end = channel.end() if channel else end
                yield Mention(start, end, text[start:end], self.places[place])

    def _mistyped_organ(self, place: str, after: str) -> str:
        """The organ of this place that the next characters miss by one (工信居 for 工信局)."""
        organs = dict.fromkeys(take_apart(agency).organ for agency in self.places[place])
        near = [o for o in organs if len(o) > 2 and _one_slip(after[: len(o)], o)]
        return near[0] if len(near) == 1 and place + near[0] in self.full else ""

    def _foreign_places(self, text: str) -> Iterator[Mention]:
        for match in _LONE_PLACE.finditer(text):
            place = _name_before(text, match.end("place"))
            if place and not _NO_PLACE.search(place):
                yield self._unknown(match.end("place") - len(place), place)

    def _unknown(self, start: int, name: str) -> Mention:
        """A name of nobody here, with the agencies whose names differ from it in one character."""
        near = dict.fromkeys(
            agency
            for known, agencies in self.full.items()
            if len(known) > 4 and _one_slip(name, known)
            for agency in agencies
        )
        return Mention(start, start + len(name), name, (), near=tuple(near))


@lru_cache(maxsize=8)
def directory(agencies: tuple[str, ...]) -> Directory:
    """The names of these agencies, made once for each library."""
    full: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    organs: dict[str, list[str]] = {}
    levels: dict[str, list[str]] = {}
    for agency in agencies:
        parts = take_apart(agency)
        for name in _full_names(agency, parts):
            full.setdefault(name, []).append(agency)
        for place in _spelled_places(parts.places):
            places.setdefault(place, []).append(agency)
        for organ in _organ_names(parts):
            organs.setdefault(organ, []).append(agency)
        if parts.places:
            levels.setdefault(parts.places[-1][-1], []).append(agency)
    return Directory(_frozen(full), _frozen(places), _frozen(organs), _frozen(levels))


def _frozen(names: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(agencies)) for name, agencies in names.items() if name}


def _full_names(agency: str, parts: Parts) -> Iterator[str]:
    yield shorten(agency)
    if not parts.organ:
        return
    organs = [parts.organ]
    stem = ORGAN_SUFFIX.sub("", parts.organ)
    if stem != parts.organ:
        organs += [nickname + "局" for nickname in NICKNAMES.get(stem, ())]
    if stem != parts.organ and len(stem) > 1:
        organs += [stem, *(stem + suffix for suffix in "局委厅")]
    for places in _spelled_places(parts.places):
        yield from (places + organ for organ in organs)


def _spelled_places(places: Sequence[str]) -> Iterator[str]:
    """The last place, with any run of the places above it, each written in full or bare."""
    spelled = [""]
    for place in reversed(places[-3:]):
        spelled = [form + rest for rest in spelled for form in dict.fromkeys((place, bare(place)))]
        yield from spelled


def _organ_names(parts: Parts) -> Iterator[str]:
    if not parts.organ:
        return
    yield parts.organ
    stem = ORGAN_SUFFIX.sub("", parts.organ)
    yield from (nickname + "局" for nickname in NICKNAMES.get(stem, ()) if stem != parts.organ)
    if stem in ORGAN_STEMS:
        yield from (stem + kind for kind in ("局", "委", "厅", "部门", "系统", "单位"))
    if parts.places and (kind := re.search("[省市区县旗州]$", parts.places[-1])):
        yield kind.group() + parts.organ
        if parts.organ.endswith("局"):
            yield kind.group() + "局"


def _is_quoted_in_part(text: str, start: int) -> bool:
    """Whether other words stand before a place within quotation marks: “夜游岚溪” is no agency."""
    opened = max(text.rfind(mark, 0, start) for mark in "“「『")
    closed = max(text.rfind(mark, 0, start) for mark in "”」』")
    return opened > closed and opened + 1 < start


def _lengths(names: Iterable[str]) -> Mapping[str, Sequence[int]]:
    """The first two characters of these names → the lengths of those that begin so, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        if len(name) > 1:
            found.setdefault(name[:2], set()).add(len(name))
    return {start: sorted(lengths, reverse=True) for start, lengths in found.items()}


def _scan(
    names: Mapping[str, tuple[str, ...]], text: str, lengths: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, str]]:
    """Where the longest of these names stand in the text, from left to right."""
    at = 0
    while at < len(text) - 1:
        possible = (text[at : at + length] for length in lengths.get(text[at : at + 2], ()))
        name = next((name for name in possible if name in names), "")
        if name:
            yield at, name
        at += len(name) or 1


def _name_before(text: str, end: int) -> str:
    """The characters just before `end` that may belong to a name: 济南市 in 请问济南市|工信局."""
    run = _CHINESE_AT_END.search(text[:end])
    return _BEFORE_A_NAME.split(run.group())[-1] if run else ""


def _may_lie_in(agency: str, place: str) -> bool:
    """Whether an agency may belong to a place: its name says so, or says nothing of it."""
    places = take_apart(agency).places
    return len(places) < 2 or bare(place) in "".join(places)


def _one_slip(typed: str, meant: str) -> bool:
    """Whether two names of one length differ in exactly one character (工信居, 工信局)."""
    if len(typed) != len(meant):
        return False
    return sum(a != b for a, b in zip(typed, meant, strict=True)) == 1


def _masked(text: str, mentions: Sequence[Mention]) -> str:
    """The text of the same length with each name replaced by bars, so that it means nothing."""
    for mention in mentions:
        length = mention.end - mention.start
        text = text[: mention.start] + "|" * length + text[mention.end :]
    return text
