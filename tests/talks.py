"""Talks over small libraries: several questions one after another, and reports to ask them of."""

from dataclasses import replace

from assistant.answer import Answer
from assistant.asking import ask
from assistant.model import Turn
from ingest.figures.extraction import sections_to_figures
from ingest.report import Report
from tests.bookcase import Bookcase, written_report

TALKS = Bookcase(
    written_report(
        "云溪县水务局",
        2022,
        s1="上线巡河小程序，使用4万次。发布信息30条。",
        s5="一是巡河小程序不覆盖支流。二是热线难打通。\n针对以上问题，将补录支流名录，增开两条热线。",
        s6="本年度没有收取信息处理费。",
    ),
    written_report(
        "云溪县水务局",
        2023,
        s1="公众号关注用户1.2万人。",
        s5="问题：图纸看不清。改进：换成矢量图。2022年指出的支流遗漏问题，已经全部补齐。",
        s6="发出收费通知3件，总金额900元，实际收取700元。",
    ),
    written_report(
        "云溪县水务局",
        2024,
        s1="公众号关注用户2万人。",
        s5="问题：人手少。改进：加派人员。",
        s6="无。",
    ),
    written_report("云溪县档案局", 2023, s1="接待查档310人次。", s5="问题：库房小。改进：扩建。"),
)


PARK = written_report(
    "云溪县园林局",
    2023,
    s1="（一）主动公开。收到游客意见80条，逐条说明采纳情况。关停访问量过低的账号3个。\n"
    "（二）依申请公开。新收申请9件，增量主要来自苗木采购资料的集中申请。",
    s5="问题：树牌信息没有写明养护单位；夜间抢修信息发布晚。改进：树牌增加养护栏；抢修由值班室直接发布。",
)
PARKS = Bookcase(
    PARK,
    written_report("云溪县园林局", 2022, s1="新收申请4件。", s5="问题：图片少。改进：补拍。"),
)


def talk(*questions: str, library: Bookcase) -> Answer:
    """The answer to the last question of a conversation."""
    history: list[Turn] = []
    for question in questions:
        answer = ask(question, library, history=history)
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return answer


def with_figures(report: Report) -> Report:
    """The report with the numbers of its text, as the parser finds them."""
    figures = tuple(sections_to_figures(report.sections, report.agency, report.year))
    return replace(report, figures=figures)
