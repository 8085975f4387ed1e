"""Rules across reports of one area or one agency: another name, another version, sums of the parts.

What is compared comes from the library; a name that changed by reform is told, never guessed at.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.rules.cells import cell_evidence, cell_label
from assistant.rules.names import area_of, belongs_to, body_of, renamed, same_agency
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided, rule
from ingest.characters import for_matching
from ingest.forms import form_of
from ingest.report import Concept, Place, Report


@rule("Y110", "agency-renamed", "notice", needs="last_year", reads="identity")
def agency_renamed(report: Report, last_year: Report) -> Outcomes:
    """单位名称与上年不同，按更名前后的同一单位比对。

    为什么: 机构改革后名称会变；跨年数据是按更名前的年报核对的，应当让读者知道。

    依据: 条例第五十条：年度报告由行政机关逐年编制。

    反例::

        agency: 云溪市青禾区工业和信息化局
        last_year:
          agency: 云溪市青禾区经济和信息化局

    正例::

        agency: 云溪市青禾区工业和信息化局
        last_year:
          agency: 云溪市青禾区工业和信息化局

    处理: 确为更名的，在第六部分说明何时由什么名称更名；不是同一单位的，请提供正确的上年年报。
    """
    if not report.agency or not last_year.agency:
        yield Undecided("有一年没有认出单位，无法比对名称。")
    elif not same_agency(report.agency, last_year.agency):
        yield Finding(
            f"本年是“{report.agency}”，{last_year.year}年是“{last_year.agency}”，"
            f"{'疑为更名' if renamed(report.agency, last_year.agency) else '请核实是否同一单位'}。",
            (
                Evidence(Place(section=0, quote=report.title or report.agency)),
                Evidence(
                    Place(section=0, quote=last_year.title or last_year.agency),
                    report=last_year.id,
                    year=last_year.year,
                ),
            ),
            expected=last_year.agency,
            actual=report.agency,
        )


@rule("Y111", "versions-conflict", "warning", needs="peers")
def versions_conflict(report: Report, peers: tuple[Report, ...]) -> Outcomes:
    """同一单位同一年度有两份数据不同的年报。

    为什么: 公众和上级会看到两个不同的数，分不清以哪份为准。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确。

    反例::

        requests: {new: {natural_person: 3, total: 3}}
        peers:
          - requests: {new: {natural_person: 5, total: 5}}

    正例::

        requests: {new: {natural_person: 3, total: 3}}
        peers:
          - requests: {new: {natural_person: 3, total: 3}}
            sections: {6: 文字略有不同。}

    处理: 核实以哪份为准，撤下另一份；确已更正的，在新的一份里说明。
    """
    for other in peers:
        if other.id == report.id or not _is_version(report, other):
            continue
        differing = [
            concept
            for concept in form_of(report.format).concepts()
            if None not in (report.number(concept), other.number(concept))
            and report.number(concept) != other.number(concept)
        ]
        if differing:
            yield _conflict(report, other, differing)


def _is_version(report: Report, other: Report) -> bool:
    if not report.agency or not other.agency or report.format != other.format:
        return False
    return other.year == report.year and same_agency(report.agency, other.agency)


def _conflict(report: Report, other: Report, differing: Sequence[Concept]) -> Finding:
    first = differing[0]
    more = f"等{len(differing)}格" if len(differing) > 1 else ""
    return Finding(
        f"另有一份{other.agency}{other.year}年年报（{other.source}），"
        f"{cell_label(report, first)}{more}不同：本份{report.number(first)}，"
        f"那份{other.number(first)}。",
        (cell_evidence(report, first), cell_evidence(other, first, other=True)),
        expected=other.number(first),
        actual=report.number(first),
    )


# What a whole area's report must hold at least as much of as its departments together.
_SUMMED = (
    Concept("requests", "new", "total"),
    Concept("requests", "total", "total"),
    Concept("requests", "carried_over", "total"),
    Concept("disputes", "reconsideration", "total"),
    Concept("disputes", "litigation_direct", "total"),
    Concept("disputes", "litigation_after_reconsideration", "total"),
)
_GOVERNMENT = re.compile(r"[省市区县旗州盟]人民政府$")


@rule("Y112", "area-less-than-its-departments", "notice", needs="peers")
def area_less_than_its_departments(report: Report, peers: tuple[Report, ...]) -> Outcomes:
    """一级政府汇总的数少于资料库里所属部门之和。

    为什么: 汇总年报应当包括所属部门；比部门之和还少，不是漏了部门就是只填了本机关。

    依据: 条例第四十九条：主管部门公布本级政府上一年度政府信息公开工作年度报告。

    反例::

        agency: 云溪市青禾区人民政府
        requests: {new: {natural_person: 4, total: 4}}
        peers:
          - agency: 云溪市青禾区水务局
            requests: {new: {natural_person: 3, total: 3}}
          - agency: 云溪市青禾区林业局
            requests: {new: {natural_person: 2, total: 2}}

    正例::

        agency: 云溪市青禾区人民政府
        requests: {new: {natural_person: 9, total: 9}}
        peers:
          - agency: 云溪市青禾区水务局
            requests: {new: {natural_person: 3, total: 3}}
          - agency: 云溪市青禾区林业局
            requests: {new: {natural_person: 2, total: 2}}

    处理: 核对汇总口径和漏报的部门；口径不同的，在第六部分说明。
    """
    departments = departments_of(report, peers)
    for concept in _SUMMED if departments else ():
        yield from _less_than_the_sum(report, departments, concept)


def _less_than_the_sum(
    report: Report, departments: Sequence[Report], concept: Concept
) -> Iterator[Finding | Undecided]:
    stated = report.number(concept)
    known = [(d, n) for d in departments if (n := d.number(concept)) is not None]
    total = sum(number for _, number in known)
    if stated is None and total:
        yield Undecided(f"{cell_label(report, concept)}没有可用的数，无法与所属部门相比。")
    elif stated is not None and total > stated:
        largest = sorted(known, key=lambda pair: -pair[1])[:3]
        yield Finding(
            f"{cell_label(report, concept)}是{stated}，资料库里所属{len(known)}个部门合计已有{total}。",
            (
                cell_evidence(report, concept),
                *(cell_evidence(d, concept, other=True) for d, _ in largest),
            ),
            expected=total,
            actual=stated,
        )


def departments_of(report: Report, others: Sequence[Report]) -> list[Report]:
    """The reports of departments of the area that a government reports on, one of each agency."""
    agency = report.agency or ""
    if not _GOVERNMENT.search(agency):
        return []
    found: dict[str, Report] = {}
    for other in others:
        name = for_matching(other.agency or "")
        is_part = belongs_to(name, area_of(agency)) and area_of(name) == area_of(agency)
        if other.year == report.year and is_part and "政府" not in body_of(name):
            found.setdefault(name, other)
    return list(found.values())
