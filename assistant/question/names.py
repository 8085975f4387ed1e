"""How agencies are named: places, organs, and the short forms that people write for them.

Data and pure functions. It knows how names of Chinese agencies are built (places, then an organ) and
how people shorten them; it knows no list of agencies.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ingest.characters import for_matching

# Longest first: a later pair may shorten what an earlier one left. Both the names of the library
# and the question are shortened, so a name matches however much of it is written out.
SHORTENINGS: tuple[tuple[str, str], ...] = (
    ("市府", "市政府"),
    ("人民政府办公厅", "政府办"),
    ("人民政府办公室", "政府办"),
    ("政府办公厅", "政府办"),
    ("政府办公室", "政府办"),
    ("人民政府", "政府"),
    ("工业和信息化", "工信"),
    ("工业与信息化", "工信"),
    ("工业信息化", "工信"),
    ("经济和信息化", "经信"),
    ("经济信息化", "经信"),
    ("发展和改革", "发改"),
    ("发展与改革", "发改"),
    ("发展改革", "发改"),
    ("教育和体育", "教体"),
    ("教育体育", "教体"),
    ("人力资源和社会保障", "人社"),
    ("人力资源与社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("人力社保", "人社"),
    ("自然资源和城乡建设", "自然资源住建"),
    ("自然资源和规划", "自规"),
    ("自然资源与规划", "自规"),
    ("自然资源规划", "自规"),
    ("资源规划", "自规"),
    ("住房和城乡建设", "住建"),
    ("住房与城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("城乡建设", "住建"),
    ("市场监督管理", "市监"),
    ("市场局", "市监局"),
    ("市场监督局", "市监局"),
    ("市场监管", "市监"),
    ("卫生健康", "卫健"),
    ("文化广电和旅游体育", "文旅体"),
    ("文化和广电旅游体育", "文旅体"),
    ("文化广电旅游体育", "文旅体"),
    ("文化广电和旅游", "文旅"),
    ("文化和旅游", "文旅"),
    ("文化广电旅游", "文旅"),
    ("文化旅游", "文旅"),
    ("文广旅", "文旅"),
    ("退役军人事务", "退役军人"),
    ("应急管理", "应急"),
    ("数据和行政审批服务", "审批"),
    ("行政审批服务", "审批"),
    ("行政审批", "审批"),
    ("审批服务", "审批"),
    ("交通运输", "交通"),
    ("农业农村", "农业"),
    ("医疗保障", "医保"),
    ("城市管理综合行政执法", "城管"),
    ("城市管理和综合执法", "城管"),
    ("城市管理行政执法", "城管"),
    ("城市管理执法", "城管"),
    ("综合行政执法", "综合执法"),
    ("城市管理", "城管"),
    ("林业和草原", "林草"),
    ("林业草原", "林草"),
    ("国有资产监督管理", "国资"),
    ("机关事务管理", "机关事务"),
    ("机关事务服务", "机关事务"),
    ("大数据发展管理", "大数据"),
    ("大数据管理", "大数据"),
    ("地方金融监督管理", "金融"),
    ("地方金融监管", "金融"),
    ("生态环境保护", "生态环境"),
    ("环境保护", "生态环境"),
    ("环保", "生态环境"),
    ("管理委员会", "管委会"),
)
_COMMITTEE = re.compile("(?<!管)委员会")

# Organs as people name them, shortened; what stands before one of these is a place.
ORGAN_STEMS: tuple[str, ...] = (
    *("工信", "经信", "工信商务", "发改", "教体", "教育", "体育", "科技", "科学技术", "公安"),
    *("民政", "司法", "财政", "人社", "自规", "自然资源住建", "自然资源", "生态环境", "住建"),
    *("交通", "水利", "水务", "农业", "商务", "文旅", "文旅体", "卫健", "退役军人", "应急"),
    *("审计", "市监", "统计", "医保", "城管", "综合执法", "审批", "信访", "林业", "林草"),
    *("国资", "外事", "税务", "气象", "档案", "金融", "大数据", "机关事务", "乡村振兴"),
    *("粮食", "海洋", "园林", "规划", "房管", "住房保障", "招商", "投资促进", "政务服务"),
    *("行政服务", "知识产权", "民族宗教", "侨务", "文物", "广电", "药监", "烟草", "邮政"),
)
# What people call a bureau beside the stem of its name: 资源局 for 自然资源局.
NICKNAMES: Mapping[str, tuple[str, ...]] = {
    "自然资源": ("资源",),
    "自规": ("资源", "规划"),
    "生态环境": ("环境",),
    "市监": ("市管",),
    "退役军人": ("退役",),
    "农业": ("农委",),
}
# Those stems as one pattern, the longest first.
STEM = "|".join(sorted(ORGAN_STEMS, key=len, reverse=True))
_KIND_OF_PLACE = (
    "自治区|自治州|自治县|自治旗|特别行政区|特别合作区|开发区|示范区|工业园区|高新区|新区|地区"
    "|省|市(?!监|场|政(?!府)|民(?!政|宗|族))|区|县|旗|盟|(?<=[一-龥]{2})州(?![市区县湾])|乡(?![村建镇市])|镇(?![市江宁])|街道"
)
_PLACE = re.compile(f"[一-龥]+?(?:{_KIND_OF_PLACE})")
_BARE_SUFFIX = re.compile(
    "(?:自治区|自治州|自治县|特别行政区|经济技术开发区|高新技术开发区|开发区|示范区|地区"
    "|省|市|区|县|旗|盟|州|乡|镇|街道)$"
)
ORGAN_SUFFIX = re.compile("(?:局|委|厅)$")
# 局 is often typed as a character that sounds like it.
_MISTYPED_BUREAU = re.compile(f"(?<={'|'.join(s for s in ORGAN_STEMS if len(s) == 2)})[居句剧具]")


@dataclass(frozen=True, slots=True)
class Parts:
    """An agency's shortened name taken apart: 枣庄市, 薛城区 and 工信局."""

    places: tuple[str, ...]
    organ: str


def shorten(text: str) -> str:
    """The text for matching, with organs in the short form people use.

    >>> shorten("淄博市博山区工业和信息化局")
    '淄博市博山区工信局'
    """
    short = for_matching(text)
    for long, brief in SHORTENINGS:
        short = short.replace(long, brief)
    return _MISTYPED_BUREAU.sub("局", _COMMITTEE.sub("委", short))


def as_typed(question: str, name: str) -> str:
    """The words of a question that this shortened name stands for, the name where none do.

    >>> as_typed("卫生健康局收到几件", "卫健局")
    '卫生健康局'
    """
    ends = [end for end in range(len(question)) if question[end] == name[-1:]]
    runs = (question[at : end + 1] for end in ends for at in range(end, -1, -1))
    return next((run for run in runs if shorten(run) == name), name)


@lru_cache(maxsize=8192)
def take_apart(agency: str) -> Parts:
    """The places and the organ of an agency's name.

    >>> take_apart("淄博市博山区工业和信息化局")
    Parts(places=('淄博市', '博山区'), organ='工信局')
    """
    rest = shorten(agency)
    places: list[str] = []
    while match := _PLACE.match(rest):
        places.append(match.group())
        rest = rest[match.end() :]
    return Parts(tuple(places), rest)


def bare(place: str) -> str:
    """The place without its kind (招远市 → 招远), whole where too little would be left."""
    stem = _BARE_SUFFIX.sub("", place)
    return stem if len(stem) > 1 else place
