"""Names of agencies and areas as reports write them: in full, without the city, abbreviated.

Knows how names are shortened (工业和信息化局 → 工信局) and which area a name begins with; no list of
real agencies. The invariant: two names count as one agency only when one can be the other's short
form, so a different bureau of the same district never does.
"""

import re

# The names of bodies end so; longer endings first.
_ENDS = (
    "人民政府办公室|人民政府办公厅|街道办事处|人民政府|管理委员会|管委会|委员会|办公室|办公厅|办事处|服务局|"
    "管理局|局|委|厅"
)
_AGENCY = re.compile(
    rf"(?:[\u4e00-\u9fff]{{1,10}}?[省市区县旗州])?[\u4e00-\u9fff]{{2,16}}?(?:{_ENDS})(?!长)"
)
# 青禾区城市管理局 is not of a city called 城市.
_NO_PLACES = frozenset({"城市", "社区", "园区", "小区"})
_ONE_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治区|自治州|自治县|省|市|区|县|旗|州|盟)")


def agencies_in(text: str) -> list[str]:
    """The names of agencies that a text holds, in order."""
    return [match[0] for match in _AGENCY.finditer(text)]


def agency_before(text: str) -> str:
    """The name of the agency that a text begins with; empty when it begins otherwise."""
    match = _AGENCY.match(text)
    return match[0] if match else ""


def area_of(agency: str) -> str:
    """The smallest area an agency's name begins with, empty when it names none.

    >>> area_of("云溪市青禾区工业和信息化局"), area_of("区工信局")
    ('青禾区', '')
    """
    places = _places(agency)
    return places[-1] if places else ""


def _places(agency: str) -> list[str]:
    """The places at the front of a name, from the largest: 云溪市, 青禾区."""
    places = []
    rest = agency
    while match := _ONE_PLACE.match(rest):
        if match[0] in _NO_PLACES or len(rest) == len(match[0]):
            break
        places.append(match[0])
        rest = rest[len(match[0]) :]
    return places


def body_of(agency: str) -> str:
    """The name without the places before it: 工业和信息化局."""
    rest = agency.removeprefix("".join(_places(agency)))
    return re.sub(r"^[区县市省镇乡](?=[\u4e00-\u9fff]{2,})", "", rest)


def belongs_to(name: str, area: str) -> bool:
    """Whether a name begins with the area, with or without the larger places before it."""
    before, found, _ = name.partition(area)
    return bool(area and found) and (not before or before[-1] in "省市州盟区")


def same_agency(one: str, other: str) -> bool:
    """Whether two names can be the same agency's: one is the other's short form.

    >>> same_agency("青禾区工业和信息化局", "区工信局"), same_agency("青禾区工信局", "青禾区水务局")
    (True, False)
    """
    one, other = _plain(one), _plain(other)
    areas = area_of(one), area_of(other)
    if all(areas) and areas[0] != areas[1]:
        return False
    bodies = sorted((body_of(one), body_of(other)), key=len)
    return is_abbreviation(bodies[0], bodies[1])


# Bodies before → after the reforms of 2018 and 2023, by what their names hold.
_RENAMED = (
    ("经济和信息化", "工业和信息化"),
    ("经济贸易", "工业和信息化"),
    ("卫生和计划生育", "卫生健康"),
    ("国土资源", "自然资源"),
    ("环境保护", "生态环境"),
    ("农业局", "农业农村局"),
    ("工商行政管理", "市场监督管理"),
    ("质量技术监督", "市场监督管理"),
    ("安全生产监督管理", "应急管理"),
    ("旅游", "文化和旅游"),
    ("文化局", "文化和旅游局"),
    ("扶贫开发", "乡村振兴"),
    ("乡村振兴", "农业农村"),
    ("大数据", "数据"),
    ("科学技术", "工业和信息化"),
    ("政务服务", "行政审批服务"),
    ("金融工作", "地方金融"),
    ("粮食", "发展和改革"),
)


def renamed(one: str, other: str) -> bool:
    """Whether two names can be one body's before and after a reform, in the same area.

    >>> renamed("青禾区经济和信息化局", "青禾区工业和信息化局"), renamed("甲县水务局", "甲县审计局")
    (True, False)
    """
    areas = area_of(_plain(one)), area_of(_plain(other))
    if all(areas) and areas[0] != areas[1]:
        return False
    first, second = body_of(_plain(one)), body_of(_plain(other))
    return any(
        (before in first and after in second) or (before in second and after in first)
        for before, after in _RENAMED
    )


def _plain(name: str) -> str:
    """The name with its ending cut short and without what stands in brackets.

    A government's own office reports and signs for it: 甲县人民政府办公室 → 甲县人民政府.
    """
    name = re.sub(r"[（(][^）)]*[）)]", "", name)
    name = re.sub(r"(?<=政府)办公[室厅]$|(?<=街道)办事处$", "", name)
    return re.sub(r"(?<=委)员会$|(?<=办)公[室厅]$|人民(?=政府$)", "", name)


def is_abbreviation(short: str, long: str) -> bool:
    """Whether every character of `short` stands in `long`, in order, both with the same end."""
    if short[-1:] != long[-1:]:
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def is_short_for(short: str, long: str) -> bool:
    """Whether `short` abbreviates the body's name, not only leaves out the city before it."""
    return body_of(short) != body_of(long) and len(body_of(short)) < len(body_of(long))


# 《云溪市2023年政务公开工作要点》: the area before a document of its own
_AREA_OF_DOCUMENT = re.compile(
    r"《(?P<area>[\u4e00-\u9fff]{2,8}?[省市区县])(?:20\d{2}年)?[^》]{0,12}(?:政务公开|政府信息公开)[^》]*》"
)


def areas_in(text: str) -> list[str]:
    """The areas whose documents on open government a text cites."""
    return [match["area"] for match in _AREA_OF_DOCUMENT.finditer(text)]
