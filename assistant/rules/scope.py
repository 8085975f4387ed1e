"""Rules on what a report should and should not hold beside its statutory contents."""

import re

from assistant.rules.rule import Finding, Outcomes, Undecided, rule
from assistant.rules.texts import clipped, heading_evidence, quote_evidence, sentences
from ingest.forms import FIRST_YEAR_OF_2021_FORM
from ingest.report import Report

# What speaks of open government in whatever words; the rest is the agency's general work.
_OPENNESS = re.compile(
    r"公开|公布|公示|发布|申请|政务|网站|网页|公众号|微信|微博|新媒体|解读|栏目|专栏|平台|信息|条例|"
    r"答复|回应|监督|考核|培训|保密|审查|三审|社会评议|热线|年报|报告|复议|诉讼|意见|建议"
)
# A shorter overview cannot stray far; the share is of its characters.
LEAST_OVERVIEW_CHARACTERS = 200
MOST_STRAYING = 0.5


@rule("S116", "content-outside-scope", "notice")
def content_outside_scope(report: Report) -> Outcomes:
    """总体情况有一半以上写的是与信息公开无关的业务成绩。

    为什么: 年报内容“不能遗漏，也不宜泛化”；业务成绩写得再多，也不是信息公开情况。

    依据: 国办公开办函〔2021〕30号。

    反例::

        sections:
          1: |
            全年完成造林三千二百亩，抚育中幼林一万一千亩，建成省级示范苗圃两处，带动周边六百户农户增收，户均增收四千元以上。
            开展森林防火巡护八百余次，配备护林员一百二十名，新建瞭望塔三座，铺设防火隔离带四十公里，全年没有发生重大火情。
            引进企业三家，落实投资一亿二千万元，木材加工产值同比增长百分之十二，林下种植面积扩大到五千亩，新增就业岗位三百个。
            完成古树名木普查登记，挂牌保护二百四十株，聘请专家诊治衰弱古树十五株，建成古树公园一处，接待游客两万人次。
            推进林长制，乡村两级林长巡林一千二百次，解决侵占林地问题十四件，恢复植被六十亩，野生动物救护站救助动物四十二只。
            全年公开政府信息12条。

    正例::

        sections:
          1: 全年公开政府信息12条，回应群众关切6次，开展政务公开培训2期。

    处理: 业务成绩只保留与公开有关的部分（公开了什么、怎样公开、效果如何）。
    """
    section = report.section(1)
    if section is None:
        yield Undecided("没有第一部分，无法判断内容是否泛化。")
        return
    found = list(sentences(report, 1))
    whole = sum(len(sentence.bare) for sentence in found)
    straying = [s for s in found if not _OPENNESS.search(s.bare)]
    strayed = sum(len(sentence.bare) for sentence in straying)
    if whole >= LEAST_OVERVIEW_CHARACTERS and strayed > MOST_STRAYING * whole:
        yield Finding(
            f"总体情况{whole}字中有{strayed}字没有说到信息公开，如“{clipped(straying[0].text)}”。",
            (heading_evidence(section), *map(quote_evidence, straying[:3])),
            actual=round(strayed / whole, 2),
            expected=MOST_STRAYING,
        )


_FEE = re.compile(r"处理费|收费|收取.{0,8}费用?")
_FEE_BASIS = re.compile(r"109号|信息处理费管理办法")


@rule("S117", "section-six-only-the-fee", "notice")
def section_six_only_the_fee(report: Report) -> Outcomes:
    """第六部分只有信息处理费一句。

    为什么: 建议提案办理、数据口径调整等其他应当报告的事项也在这一部分；只有一句的，看不出是没有还是漏写。

    依据: 条例第五十条第（五）项；国办函〔2020〕109号。

    反例::

        sections:
          6: 本年度未收取信息处理费。

    正例::

        sections:
          6: 依据国办函〔2020〕109号，本年度未收取信息处理费。承办建议提案3件，均已公开办理结果。

    处理: 写明收费依据（国办函〔2020〕109号）；有建议提案、数据调整等事项的补写，没有的写“无其他需要报告的事项”。
    """
    section = report.section(6)
    if section is None or report.year is None or report.year < FIRST_YEAR_OF_2021_FORM:
        return
    found = list(sentences(report, 6))
    if found and all(_FEE.search(sentence.bare) for sentence in found):
        cited = any(_FEE_BASIS.search(sentence.bare) for sentence in found)
        basis = "" if cited else "，没有写依据"
        yield Finding(f"第六部分只有信息处理费一项{basis}。", (quote_evidence(found[0]),))
