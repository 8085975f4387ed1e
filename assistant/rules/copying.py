"""Rules on text and figures taken over from last year or from another agency (雷同)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.rules.cells import cell_evidence
from assistant.rules.names import same_agency
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided, rule
from assistant.rules.similarity import copied_sentences, similarity
from assistant.rules.texts import Sentence, clipped, heading_evidence, quote_evidence
from ingest.characters import for_matching
from ingest.forms import form_of
from ingest.report import Place, Report

# Shares of common eight-character sequences. Unrelated reports of one trade have 0.005 to 0.027.
SIMILAR = 0.5
NEARLY_IDENTICAL = 0.8
COMPARED_SECTIONS = (1, 5)


@rule("Y106", "text-copied-from-last-year", "error", needs="last_year")
def text_copied_from_last_year(report: Report, last_year: Report) -> Outcomes:
    """总体情况或问题改进与上年雷同。

    为什么: 照抄上年等于没有报告本年的工作，内容雷同造成不良后果的要追究责任。

    依据: 国办公开办函〔2021〕30号“（四）明确责任”；条例第四十七条。

    反例::

        sections:
          5: |
            公共数据目录更新滞后，抽查四十个条目中九个没有核对。今后按月核对目录台账，由专人销号并通报各科室。
        last_year:
          sections:
            5: |
              公共数据目录更新滞后，抽查四十个条目中九个没有核对。今后按月核对目录台账，由专人销号并通报各科室。

    正例::

        sections:
          5: |
            政策解读形式单一，企业反映申报条件看不懂。今后重要文件都配发图解，并在窗口摆放问答手册。
        last_year:
          sections:
            5: |
              公共数据目录更新滞后，抽查四十个条目中九个没有核对。今后按月核对目录台账，由专人销号并通报各科室。

    处理: 按本年实际重写；确有延续的问题，写明本年进展。
    """
    yield from (finding for _, finding in _copies(report, last_year, f"{last_year.year}年年报"))


@rule("Y107", "text-copied-from-peer", "error", needs="peers")
def text_copied_from_peer(report: Report, peers: tuple[Report, ...]) -> Outcomes:
    """总体情况或问题改进与别的单位雷同。

    为什么: 照抄别的单位等于没有报告本单位的工作，常连别人的名称和数字一并抄来。

    依据: 国办公开办函〔2021〕30号“（四）明确责任”；条例第四十七条。

    反例::

        sections:
          5: |
            公共数据目录更新滞后，抽查四十个条目中九个没有核对。今后按月核对目录台账，由专人销号并通报各科室。
        peers:
          - agency: 云溪市青禾区水务局
            sections:
              5: |
                公共数据目录更新滞后，抽查四十个条目中九个没有核对。今后按月核对目录台账，由专人销号并通报各科室。

    正例::

        sections:
          5: |
            政策解读形式单一，企业反映申报条件看不懂。今后重要文件都配发图解，并在窗口摆放问答手册。
        peers:
          - agency: 云溪市青禾区水务局
            sections:
              5: |
                河湖管护信息公开不及时，巡查记录公开间隔超过一个月。今后巡查结束五日内上网公开记录。

    处理: 按本单位实际重写。
    """
    copies = [
        (number, finding)
        for peer in peers
        if not same_agency(peer.agency or "", report.agency or "")
        for number, finding in _copies(report, peer, f"{peer.agency}{peer.year}年年报")
    ]
    for number in COMPARED_SECTIONS:
        # One text that many share is one finding: the nearest first, the others beneath it.
        found = sorted((f for n, f in copies if n == number), key=lambda f: -float(f.actual or 0))
        if found:
            more = f"另有{len(found) - 1}家也相近。" if len(found) > 1 else ""
            yield replace(
                found[0], message=f"{found[0].message}{more}", consequences=tuple(found[1:])
            )


def _copies(report: Report, other: Report, whose: str) -> Iterator[tuple[int, Finding]]:
    """What is copied from another report, with the number of the part."""
    for number in COMPARED_SECTIONS:
        here, there = report.section(number), other.section(number)
        if here is None or there is None:
            continue
        share = similarity(here.text, there.text)
        if share < SIMILAR:
            continue
        copied = copied_sentences(report, other, number)
        finding = Finding(
            f"{here.heading}与{whose}相同部分达{share:.0%}{_example(copied)}。",
            (*map(quote_evidence, copied), _heading_there(other, number))
            if copied
            else (heading_evidence(here), _heading_there(other, number)),
            actual=round(share, 2),
            severity="error" if share >= NEARLY_IDENTICAL else "warning",
        )
        yield number, finding


def _example(copied: Sequence[Sentence]) -> str:
    return f"，有{len(copied)}句照录，如“{clipped(copied[0].text, 30)}”" if copied else ""


def _heading_there(other: Report, number: int) -> Evidence:
    section = other.section(number)
    quote = section.heading if section else None
    return Evidence(Place(section=number, quote=quote), report=other.id, year=other.year)


@rule("Y108", "figures-all-as-last-year", "warning", needs="last_year")
def figures_all_as_last_year(report: Report, last_year: Report) -> Outcomes:
    """正文里的数字与上年完全相同。

    为什么: 两年数字一个不差，多是只改了年份。

    依据: 国办公开办函〔2021〕30号“内容雷同、敷衍塞责”的责任条款。

    反例::

        sections:
          1: 全年公开信息83条，举办培训2期，推送信息129篇，新增栏目7个。
        last_year:
          sections:
            1: 全年公开信息83条，举办培训2期，推送信息129篇，新增栏目7个。

    正例::

        sections:
          1: 全年公开信息91条，举办培训2期，推送信息140篇，新增栏目5个。
        last_year:
          sections:
            1: 全年公开信息83条，举办培训2期，推送信息129篇，新增栏目7个。

    处理: 逐项核对本年数据。
    """
    now = [(f.name, f.value) for f in report.figures if f.value and f.year is None]
    before = [(f.name, f.value) for f in last_year.figures if f.value and f.year is None]
    if len(now) >= LEAST_FIGURES and now == before:
        first = next(f for f in report.figures if f.value)
        place = Place(page=first.page, section=first.section, quote=first.sentence)
        yield Finding(f"正文{len(now)}个数字与{last_year.year}年年报完全相同。", (Evidence(place),))


# Fewer figures than this may well be the same two years running.
LEAST_FIGURES = 4


# Fewer numbers than this may well recur; most small agencies count nothing but zeros.
LEAST_NUMBERS = 5


@rule("Y113", "tables-all-as-last-year", "warning", needs="last_year", reads="tables")
def tables_all_as_last_year(report: Report, last_year: Report) -> Outcomes:
    """三张表的数与上年完全相同。

    为什么: 一年的申请、处罚和收费不会一件不差；多半是误传了上年的文件，或只改了年份。

    依据: 国办公开办函〔2021〕30号“内容雷同、敷衍塞责”的责任条款。

    反例::

        requests:
          new: {natural_person: 7, enterprise: 2, total: 9}
          total: {natural_person: 7, enterprise: 2, total: 9}
        last_year:
          requests:
            new: {natural_person: 7, enterprise: 2, total: 9}
            total: {natural_person: 7, enterprise: 2, total: 9}

    正例::

        requests:
          new: {natural_person: 8, enterprise: 2, total: 10}
          total: {natural_person: 8, enterprise: 2, total: 10}
        last_year:
          requests:
            new: {natural_person: 7, enterprise: 2, total: 9}
            total: {natural_person: 7, enterprise: 2, total: 9}

    处理: 核对是不是传错了文件；没有传错的，按本年数据重新填表。
    """
    if report.format != last_year.format:
        return
    concepts = list(form_of(report.format).concepts())
    if [report.number(c) for c in concepts] != [last_year.number(c) for c in concepts]:
        return
    counted = [concept for concept in concepts if report.number(concept)]
    if len(counted) >= LEAST_NUMBERS:
        yield Finding(
            f"三张表的数与{last_year.year}年年报完全相同（{len(counted)}个非零数），疑为误用了上年的文件。",
            tuple(cell_evidence(report, concept) for concept in counted[:LEAST_NUMBERS]),
        )


# 针对上年…问题   已整改   持续推进: what a repeated problem needs beside it
_PROGRESS = re.compile(
    r"上(?:一)?年度?|去年|20\d{2}年(?:度)?(?:提出|存在|指出)|整改(?:到位|完成)|已(?:经)?解决|仍(?:然)?"
)


@rule("Y109", "problems-repeated", "warning", needs="last_year")
def problems_repeated(report: Report, last_year: Report) -> Outcomes:
    """连续两年写同样的问题，没有说明进展。

    为什么: 上年的问题今年原样再写，说明没有整改，或者没有重写。

    依据: 条例第五十条第（四）项“存在的主要问题及改进情况”。

    反例::

        sections:
          5: 一是公共数据目录更新滞后，抽查的条目里有九个超过一个季度没有核对。二是图解偏少。今后加强培训。
        last_year:
          sections:
            5: 一是公共数据目录更新滞后，抽查的条目里有九个超过一个季度没有核对。二是答复不规范。今后加强督促。

    正例::

        sections:
          5: 上年提出的公共数据目录更新滞后的问题，已建立按月核对台账。今年的问题是图解偏少。
        last_year:
          sections:
            5: 一是公共数据目录更新滞后，抽查的条目里有九个超过一个季度没有核对。二是答复不规范。

    处理: 写明上年问题的整改结果；仍未解决的，说明原因和今年的新情况。
    """
    section = report.section(5)
    if section is None or last_year.section(5) is None:
        yield Undecided("有一年的报告没有第五部分，无法比较。")
        return
    copied = copied_sentences(report, last_year, 5)
    if copied and not _PROGRESS.search(for_matching(section.text)):
        yield Finding(
            f"与{last_year.year}年年报写了同样的问题，没有说明进展：{clipped(copied[0].text)}",
            tuple(map(quote_evidence, copied)),
        )
