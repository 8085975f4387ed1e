"""Rules on whose report it is, of which year, when it was signed, and what it cites (身份与日期)."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.rules.names import (
    agencies_in,
    is_short_for,
    same_agency,
)
from assistant.rules.rule import Evidence, Finding, Outcomes, Undecided, rule
from assistant.rules.structure import doubt_of
from assistant.rules.texts import (
    Sentence,
    clipped,
    quote_evidence,
    section_to_sentences,
    sentences,
    title_evidence,
    words_evidence,
)
from ingest.characters import for_matching
from ingest.report import Place, Report

_YEAR = re.compile(r"(20\d{2})年")
# 统计期限自2023年1月1日起至2023年12月31日止
_PERIOD = re.compile(r"(20\d{2})年1月1日[起日]?[至到—-]+(?:(20\d{2})年)?12月31日")
_YEAR_IN_FILE_NAME = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
# 青禾区数据管理局2023年政府信息公开工作年度报告.docx, 2023年年报.pdf
_REPORT_IN_FILE_NAME = re.compile(
    r"(?<!\d)(20[12]\d)年?度?(?:政府信息公开)?(?:工作)?(?:年度报告|年报)"
)


@rule("I101", "years-disagree", "error")
def years_disagree(report: Report) -> Outcomes:
    """标题、统计期限、正文的年度互相矛盾。

    为什么: 年度不一致多是沿用上年文稿没有改净，读者无从判断数据属于哪一年。

    依据: 条例第四十九条、第五十条：年度报告报告上一年度的情况。

    反例::

        title: 云溪市青禾区数据管理局2023年政府信息公开工作年度报告
        preamble: 所列数据的统计期限自2022年1月1日起至2022年12月31日止。

    正例::

        title: 云溪市青禾区数据管理局2023年政府信息公开工作年度报告
        preamble: 所列数据的统计期限自2023年1月1日起至2023年12月31日止。

    处理: 逐处核对年度，统一为报告年度。
    """
    if report.year is None:
        yield Undecided("没有认出年度。")
        return
    titled = _YEAR.search(for_matching(report.title or ""))
    if titled and int(titled[1]) != report.year:
        yield _year_finding("标题", int(titled[1]), report.year, title_evidence(report)[0])
    for sentence in sentences(report):
        if match := _PERIOD.search(sentence.bare):
            for year in {int(y) for y in match.groups() if y} - {report.year}:
                evidence = quote_evidence(sentence)
                yield _year_finding("统计期限", year, report.year, evidence)
        elif "统计" in sentence.bare and (match := _ANY_PERIOD.search(sentence.bare)):
            yield from _period_finding(sentence, match)
    yield from _majority_year(report, report.year)


# 统计期限自2023年1月1日起至2023年11月30日止
_ANY_PERIOD = re.compile(
    r"期限[^。]{0,4}20\d{2}年(?P<first>\d{1,2}月\d{1,2}日)[起日]?[至到—-]+(?:20\d{2}年)?(?P<last>\d{1,2}月\d{1,2}日)"
)


def _period_finding(sentence: Sentence, match: re.Match[str]) -> Iterator[Finding]:
    """That the period is not the whole year; one that begins late may be a new body's."""
    yield Finding(
        f"统计期限是{match['first']}至{match['last']}，不是全年（1月1日至12月31日）。",
        (quote_evidence(sentence),),
        expected="1月1日至12月31日",
        actual=f"{match['first']}至{match['last']}",
        severity="warning" if match["last"] != "12月31日" else "notice",
        suggestion="核实统计期限；年中新组建的单位在文中说明起算的日期和原因。",
    )


def _year_finding(where: str, found: int, year: int, evidence: Evidence) -> Finding:
    return Finding(
        f"{where}写的是{found}年，报告年度是{year}年。", (evidence,), expected=year, actual=found
    )


def _majority_year(report: Report, year: int) -> Iterator[Finding]:
    """A finding when 总体情况 speaks of another year more than twice, and never of its own."""
    section = report.section(1)
    if section is None:
        return
    counts = Counter(int(y) for y in _YEAR.findall(for_matching(section.text)))
    common, times = counts.most_common(1)[0] if counts else (year, 0)
    if common != year and times >= 2 and not counts[year]:
        sentence = next(s for s in section_to_sentences(section) if f"{common}年" in s.bare)
        yield _year_finding("总体情况", common, year, quote_evidence(sentence))


# Statements of one's own work: 2022年，我局共…  2022年度收到…
_OWN_WORK = re.compile(
    r"^(?:截至)?(20\d{2})年(?:度|全年)?,?[^,。《》“]{0,16}?(?:共|累计|全年|收到|主动公开|公开|发布|办理|受理|举办|开展|"
    r"收取|未收|没有收|未接|未发生|没有发生|新收|接到|办结|制发|承办|答复)"
)
# Words that make another year lawful: comparisons, what was carried over, what was found earlier.
_OTHER_YEAR_ALLOWED = re.compile(
    r"较|比|上年|去年|上一年|同期|结转|以来|起|问题|整改|计划|将|印发|规划|针对|要求|月\d*日?前"
)


