"""Invented reports in which nothing is wrong: what the benchmark changes one thing of.

Three ways of writing, of which none was written for a rule: numbers as digits, numbers with their
breakdown and shares, and the report of a body that received no application.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ingest.figures import sections_to_figures
from ingest.forms import form_of
from ingest.report import Concept, Number, Report
from tests.invented import AGENCY, Replacements, invented_report

YEARS = {"2019": 2020, "2021": 2023}


def clean_reports(edition: str = "2021", *, seeds: Iterable[int] = (0,)) -> Mapping[str, Report]:
    """Name → report: each way of writing, with the numbers of each seed where numbers vary."""
    found = {"zero": _finished(edition, 0, _zero_overview, _zeros(edition))}
    for seed in seeds:
        found[f"plain {seed}"] = _finished(edition, seed, None, _modest(edition))
        found[f"detailed {seed}"] = _finished(edition, seed, _detailed_overview, _modest(edition))
    return found


def _finished(
    edition: str,
    seed: int,
    overview: Callable[[Report], str] | None,
    changes: Replacements,
) -> Report:
    """The report with its text written from its own tables."""
    year = YEARS[edition]
    report = invented_report(edition, seed=seed, year=year, balanced=True, replace=changes)
    texts = {6: _other_matters(report)}
    if overview:
        texts |= {1: overview(report), 5: PROBLEMS}
    sections = (replace(s, text=texts.get(s.number, s.text)) for s in report.sections)
    report = replace(report, sections=tuple(sections))
    opening = report.preamble
    assert opening
    report = replace(report, preamble=replace(opening, text=opening.text + CONTACT))
    return replace(report, figures=sections_to_figures(report.texts, report.agency, report.year))


def _modest(edition: str) -> dict[Concept | str, Number | None]:
    """A bureau has no power to make 规章, and more documents in force than it made."""
    columns = [c.id for c in form_of(edition).table("proactive").columns("rules")]
    changes: dict[Concept | str, Number | None] = {f"proactive/rules/{c}": 0 for c in columns}
    return {**changes, f"proactive/normative_documents/{columns[-1]}": 2000}


def _zeros(edition: str) -> dict[Concept | str, Number | None]:
    return dict.fromkeys(form_of(edition).concepts(), 0)


# In the opening, where a part that is changed or left out takes no other fact with it.
CONTACT = "联系电话：0999-2345678，地址：云溪市青禾区柳荫路18号。"

PROBLEMS = "\n".join(
    (
        "（一）存在的主要问题",
        "一是政策解读形式单一，全年6件重要文件中只有2件配了图解，企业反映申报条件看不懂。",
        "二是信息更新不够均衡，业务科室报送的信息集中在第四季度，前两个月栏目更新只有3次。",
        "（二）改进情况",
        "一是把图解列入文件送审材料，没有图解的不予上会；二是按月通报各科室报送数量，逐月补齐。",
    )
)


def _detailed_overview(report: Report) -> str:
    value = _values(report)
    organisations = value("requests/new/total") - value("requests/new/natural_person")
    total = value("requests/total/total")
    granted = value("requests/granted/total")
    suits = value("disputes/litigation_direct/total") + value(
        "disputes/litigation_after_reconsideration/total"
    )
    lines = (
        f"{report.year}年，{report.agency}坚持公开为常态，扎实做好各项公开工作。现将有关情况报告如下。",
        "（一）主动公开情况。全年主动公开政府信息126条，其中通过门户网站公开85条，"
        "通过微信公众号公开41条。",
        f"（二）依申请公开情况。本年度共收到政府信息公开申请{value('requests/new/total')}件，其中自然人"
        f"{value('requests/new/natural_person')}件、法人或其他组织{organisations}件；"
        f"上年结转{value('requests/carried_in/total')}件，办结{total}件，"
        f"结转下年度继续办理{value('requests/carried_over/total')}件。"
        f"在办结的申请中，予以公开{granted}件，占{100 * granted / total:.1f}%；"
        f"部分公开{value('requests/partly_granted/total')}件。",
        "（三）政府信息管理情况。严格执行公文公开属性源头认定，发文前由办公室逐件核对。",
        "（四）政府信息公开平台建设情况。规范门户网站专栏设置，全年开展栏目检查12次。",
        "（五）监督保障情况。调整了政府信息公开工作领导小组，由主要负责人任组长，"
        f"办公室配备专职人员1名。因政府信息公开引发的行政复议"
        f"{value('disputes/reconsideration/total')}件、行政诉讼{suits}件。",
    )
    return "\n".join(lines)


def _zero_overview(report: Report) -> str:
    return "\n".join(
        (
            f"{report.year}年，{report.agency}严格落实政务公开各项任务。",
            "（一）主动公开。全年公开各类信息37条，其中工作动态22条、政策法规9条、通知公告6条。",
            "（二）依申请公开。全年未收到政府信息公开申请，没有上年结转的申请；"
            "未发生因政府信息公开引发的行政复议和行政诉讼。",
            "（三）政府信息管理。落实“三审三校”，对已公开的信息每季度清理一次。",
            "（四）政府信息公开平台建设。用好门户网站和政务新媒体，全年维护栏目5个。",
            "（五）监督保障。开展业务培训1次，听取服务对象意见并全部答复，"
            "年底由办公室逐项核对目录，向社会公布核对结果。",
        )
    )


def _other_matters(report: Report) -> str:
    unpaid = report.number("requests/other.fee_unpaid/total")
    notices = f"全年依法发出收费通知{unpaid}件，申请人逾期没有缴纳。" if unpaid else ""
    return f"{notices}{report.year}年度未收取信息处理费。"


def _values(report: Report) -> Callable[[str], int]:
    return lambda concept: int(report.number(concept) or 0)


__all__ = ["AGENCY", "clean_reports"]
