"""Rules that hold the text against the tables (文表一致)."""

import re
from collections.abc import Iterator, Sequence

from assistant.rules.cells import cells_evidence, unread
from assistant.rules.claims import (
    Cells,
    Measure,
    contradictions,
    figure_evidence,
    is_own,
    own_figures,
    total,
)
from assistant.rules.proactive import FEE_AMOUNT, YUAN_PER_WAN
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import Sentence, clipped, quote_evidence, sentences
from ingest.forms import APPLICANT_COLUMNS, FORM_2021
from ingest.numbers import text_to_number
from ingest.report import Concept, Figure, Number, Report


def _requests(*rows: str) -> Cells:
    return tuple(Concept("requests", row, "total") for row in rows)


def _disputes(column: str, *rows: str) -> Cells:
    return tuple(Concept("disputes", row, column) for row in rows)


def _group(prefix: str) -> Cells:
    rows = FORM_2021.table("requests").rows
    return _requests(*(row for row in rows if row.startswith(prefix)))


NEW, CARRIED_IN, CARRIED_OVER = _requests("new"), _requests("carried_in"), _requests("carried_over")
HANDLED, GRANTED, PARTLY = _requests("total"), _requests("granted"), _requests("partly_granted")
DENIED, UNAVAILABLE, DECLINED = _group("denied."), _group("unavailable."), _group("declined.")
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")

# 建议提案, 12345热线 and the like are handled too, and are no applications.
_NOT_APPLICATIONS = re.compile(r"建议|提案|投诉|咨询|信件|留言|信访件|热线")

# 未收到政府信息公开申请   没有受理依申请公开事项
_NONE_RECEIVED = re.compile(
    r"(?:未|没有?|无)(?:曾|再)?(?:收到|接到|受理|新收)[^,。;]{0,16}?(?:依申请公开|申请)(?![^,。;]{0,6}(?:复议|诉讼))"
)
_RECEIVED = Measure(
    "新收申请",
    NEW,
    figures=("收到申请",),
    none=_NONE_RECEIVED,
    also=(NEW + CARRIED_IN,),
    whole=True,
)


@rule("N101", "received-differs", "error")
def received_differs(report: Report) -> Outcomes:
    """正文说的新收申请件数与表三不符。

    为什么: 同一个数在文中和表中不一，读者不知道信哪一个。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确；表三“一、本年新收”。

    反例::

        requests:
          new: {natural_person: 3, total: 3}
        sections:
          1: 2023年，我局共收到政府信息公开申请5件。

    正例::

        requests:
          new: {natural_person: 3, total: 3}
        sections:
          1: 2023年，我局共收到政府信息公开申请3件。

    处理: 对照申请台账，改正文或改表三。
    """
    yield from contradictions(report, _RECEIVED)


_REPLIED = Measure(
    "办结申请",
    HANDLED,
    figures=("答复申请",),
    said=re.compile("答复|办结|办毕|回复"),
    unsaid=_NOT_APPLICATIONS,
    whole=True,
)
# 办理12件 may be what was received or what was finished.
_DEALT_WITH = Measure(
    "办理申请",
    HANDLED,
    figures=("答复申请",),
    unsaid=re.compile(f"答复|办结|办毕|回复|{_NOT_APPLICATIONS.pattern}"),
    also=(NEW, NEW + CARRIED_IN),
    whole=True,
)


@rule("N102", "replied-differs", "error")
def replied_differs(report: Report) -> Outcomes:
    """正文说的答复、办结件数与表三“（七）总计”不符。

    为什么: 同一个数在文中和表中不一，读者不知道信哪一个。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确；表三“（七）总计”。

    反例::

        requests:
          total: {natural_person: 4, total: 4}
        sections:
          1: 全年办结政府信息公开申请6件。

    正例::

        requests:
          total: {natural_person: 4, total: 4}
        sections:
          1: 全年办结政府信息公开申请4件。

    处理: 对照申请台账，改正文或改表三。
    """
    yield from contradictions(report, _REPLIED)
    yield from contradictions(report, _DEALT_WITH)


