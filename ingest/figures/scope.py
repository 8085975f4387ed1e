"""Whose number it is, and of which year: scope words, other bodies and other years in a sentence.

The invariant: a number that the sentence ascribes to another body, to a whole area, to another year
or to all years since is never left looking like the agency's own of the year reported on.
"""

import re

from ingest.figures.tokens import MASK, View

_CHINESE = r"\u4e00-\u9fff"
# 全市共受理…, 2023年，全区各部门…; not 在全市推广
_AREA = re.compile(
    rf"(?:^|[,;:。{MASK}、(]|年来|以来|其中)(?:我)?(?P<area>全(?:市|县|区|省|州|镇|乡|盟|旗|系统)|[市县区省]本级|本级"
    r"|(?<![^;。])(?:[局委厅]属|下属|直属)(?=[^,;。]{0,8}(?:单位|机构|学校|医院)))"
    r"(?!范围|首|前列|率先|统一|推广|通报)"
)
_OWN = re.compile(
    r"(?:我|本)(?:局|委|厅|办|院|中心|单位|机关|部门|镇|乡|街道|县|区|市|省|部|馆|会)"
)
_SUBJECT = re.compile(
    rf"(?:^|[,;:。{MASK}、])(?P<name>[{_CHINESE}]{{2,20}}?(?:局|委员会|委|厅|办公室|办公厅|中心|政府|办事处|总队|支队))"
    rf"(?:机关|系统|全系统)?(?:累计|全年|年内|共|主动|统一|已|今年|本年度|{MASK}|,)*"
    r"(?:收到|受理|办理|承办|承接|接到|发布|公开|制发|推送|答复|未|没有|无)"
)
_DID = r"(?:收到|受理|办理|承办|承接|接到|发布|公开|制发|推送|答复|未|没有|无)"
# 青禾县公开5602条, 其中河口镇收到3件, 各镇(街道)收到9件; not 专区发布, 我县公开
_TOWN = re.compile(
    rf"(?:^|[,;:。{MASK}、])(?:其中[,:]?)?(?P<name>各?[{_CHINESE}]{{1,5}}?"
    rf"(?:(?<![我本全专园社小城景辖务阅片地个乡村集])[市县区旗镇乡]|街道|镇街)(?:\((?:街道|[镇乡街市县区旗]|、)+\))?)"
    rf"(?:累计|全年|年内|共计?|主动|{MASK}|,)*{_DID}"
)
# 其中河口镇30条、青山镇20条; not 覆盖乡镇12个
_LISTED_TOWN = re.compile(
    rf"(?:[,;:。(、]|其中)(?P<name>(?!覆盖|涉及|惠及|走进|深入|辐射|设)[{_CHINESE}]{{2,4}}?(?<![乡村集城社园景市])(?:[县区旗镇乡]|街道)"
    r"|各(?:镇街|街道|[县区市旗镇乡])(?:\((?:街道|[镇乡街市县区旗]|、)+\))?)$"
)
_LONGEST_LISTED = 16  # characters of what _LISTED_TOWN matches
# 第三季度公开200条, 上半年收到5件, 近三年累计受理…: not the number of the whole year.
_SPAN = re.compile(
    r"(?:^|[,;:。]|\d年)(?P<span>第?[一二三四1-4]季度|[上下]半年|近[两三四五六七八九十\d]+年来?|[三四五]年来"
    r"|\d{1,2}月?(?:份)?[-—–~至到]\d{1,2}月(?:份)?(?!\d)"
    r"|20\d{2}年(?:[2-9]|1[0-2])月(?:\d{1,2}日)?[-—–~至到]20\d{2}年\d{1,2}月)"
)
_BEGINS_A_SPAN = re.compile(r"年(?:[2-9]|1[0-2])月(?:\d{1,2}日)?[-—–~至到]20")
_WHOLE_YEAR = re.compile(r"全年|年内|本年度?|今年|(?<!\d)1月?(?:份)?[-—–~至到]12月")
_NO_SUBJECT = re.compile(
    r"^(?:通过|在|经|同|依托|利用|各|按照|根据|并|其中|包括|本|我)|[由向与对和及为将等的]|代表|公开|信息|申请"
)
_YEAR = re.compile(r"(?P<year>20\d{2})(?=年)|(?P<last>上年度?|上一年度?|去年)")
# A year speaks for what follows only at the start of a clause; in 2018年部门决算 it is part of a name.
_OPENS_A_CLAUSE = re.compile(r"(?:^|[,;:。(、]|其中|截至|截止|在|对于)$")
_ALL_YEARS = re.compile(
    r"历年(?=以?来|累计|共|主动|公开|发布|收到)|(?:开通|上线|运行|成立|开设|建成)(?:至今|以来)|(?:自|从)?20\d{2}年以来|(?:自|从)20\d{2}年[^,]{0,8}以来|开办以来"
)

# 累计公开5.6万条，本年新增3200条: the first is more than the year's.
_NEW_OF_ALL = re.compile(
    r"[\d,.]+[^;。,\d]{1,6},(?:其中)?[:,]?(?:本年度?|今年|当年|年内|20\d{2}年度?)(?:共)?新增"
)
# 新增主动公开信息311条，累计主动公开信息3174条
_ALL_AFTER_NEW = re.compile(
    r"新增(?P<what>[^,;。\d]{2,12})(?:达)?\d[^,;。]*,累计(?P=what)[^,;。]{0,4}$"
)