@rule("I102", "other-year-in-own-work", "warning")
def other_year_in_own_work(report: Report) -> Outcomes:
    """正文用别的年份叙述本年度的工作。

    为什么: 多是沿用上年文稿没有改净，或把年份写错。

    依据: 条例第四十九条：报告上一年度的情况。

    反例::

        sections:
          1: 2022年，我局共公开信息12条。

    正例::

        sections:
          1: 2023年，我局共公开信息12条，较2022年增加3条。

    处理: 改为报告年度；确系往年情况的写明是作比较。
    """
    if report.year is None:
        yield Undecided("没有认出年度。")
        return
    for sentence in sentences(report, 1, 5, 6):
        if "20" not in sentence.bare:
            continue
        text = _LEAD.sub("", re.sub(r"《[^》]*》", "", sentence.bare))
        match = _OWN_WORK.search(text) or _own_agency_at_work(report, text)
        # 2022年公开310条，2023年402条 sets one against the other.
        years = set(re.findall(r"20\d{2}(?=年)", text))
        sets_against = len(years) > 1 or re.search(rf"{report.year}年[^。]*\d", text)
        is_allowed = sets_against or _OTHER_YEAR_ALLOWED.search(text)
        if match and int(match[1]) != report.year and not is_allowed:
            yield Finding(
                f"用{match[1]}年叙述本年度工作（报告年度是{report.year}年）：{clipped(sentence.text)}",
                (quote_evidence(sentence),),
                expected=report.year,
                actual=int(match[1]),
            )


# （一）主动公开情况：2022年…
_LEAD = re.compile(
    r"^(?:\(?[一二三四五六七八九十\d]+[)、.]|[一二三四五六七八九]是)(?:[^,。:;\d]{0,14}:)?"
)

# 2022年，青禾区数据管理局…  2022年度，我局…
_YEAR_AND_SUBJECT = re.compile(
    r"^(20\d{2})年度?,?(?P<rest>(?P<own>[我本][局委办厅区县市]|本(?:单位|机关|中心))?.*)"
)


def _own_agency_at_work(report: Report, text: str) -> re.Match[str] | None:
    """A year followed at once by the agency itself; None where it is not."""
    match = _YEAR_AND_SUBJECT.match(text)
    if match is None or match["own"]:
        return match
    name = next(iter(agencies_in(match["rest"])), "")
    is_own = name and match["rest"].startswith(name) and same_agency(name, report.agency or "")
    return match if is_own else None


@rule("I103", "signed-too-early-or-late", "error", reads="identity")
def signed_too_early_or_late(report: Report) -> Outcomes:
    """落款日期早于统计期末，或晚于法定期限。

    为什么: 年度没有结束就签发，多是年份写错；部门应于次年1月31日前、本级政府应于3月31日前公布。

    依据: 条例第四十九条。

    反例::

        year: 2023
        signed_on: 2023-01-24

    正例::

        year: 2023
        signed_on: 2024-01-24

    处理: 核对落款年份；确已逾期的尽快公布，并在上报时说明原因。
    """
    if report.year is None or report.signed_on is None:
        yield Undecided("没有落款日期或没有认出年度，无法判断是否按时。")
        return
    evidence = _date_evidence(report, report.signed_on)
    if report.signed_on <= date(report.year, 12, 31):
        yield _signed_early(report.signed_on, report.year, evidence)
        return
    last = last_day(report.agency or "", report.year)
    if report.signed_on > last:
        yield Finding(
            f"落款日期{report.signed_on}晚于法定期限{last}。",
            (evidence,),
            expected=f"不晚于{last}",
            actual=str(report.signed_on),
            severity="warning",
        )


def _signed_early(signed: date, year: int, evidence: Evidence) -> Finding:
    meant = f"{year + 1}年{signed.month}月{signed.day}日"
    slip = f"，疑为{meant}之误" if signed.month <= 3 else ""
    return Finding(
        f"落款日期{signed.year}年{signed.month}月{signed.day}日早于统计期末{year}年12月31日{slip}。",
        (evidence,),
        expected=meant if slip else f"晚于{year}年12月31日",
        actual=f"{signed.year}年{signed.month}月{signed.day}日",
        suggestion=f"核对落款年份{slip}。" if slip else "",
    )


def last_day(agency: str, year: int) -> date:
    """The day by which the report on a year is due: §49, 31 January, of a whole area 31 March."""
    return date(year + 1, 3, 31) if is_government(agency) else date(year + 1, 1, 31)


def is_government(agency: str) -> bool:
    """Whether the body is a government of county level or above, which reports on a whole area."""
    is_township = re.search(r"[镇乡]人民政府$", agency)
    return agency.endswith("人民政府") and not is_township