# 均已按时办结   已全部答复完毕
_ALL_DONE = re.compile(
    r"(?:均|全部|都)已?(?:[^,。;]{0,10})?(?:办结|答复完毕|办理完毕|答复完成|办毕)"
)


@rule("N103", "all-answered-yet-carried-over", "warning")
def all_answered_yet_carried_over(report: Report) -> Outcomes:
    """正文说申请已全部办结，表三却有结转下年度的。

    为什么: 全部办结就不会有结转，两处说法矛盾。

    依据: 表三“四、结转下年度继续办理”。

    反例::

        requests:
          carried_over: {natural_person: 2, total: 2}
        sections:
          1: 全年收到政府信息公开申请9件，均已按时办结。

    正例::

        requests:
          carried_over: {natural_person: 0, total: 0}
        sections:
          1: 全年收到政府信息公开申请9件，均已按时办结。

    处理: 写明办结和结转各多少件。
    """
    over = report.number(CARRIED_OVER[0])
    for sentence in sentences(report, 1):
        text = sentence.bare
        is_about = "申请" in text and not _NOT_APPLICATIONS.search(text) and "结转" not in text
        if not (is_about and _ALL_DONE.search(text) and is_own(report, text)):
            continue
        if missing := unread(report, CARRIED_OVER):
            yield missing
        elif over:
            yield Finding(
                f"正文说全部办结，表三结转下年度{over}件：{clipped(sentence.text)}",
                (quote_evidence(sentence), *cells_evidence(report, CARRIED_OVER)),
                expected=0,
                actual=over,
            )


# 因本机关不掌握等原因无法提供5件 may count one item of the group only.
_NOT_HELD = re.compile(r"不掌握|不存在|没有现成|不明确")
_OUTCOMES = (
    Measure("予以公开", GRANTED, figures=("予以公开",)),
    Measure("部分公开", PARTLY, figures=("部分公开",)),
    Measure("予以公开及部分公开", GRANTED + PARTLY, figures=("予以公开及部分公开",)),
    Measure("不予公开", DENIED, figures=("不予公开",)),
    Measure("无法提供", UNAVAILABLE, figures=("无法提供",), unsaid=_NOT_HELD),
    Measure(
        "无法提供",
        UNAVAILABLE,
        figures=("无法提供",),
        said=_NOT_HELD,
        also=tuple((cell,) for cell in UNAVAILABLE),
    ),
    Measure("不予处理", DECLINED, figures=("不予处理",)),
)


@rule("N104", "outcome-differs", "error")
def outcome_differs(report: Report) -> Outcomes:
    """正文说的某一类办理结果与表三不符。

    为什么: 予以公开、部分公开、不予公开、无法提供、不予处理各有多少件，文表应当一致。

    依据: 国办公开办函〔2021〕30号：发布内容应当准确；表三（一）至（五）。

    反例::

        requests:
          granted: {natural_person: 2, total: 2}
          denied.law: {natural_person: 1, total: 1}
        sections:
          1: 答复的申请中，予以公开2件，不予公开3件。

    正例::

        requests:
          granted: {natural_person: 2, total: 2}
          denied.law: {natural_person: 1, total: 1}
        sections:
          1: 答复的申请中，予以公开2件，不予公开1件。

    处理: 对照申请台账，改正文或改表三；“无法提供”等按大类说的，应是该类各项之和。
    """
    for measure in _OUTCOMES:
        yield from contradictions(report, measure)
    other = [c for c in _group("other.") if report.cell(c).state != "missing"]
    yield from contradictions(report, Measure("其他处理", tuple(other), figures=("其他处理",)))


_CARRIED = (
    Measure("上年结转", CARRIED_IN, figures=("上年结转",)),
    Measure(
        "结转下年度",
        CARRIED_OVER,
        figures=("结转下年度",),
        # 无结转下年度事项
        none=re.compile(r"(?:无|没有)(?:申请)?结转(?:至|到)?(?:下|次)"),
    ),
)