ALL_YEARS = "历年累计"
"""The scope of a number that counts more than the year reported on."""


def scope_of(view: View, position: int, agency: str | None) -> str | None:
    """The area or body that the number at `position` counts, None when it is the agency's own."""
    before = view.text[:position]
    since = _ALL_YEARS.search(view.plain, 0, position)
    if since and not _WHOLE_YEAR.search(view.plain, since.end(), position):
        return ALL_YEARS
    if "累计" in before and (
        _NEW_OF_ALL.match(view.plain, position) or _ALL_AFTER_NEW.search(before)
    ):
        return ALL_YEARS
    return _body_of(before, agency) or _span_of(view.plain[:position])


def _span_of(before: str) -> str | None:
    """The part of the year, or the years, that the sentence speaks of last."""
    found = list(_SPAN.finditer(before))
    if not found or _WHOLE_YEAR.search(before[found[-1].start("span") :]):
        return None
    return found[-1]["span"]


def _body_of(before: str, agency: str | None) -> str | None:
    """The body or area that was named last, None when that is the agency itself."""
    area = _last(_AREA, before, "area")
    subject = _last(_SUBJECT, before, "name")
    towns = [m for m in _TOWN.finditer(before) if _is_subject(m["name"].lstrip("各"))]
    town = (towns[-1].start("name"), towns[-1]["name"]) if towns else (-1, "")
    begin = max(0, len(before) - _LONGEST_LISTED)
    if (listed := _LISTED_TOWN.search(before, begin)) and _is_subject(listed["name"].lstrip("各")):
        town = (listed.start("name"), listed["name"])
    own = max((match.end() for match in _OWN.finditer(before)), default=-1)
    at, name = max(area, subject, town, key=lambda found: found[0])
    if at < 0 or own > at:
        return None
    if name == town[1] and at == town[0]:
        return None if _is_own_town(name, agency) else name
    if name == area[1] and at == area[0]:
        return None if _is_own_area(name, agency) else name
    return None if is_same_body(name, agency) else name


def _last(pattern: re.Pattern[str], text: str, group: str) -> tuple[int, str]:
    found = [m for m in pattern.finditer(text) if _is_subject(m[group])]
    return (found[-1].start(group), found[-1][group]) if found else (-1, "")


def _is_subject(name: str) -> bool:
    """Whether a name is one body's; 和 may join the parts of it (自然资源和规划局) but no two bodies."""
    return not _NO_SUBJECT.search(re.sub(r"(?<![局委厅办处心会府院])和(?!我|本|各|其)", "", name))


def _is_own_area(area: str, agency: str | None) -> bool:
    """Whether 全市 is what the report is about: it is for the city's government, not for a bureau."""
    seat = re.sub("人民政府$|政府$", "", agency or "")
    is_government = seat != (agency or "") or bool(re.search("[镇乡]$|街道$", seat))
    return is_government and area == f"全{seat[-1:]}"


def _is_own_town(town: str, agency: str | None) -> bool:
    """Whether a town or county is what the report is about: the report is its government's."""
    seat = re.sub("人民政府$|政府$|办事处$", "", agency or "")
    return (seat != agency or seat[-1:] in "镇乡") and seat.endswith(town)


def is_same_body(name: str, agency: str | None) -> bool:
    """Whether a name in the text is the agency's own, in full or short (区工信局 for …工业和信息化局)."""
    if agency is None:
        return False
    if name.endswith("政府"):
        return agency.endswith("政府")
    ours, theirs = _core(agency), _core(name)
    short, long = sorted((ours, theirs), key=len)
    if not short:  # 市政府办公室: all of its name is place and kind
        return ours == theirs and ("办公" in name) == ("办公" in agency)
    letters = iter(long)
    return all(character in letters for character in short)


def _core(name: str) -> str:
    """What a body's name says beyond its place and its kind: 乙区水务局 → 水务."""
    placeless = re.sub(r"^.*[省市区县州盟旗镇乡](?!政(?!府)|[场容委局管村域划])", "", name)
    return re.sub(
        r"(?:局|委员会|委|厅|办公室|办公厅|中心|办事处|人民政府|政府|办|街道|总队|支队)+$",
        "",
        placeless,
    )


def year_of(view: View, position: int, year: int | None) -> int | None:
    """The other year that the number at `position` is of, None when it is the report's own."""
    if year is None:
        return None
    spoken: int | None = None
    for match in _YEAR.finditer(view.plain[:position]):
        if not _OPENS_A_CLAUSE.search(view.plain[: match.start()]):
            continue
        if _BEGINS_A_SPAN.match(view.plain, match.end()):
            continue
        if re.match(
            "年?度?(?:部门|单位|预算|决算|财政|“三公”|工作计划|年度报告|年报|以来|结转|转结|底|版|相比)|结转|转结",
            view.plain[match.end() :],
        ):
            continue
        spoken = year - 1 if match["last"] else int(match["year"])
    return None if spoken in (None, year) else spoken