def _date_evidence(report: Report, signed: date) -> Evidence:
    """The date as printed, where the text still holds it; else as a date."""
    printed = re.compile(rf"{signed.year}\s*[年.-]\s*0?{signed.month}\s*[月.-]\s*0?{signed.day}日?")
    for section in reversed(report.texts):
        if match := printed.search(section.text):
            return words_evidence(section, match[0])
    last = report.texts[-1] if report.texts else None
    return Evidence(
        Place(
            section=last.number if last else 0,
            quote=f"{signed.year}年{signed.month}月{signed.day}日",
        )
    )


@rule("I104", "signed-by-another", "error", reads="identity")
def signed_by_another(report: Report) -> Outcomes:
    """标题与落款的单位不一致。

    为什么: 单位不一致多是套用别的单位的文稿；落款用简称的也应改为全称。

    依据: 条例第四十九条：各行政机关报告本机关的情况。

    反例::

        title: 云溪市青禾区数据管理局2023年政府信息公开工作年度报告
        signed_by: 云溪市青禾区水务局

    正例::

        title: 云溪市青禾区数据管理局2023年政府信息公开工作年度报告
        signed_by: 青禾区数据管理局

    处理: 核对报告单位，落款用与标题一致的全称。
    """
    if not report.agency or not report.signed_by:
        yield Undecided("没有标题单位或落款单位，无法比对。")
        return
    evidence = (
        *title_evidence(report),
        Evidence(Place(section=_last_section(report), quote=report.signed_by)),
    )
    if not same_agency(report.agency, report.signed_by):
        yield Finding(
            f"报告单位是{report.agency}，落款却是{report.signed_by}。",
            evidence,
            expected=report.agency,
            actual=report.signed_by,
        )
    elif is_short_for(report.signed_by, report.agency):
        yield Finding(
            f"落款用了简称“{report.signed_by}”。",
            evidence,
            actual=report.signed_by,
            suggestion="落款宜用全称。",
            severity="notice",
        )


def _last_section(report: Report) -> int:
    return report.texts[-1].number if report.texts else 0


_RELATIVE = re.compile(r"今年|去年|截至目前|目前(?=所有|\d)|近日|近期|本月")


@rule("I110", "relative-time", "notice")
def relative_time(report: Report) -> Outcomes:
    """用了“今年”“去年”“截至目前”等相对时间。

    为什么: 报告在次年公布，“今年”指哪一年会有歧义。

    依据: 公文表述应当准确；条例第四十九条。

    反例::

        sections:
          6: 今年承办建议3件。

    正例::

        sections:
          6: 2023年承办建议3件。

    处理: 改写为具体年份或截止日期。
    """
    for sentence in sentences(report, 0, 1, 6):
        if match := _RELATIVE.search(sentence.bare):
            yield Finding(
                f"“{match[0]}”指代不明：{clipped(sentence.text)}", (quote_evidence(sentence),)
            )


@rule("I111", "not-recognised-as-annual-report", "error", reads="identity")
def not_recognised(report: Report) -> Outcomes:
    """认不出是哪个单位、哪一年的报告。

    为什么: 没有单位和年度就无法归档、比对和汇总。

    依据: 国办公开办函〔2021〕30号附件的标题格式。

    反例::

        agency: null
        year: null

    正例::

        agency: 云溪市青禾区数据管理局
        year: 2023

    处理: 在标题写明单位和年度。
    """
    missing = [n for n, v in (("单位", report.agency), ("年度", report.year)) if not v]
    if missing:
        first = next(iter(sentences(report)), None)
        evidence = (quote_evidence(first),) if first else ()
        yield Finding(f"没有认出{'和'.join(missing)}。", evidence)


@rule("I112", "file-name-of-another-year", "warning", reads="identity")
def file_name_of_another_year(report: Report) -> Outcomes:
    """文件名的年份与报告年度不同。

    为什么: 可能把往年的文件当作本年的上传，或文件名沿用了旧名。

    依据: 条例第四十九条。

    反例::

        source: 青禾区数据管理局2022年年报.docx
        year: 2023

    正例::

        source: 青禾区数据管理局2023年年报.docx
        year: 2023

    处理: 核对上传的是否为该年度的报告。
    """
    years = {int(y) for y in _YEAR_IN_FILE_NAME.findall(report.source)}
    if report.year is None or not years:
        return
    named = {int(y) for y in _REPORT_IN_FILE_NAME.findall(report.source)}
    # A file may be named for the year in which it was published, a report may not.
    if not years & {report.year, report.year + 1} or (named and report.year not in named):
        yield Finding(
            f"文件名“{report.source}”里的年份不是{report.year}。",
            tuple(
                replace(e, doubt=doubt_of(report, "year-conflict")) for e in title_evidence(report)
            ),
            expected=report.year,
            actual="、".join(map(str, sorted(years))),
        )