@rule("N105", "carried-differs", "error")
def carried_differs(report: Report) -> Outcomes:
    """正文说的上年结转、结转下年度件数与表三不符。

    为什么: 结转数跨年衔接，文表不一会让下一年也对不上。

    依据: 表三“二、上年结转”与“四、结转下年度继续办理”。

    反例::

        requests:
          carried_over: {natural_person: 2, total: 2}
        sections:
          1: 年末结转下年度继续办理1件。

    正例::

        requests:
          carried_over: {natural_person: 2, total: 2}
        sections:
          1: 年末结转下年度继续办理2件。

    处理: 对照申请台账，改正文或改表三。
    """
    for measure in _CARRIED:
        yield from contradictions(report, measure)


_LEGAL = tuple(
    Concept("requests", "new", column.id)
    for column in APPLICANT_COLUMNS
    if column.id not in ("natural_person", "total")
)
_APPLICANTS = (
    Measure(
        "自然人申请",
        (Concept("requests", "new", "natural_person"),),
        counted=(
            re.compile(r"自然人(?:提出|提交)?的?(?:申请)?(?P<number>\d+)[件条]"),
            re.compile(r"(?P<number>\d+)件(?:申请)?(?:为|是|系)?自然人"),
        ),
        said=re.compile("申请"),
        unsaid=re.compile("复议|诉讼|结转"),
    ),
    Measure(
        "法人或其他组织申请",
        _LEGAL,
        counted=(
            re.compile(
                r"法人[或和及、者]*其[他它]组织(?:提出|提交)?的?(?:申请)?(?P<number>\d+)[件条]"
            ),
        ),
        said=re.compile("申请"),
        unsaid=re.compile("复议|诉讼|结转"),
    ),
)


@rule("N106", "applicants-differ", "error")
def applicants_differ(report: Report) -> Outcomes:
    """正文说的自然人、法人申请件数与表三不符。

    为什么: 申请人类别的件数在表三有专列，文表应当一致。

    依据: 表三“申请人情况”。

    反例::

        requests:
          new: {natural_person: 4, enterprise: 1, total: 5}
        sections:
          1: 全年收到公开申请5件，其中自然人申请3件，法人或其他组织申请2件。

    正例::

        requests:
          new: {natural_person: 4, enterprise: 1, total: 5}
        sections:
          1: 全年收到公开申请5件，其中自然人申请4件，法人或其他组织申请1件。

    处理: 对照申请台账，改正文或改表三。
    """
    for measure in _APPLICANTS:
        yield from contradictions(report, measure)


# 未发生…行政复议   无因政府信息公开提起的复议; not 未经复议, not 无复议被纠正
_NO = r"(?:未(?!经)|没有?|无|零)(?![^,。;]*(?:纠正|纠错|败诉|撤销))"
_NO_RECONSIDERATION = re.compile(rf"{_NO}[^,。;\d]{{0,30}}复议")
_NO_LITIGATION = re.compile(rf"{_NO}[^,。;\d]{{0,40}}诉讼")
_CASES = (
    Measure(
        "行政复议",
        _disputes("total", "reconsideration"),
        figures=("行政复议",),
        none=_NO_RECONSIDERATION,
    ),
    Measure(
        "行政诉讼", _disputes("total", *LITIGATION), figures=("行政诉讼",), none=_NO_LITIGATION
    ),
    Measure(
        "行政复议和行政诉讼",
        _disputes("total", "reconsideration", *LITIGATION),
        figures=("行政复议和行政诉讼",),
    ),
)


@rule("N107", "cases-differ", "error")
def cases_differ(report: Report) -> Outcomes:
    """正文说的复议、诉讼件数与表四不符。

    为什么: 同一个数在文中和表中不一，读者不知道信哪一个。

    依据: 条例第五十条第（三）项；表四。

    反例::

        disputes:
          reconsideration: {upheld: 2, total: 2}
        sections:
          1: 未发生因政府信息公开申请行政复议、提起行政诉讼的情况。

    正例::

        disputes:
          reconsideration: {upheld: 2, total: 2}
        sections:
          1: 因政府信息公开被申请行政复议2件，没有行政诉讼。

    处理: 对照案件台账，改正文或改表四。
    """
    for measure in _CASES:
        yield from contradictions(report, measure)


