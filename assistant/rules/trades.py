"""Rules on whose business a text is about: the fields of pilot disclosure and the bodies they fall to."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from assistant.rules.identity import is_government
from assistant.rules.names import body_of
from assistant.rules.rule import Finding, Outcomes, Undecided, rule
from assistant.rules.texts import clipped, quote_evidence, sentences, title_evidence
from ingest.report import Report

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "公共资源交易": "公共资源|审批|政务服务|发展|发改|财政|交易|数据",
        "义务教育": "教育|教体",
        "户籍管理": "公安",
        "社会救助": "民政",
        "养老服务": "民政",
        "公共法律服务": "司法",
        "社会保险": "人力资源|人社|社会保险|医疗保障|税务",
        "国土空间规划": "自然资源|规划",
        "城乡规划": "自然资源|规划|建设|住建",
        "征地补偿": "自然资源|征收|土地",
        "房屋征收": "住房|住建|建设|征收",
        "保障性住房": "住房|住建|建设|房",
        "农村危房改造": "住房|住建|建设",
        "涉农补贴": "农业|财政",
        "公共文化服务": "文化|文旅|文体",
        "医疗卫生": "卫生|卫健|医",
        "税收管理": "税务",
    }
)
"""Field of the pilot catalogues (试点领域) → words in the names of bodies whose business it is."""

_IN_FIELD = re.compile(
    rf"(?:围绕|聚焦|推进|做好|突出|加强|深化)[^。;,]{{0,6}}?(?P<field>{'|'.join(FIELDS)})[^。;,、]{{0,4}}领域"
)


@rule("I114", "field-of-another-trade", "notice")
def field_of_another_trade(report: Report) -> Outcomes:
    """正文以别的部门主管的领域为工作重点。

    为什么: 多是套用别的单位的文稿；确有职责的，也应写明与本单位的关系。

    依据: 国务院部门印发的基层政务公开标准指引划分的试点领域；条例第五十条。

    反例::

        agency: 青禾区工业和信息化局
        sections:
          1: 重点围绕公共资源交易领域推进信息公开。

    正例::

        agency: 青禾区公共资源交易中心
        sections:
          1: 重点围绕公共资源交易领域推进信息公开。

    处理: 核实该领域是否属于本单位职责，不属于的删去。
    """
    if not report.agency:
        yield Undecided("没有认出单位，无法判断领域。")
        return
    body = body_of(report.agency)
    if is_government(report.agency) or re.search(r"街道|镇|乡|政务|办公室", body):
        return  # bodies that answer for every field
    for sentence in sentences(report, 1, 5, 6):
        match = _IN_FIELD.search(sentence.bare)
        if match and not re.search(FIELDS[match["field"]], body):
            yield Finding(
                f"以“{match['field']}领域”为重点，与{report.agency}的职责似不相符：{clipped(sentence.text)}",
                (quote_evidence(sentence),),
                actual=match["field"],
            )


# 卫东区工业和信息化局: a district that does not say of which city
_BARE_DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,4}(?<!自治)(?<!地)(?<!山)(?<!新)(?<!开发)区")
_ABBREVIATED = re.compile(
    r"(?:工信|发改|住建|人社|卫健|文旅|教体|市监|农业农|城管|统战|财金|科工|商粮|自规)(?:局|委)$"
)


@rule("I115", "name-not-in-full", "notice", reads="identity")
def name_not_in_full(report: Report) -> Outcomes:
    """单位没有用全称。

    为什么: 各地有同名的区和同类的局，简称在上级汇总和检索时认不出是哪一家。

    依据: 公文格式要求：发文机关使用全称或者规范化简称。

    反例::

        agency: 青禾区工信局
        title: 青禾区工信局2023年政府信息公开工作年度报告

    正例::

        agency: 云溪市青禾区工业和信息化局
        title: 云溪市青禾区工业和信息化局2023年政府信息公开工作年度报告

    处理: 标题和落款用全称；区属单位冠以所在的市。
    """
    if not report.agency:
        yield Undecided("没有认出单位。")
        return
    names = dict.fromkeys((report.agency, report.signed_by or report.agency))
    spoken = (quote_evidence(s) for s in sentences(report) if report.agency in s.bare)
    shown = [*title_evidence(report), *spoken][:1]
    for name in names:
        if _ABBREVIATED.search(name):
            yield Finding(f"单位写的是简称“{name}”。", tuple(shown), actual=name)
            return
    area = report.agency.removesuffix(body_of(report.agency))
    if _BARE_DISTRICT.fullmatch(area) and area not in _DIRECT:
        yield Finding(f"“{report.agency}”没有写明属于哪个市。", tuple(shown), actual=report.agency)


# Districts of the four municipalities are well known without them.
_DIRECT = frozenset({"浦东新区", "滨海新区"})