# 均获维持   全部被维持
_ALL_UPHELD = re.compile(r"(?:均|全部)(?:被|获|予以|依法|得到)*维持")
# 无一纠错   没有败诉   零纠正
_NONE_CORRECTED = re.compile(r"(?:无|没有|未|零)(?:一件?)?(?:发生)?(?:被)?(?:纠正|纠错|败诉)")


@rule("N108", "upheld-claim-wrong", "error")
def upheld_claim_wrong(report: Report) -> Outcomes:
    """正文说案件均获维持或没有纠正，表四却不是。

    为什么: “均获维持”指全部案件已经审结且维持，有纠正、其他结果或尚未审结的就不能这样说。

    依据: 条例第五十条第（三）项；表四。

    反例::

        disputes:
          reconsideration: {upheld: 5, pending: 2, total: 7}
        sections:
          1: 全年信息公开类行政复议7件，均获维持。

    正例::

        disputes:
          reconsideration: {upheld: 5, pending: 2, total: 7}
        sections:
          1: 全年信息公开类行政复议7件，已审结的5件维持，2件尚未审结。

    处理: 按表四写明维持、纠正、其他结果和尚未审结各多少件。
    """
    for sentence in sentences(report, 1):
        rows = _groups_named(sentence.bare)
        if not rows or not is_own(report, sentence.bare):
            continue
        if _ALL_UPHELD.search(sentence.bare):
            others = tuple(
                c for k in ("corrected", "other", "pending") for c in _disputes(k, *rows)
            )
            yield from _not_upheld(report, sentence, others, "均获维持")
        elif _NONE_CORRECTED.search(sentence.bare):
            yield from _not_upheld(report, sentence, _disputes("corrected", *rows), "没有纠正")


def _groups_named(text: str) -> tuple[str, ...]:
    reconsideration = ("reconsideration",) if "复议" in text else ()
    return (*reconsideration, *(LITIGATION if "诉讼" in text or "败诉" in text else ()))


def _not_upheld(report: Report, sentence: Sentence, cells: Cells, said: str) -> Outcomes:
    contrary = [c for c in cells if report.number(c)]
    missing = unread(report, cells)
    if contrary:
        count = total(report, contrary)
        yield Finding(
            f"正文说{said}，表四另有{count}件不是：{clipped(sentence.text)}",
            (quote_evidence(sentence), *cells_evidence(report, contrary)),
            expected=0,
            actual=count,
        )
    elif missing:
        yield missing


def _proactive(row: str, column: str) -> Cells:
    return (Concept("proactive", row, column),)


_DOCUMENTS = (
    Measure("制发行政规范性文件", _proactive("normative_documents", "issued"), ("规范性文件制发",)),
    Measure(
        "废止行政规范性文件", _proactive("normative_documents", "repealed"), ("规范性文件废止",)
    ),
    Measure(
        "现行有效行政规范性文件",
        _proactive("normative_documents", "in_force"),
        ("规范性文件现行有效",),
    ),
)


@rule("N109", "documents-differ", "warning", formats=("2021",))
def documents_differ(report: Report) -> Outcomes:
    """正文说的规范性文件件数与表二不符。

    为什么: 制发、废止、现行有效件数应与表二一致；“政策文件”不都是规范性文件，也可能是用语不严。

    依据: 条例第二十条第（一）项；表二。

    反例::

        proactive:
          normative_documents: {issued: 2, in_force: 6}
        sections:
          1: 全年制发行政规范性文件3件。

    正例::

        proactive:
          normative_documents: {issued: 2, in_force: 6}
        sections:
          1: 全年制发行政规范性文件2件。

    处理: 核对规范性文件目录；不属于规范性文件的，改称“政策文件”。
    """
    for measure in _DOCUMENTS:
        yield from contradictions(report, measure)


_DECISIONS = tuple(
    Measure(name, _proactive(row, "decisions"), figures=(name,))
    for name, row in (
        ("行政许可", "licensing"),
        ("行政处罚", "penalties"),
        ("行政强制", "coercion"),
    )
)


@rule("N110", "decisions-differ", "warning")
def decisions_differ(report: Report) -> Outcomes:
    """正文说的行政许可、处罚、强制件数与表二不符。

    为什么: 表二统计全部处理决定（公开与依法不公开的都算），正文的口径不同时应当说明。

    依据: 条例第二十条第（五）（六）项；表二“本年处理决定数量”。

    反例::

        proactive:
          licensing: {decisions: 120}
        sections:
          1: 全年作出行政许可决定210件。

    正例::

        proactive:
          licensing: {decisions: 120}
        sections:
          1: 全年作出行政许可决定120件。

    处理: 核对处理决定数量；正文只说已公开的，写明“公开”。
    """
    for measure in _DECISIONS:
        yield from contradictions(report, measure)


# 行政事业性收费12.5万元
_FEES = re.compile(r"行政事业性收费[^,。;\d]{0,14}(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|元)")


@rule("N111", "fees-differ", "error", formats=("2021",))
def fees_differ(report: Report) -> Outcomes:
    """正文说的行政事业性收费与表二不符。

    为什么: 金额换算（元、万元）最容易出错，文表应当一致。

    依据: 条例第二十条第（八）项；表二“本年收费金额（单位：万元）”。

    反例::

        proactive:
          fees: {amount: 12.5}
        sections:
          1: 全年行政事业性收费15.2万元。

    正例::

        proactive:
          fees: {amount: 12.5}
        sections:
          1: 全年行政事业性收费12.5万元。

    处理: 核对收费台账，注意单位换算。
    """
    for sentence in sentences(report, 1, 6):
        match = _FEES.search(sentence.bare)
        said = text_to_number(match["number"]) if match else None
        if match is None or said is None or not is_own(report, sentence.bare):
            continue
        if missing := unread(report, [FEE_AMOUNT]):
            yield missing
            continue
        amount = said if match["unit"] == "万元" else said / YUAN_PER_WAN
        stated = report.number(FEE_AMOUNT) or 0
        same_digits = stated == said  # P106 speaks of an amount that was not converted
        if not same_digits and not _rounds_to(amount, stated):
            yield Finding(
                f"正文说行政事业性收费{match['number']}{match['unit']}，表二是{stated}万元。",
                (quote_evidence(sentence), *cells_evidence(report, [FEE_AMOUNT])),
                expected=stated,
                actual=amount,
            )


def _rounds_to(one: Number, other: Number) -> bool:
    """Whether two amounts are the same once the one with more decimals is rounded."""
    decimals = min(_decimals(one), _decimals(other))
    return bool(abs(one - other) <= 0.5 * 10**-decimals)


def _decimals(number: Number) -> int:
    return len(str(number).partition(".")[2]) if isinstance(number, float) else 0


# 未收取信息处理费   没有产生信息处理费
_NO_FEE = re.compile(r"(?:未|没有?|无|零)[^,。;]{0,12}(?:收取|产生|发生)?[^,。;]{0,14}处理费")


@rule("N112", "processing-fee-contradicted", "error")
def processing_fee_contradicted(report: Report) -> Outcomes:
    """一处说未收取信息处理费，另一处又有收取的金额。

    为什么: 两处说法矛盾。

    依据: 国办函〔2020〕109号。

    反例::

        sections:
          1: 全年收取信息处理费400元。
          6: 本年度未收取信息处理费。

    正例::

        sections:
          1: 全年收取信息处理费400元。
          6: 本年度收取信息处理费400元。

    处理: 核对收费通知和缴费记录，统一说法。
    """
    charged = [f for f in own_figures(report, "信息处理费") if f.value]
    denied = [s for s in sentences(report) if _NO_FEE.search(s.bare) and is_own(report, s.bare)]
    denied = [s for s in denied if "标准" not in s.bare or "未收取" in s.bare]
    if charged and denied:
        yield Finding(
            f"一处说“{clipped(denied[0].text, 30)}”，另一处说收取{charged[0].value}{charged[0].unit}。",
            (quote_evidence(denied[0]), figure_evidence(charged[0])),
            expected=0,
            actual=charged[0].value,
        )


@rule("N113", "processing-fee-not-in-fees", "warning", formats=("2021",))
def processing_fee_not_in_fees(report: Report) -> Outcomes:
    """收取的信息处理费没有计入行政事业性收费。

    为什么: 信息处理费属于行政事业性收费，表二的金额不应比它小。

    依据: 国办函〔2020〕109号；表二“行政事业性收费”。

    反例::

        proactive:
          fees: {amount: 0}
        sections:
          6: 本年度实际收取信息处理费400元。

    正例::

        proactive:
          fees: {amount: 0.04}
        sections:
          6: 本年度实际收取信息处理费400元。

    处理: 把信息处理费按万元计入表二的行政事业性收费。
    """
    for figure in own_figures(report, "信息处理费"):
        if missing := unread(report, [FEE_AMOUNT]):
            yield missing
            continue
        amount = figure.value if figure.unit == "万元" else figure.value / YUAN_PER_WAN
        stated = report.number(FEE_AMOUNT) or 0
        if amount > stated and not (stated and _rounds_to(amount, stated)):
            yield Finding(
                f"信息处理费{figure.value}{figure.unit}，表二行政事业性收费只有{stated}万元。",
                (figure_evidence(figure), *cells_evidence(report, [FEE_AMOUNT])),
                expected=f"不少于{amount}",
                actual=stated,
            )


# 予以公开27件，占33.9%
_SHARE = re.compile(
    r"(?P<number>\d[\d,]*)件?[,(]?(?:约)?占(?:比|总数的?|全部申请的?)?(?:为|约|达)?(?P<share>\d+(?:\.\d+)?)%"
)


@rule("N114", "share-miscalculated", "warning")
def share_miscalculated(report: Report) -> Outcomes:
    """正文说的占比与件数算出来的不符。

    为什么: 占比由件数相除得出，算错说明件数或总数有一个不对。

    依据: 表三各行总计；按最后一位四舍五入。

    反例::

        requests:
          new: {natural_person: 200, total: 200}
          total: {natural_person: 200, total: 200}
        sections:
          1: 答复的申请中，予以公开50件，占33.9%。

    正例::

        requests:
          new: {natural_person: 200, total: 200}
          total: {natural_person: 200, total: 200}
        sections:
          1: 答复的申请中，予以公开50件，占25%。

    处理: 重新计算占比，或核对件数与总数。
    """
    for sentence in sentences(report, 1):
        if not re.search("申请|予以公开|不予公开", sentence.bare):
            continue
        bases = _bases(report, sentence)
        for match in _SHARE.finditer(sentence.bare):
            part = text_to_number(match["number"]) or 0
            wanted = [100 * part / base for base in bases if base]
            if wanted and not any(_is_printed_as(share, match["share"]) for share in wanted):
                yield Finding(
                    f"{match[0]}：按表三应为{wanted[0]:.2f}%。",
                    (quote_evidence(sentence), *cells_evidence(report, HANDLED)),
                    expected=round(wanted[0], 2),
                    actual=float(match["share"]),
                )


def _bases(report: Report, sentence: Sentence) -> Sequence[Number]:
    """What a share may be of: what was finished, received, or any number said before it."""
    cells = (HANDLED, NEW, NEW + CARRIED_IN)
    section = sentence.section.text[: sentence.start + len(sentence.text)]
    said = (
        text_to_number(found) or 0 for found in re.findall(r"\d[\d,]*(?=\s*[件条宗份])", section)
    )
    return [total(report, c) for c in cells if unread(report, c) is None] + list(said)


def _is_printed_as(share: Number, printed: str) -> bool:
    """Whether a share, rounded or cut off, is the percentage as printed."""
    decimals = len(printed.partition(".")[2])
    return bool(abs(share - float(printed)) < 10**-decimals)


_BUSINESS: tuple[tuple[str, str], ...] = (
    ("licensing", r"(?:作出|办理|实施|受理)[^,。;]{0,8}行政许可"),
    ("penalties", r"(?:作出|办理|实施|下达)[^,。;]{0,8}行政处罚"),
    ("coercion", r"(?:作出|办理|实施|采取)[^,。;]{0,8}行政强制"),
)


@rule("N115", "business-done-but-zero", "notice")
def business_done_but_zero(report: Report) -> Outcomes:
    """正文写了办理许可、处罚、强制，表二却是0。

    为什么: 有执法业务而处理决定为0，可能漏填；没有该项职权的不会在正文里写。

    依据: 条例第二十条第（五）（六）项；表二。

    反例::

        proactive:
          penalties: {decisions: 0}
        sections:
          1: 全年依法办理行政处罚案件并公示结果。

    正例::

        proactive:
          penalties: {decisions: 12}
        sections:
          1: 全年依法办理行政处罚案件并公示结果。

    处理: 核对本年处理决定数量，包括依法不公开的。
    """
    for row, pattern in _BUSINESS:
        cells = _proactive(row, "decisions")
        for sentence in _matching(report, pattern):
            if report.number(cells[0]) == 0:
                yield Finding(
                    f"正文写到{clipped(sentence.text)}，表二该项为0。",
                    (quote_evidence(sentence), *cells_evidence(report, cells)),
                    actual=0,
                )
                break


def _matching(report: Report, pattern: str) -> Iterator[Sentence]:
    found = re.compile(pattern)
    for sentence in sentences(report, 1):
        if found.search(sentence.bare) and not re.search(r"未|没有|无|0[件项]", sentence.bare):
            yield sentence


# 较上年增加3件   同比下降12.5%
_CHANGE = re.compile(
    r"(?:较|比|同比)(?:上年|去年|20\d\d年|上一?年度?)?(?:同期)?(?P<way>增加|增长|上升|减少|下降)(?:了)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>件|%)"
)


@rule("N116", "year-on-year-miscalculated", "warning", needs="last_year")
def year_on_year_miscalculated(report: Report, last_year: Report) -> Outcomes:
    """正文说的新收申请同比与两年的表三不符。

    为什么: 同比由两年的数算出，对不上说明引错了上年的数。

    依据: 两年的表三“一、本年新收”总计。

    反例::

        requests:
          new: {natural_person: 12, total: 12}
        sections:
          1: 全年收到政府信息公开申请12件，较上年增加5件。
        last_year:
          requests:
            new: {natural_person: 9, total: 9}

    正例::

        requests:
          new: {natural_person: 12, total: 12}
        sections:
          1: 全年收到政府信息公开申请12件，较上年增加3件。
        last_year:
          requests:
            new: {natural_person: 9, total: 9}

    处理: 按上年年报重新计算。
    """
    for figure in own_figures(report, "收到申请"):
        match = _CHANGE.search("".join(figure.sentence.split()))
        if match is None or figure.part_of:
            continue
        if missing := unread(report, NEW) or unread(last_year, NEW, other=True):
            yield missing
            continue
        now, before = report.number(NEW[0]) or 0, last_year.number(NEW[0]) or 0
        yield from _change_finding(figure, match, now, before)


def _change_finding(
    figure: Figure, match: re.Match[str], now: Number, before: Number
) -> Iterator[Finding]:
    sign = 1 if match["way"] in ("增加", "增长", "上升") else -1
    change = sign * (now - before)
    said = match["number"].replace(",", "")
    if match["unit"] == "件":
        right, shown = change == float(said), f"{change}件"
    elif before:
        percent = 100 * change / before
        right, shown = _is_printed_as(percent, said), f"{percent:.1f}%"
    else:
        return
    if not right:
        yield Finding(
            f"正文说{match[0]}，按上年{before}件、本年{now}件应为{shown}。",
            (figure_evidence(figure),),
            expected=shown,
            actual=f"{match['number']}{match['unit']}",
        )
