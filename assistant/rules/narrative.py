"""Rules that hold the text against the tables (文表一致)."""

import re

from assistant.rules.cells import cells_evidence, unread
from assistant.rules.claims import (
    Cells,
    Measure,
    claims,
    contradictions,
    is_own,
    total,
)
from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import clipped, quote_evidence, sentences
from ingest.characters import for_matching
from ingest.forms import APPLICANT_COLUMNS, FORM_2021, Form, form_of
from ingest.report import Concept, Report


def _requests(*rows: str) -> Cells:
    return tuple(Concept("requests", row, "total") for row in rows)


def _group(prefix: str, form: Form = FORM_2021) -> Cells:
    rows = form.table("requests").rows
    return _requests(*(row for row in rows if row.startswith(prefix)))


NEW = _requests("new")
CARRIED_IN = _requests("carried_in")
CARRIED_OVER = _requests("carried_over")
HANDLED = _requests("total")
GRANTED = _requests("granted")
PARTLY = _requests("partly_granted")
DENIED = _group("denied.")
UNAVAILABLE = _group("unavailable.")
DECLINED = _group("declined.")

# 建议提案, 12345热线 and the like are handled too, and are no applications.
_NOT_APPLICATIONS = re.compile(r"建议|提案|投诉|咨询|信件|留言|信访件|热线")

# 未收到政府信息公开申请   没有受理依申请公开事项
_NONE_RECEIVED = re.compile(
    r"(?:未|没有?|无)(?:曾|再)?(?:收到|接到|受理|新收)[^,。;]{0,16}?(?:依申请公开|申请)(?![^,。;]{0,6}(?:复议|诉讼))"
)
_RECEIVED = Measure(
    "新收申请",
    NEW,
    figures=("收到申请", "新收"),
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
    yield from _counted_with_carried_in(report)


# 收到13件 is what was received this year; 受理13件 may be what lay on the desk.
_RECEIVED_ONLY = re.compile(r"收到|新收|接收|接到")
_SAID_TO_BE_BOTH = re.compile(r"[上往]年[结转]|含|合计|受理|(?<!继续)办理")


def _counted_with_carried_in(report: Report) -> Outcomes:
    """A warning where the text calls received what is received and carried in together."""
    new, carried = (report.number(cells[0]) for cells in (NEW, CARRIED_IN))
    if not new or not carried:
        return
    for claim in claims(report, _RECEIVED):
        words = for_matching(claim.words)
        plain = _RECEIVED_ONLY.search(words) and not _SAID_TO_BE_BOTH.search(words)
        if plain and claim.value == new + carried and not claim.approximate:
            yield Finding(
                f"正文说收到{claim.value}件，表三本年新收是{new}件：{claim.value}件含上年结转的{carried}件，"
                f"没有写明：{clipped(claim.words, 60)}",
                (claim.evidence, *cells_evidence(report, NEW + CARRIED_IN)),
                expected=new,
                actual=claim.value,
                suggestion="改写为本年新收的件数，或写明“含上年结转”。",
                severity="warning",
            )


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
    yield from _not_all_granted(report)
    # One row in the edition of 2019, three in that of 2021.
    other = _group("other.", form_of(report.format))
    yield from contradictions(report, Measure("其他处理", other, figures=("其他处理",)))


# 均予以公开   全部依法公开; not 均已公开办理结果, nor 均通过网站公开
_ALL_GRANTED = re.compile(
    r"(?:均|全部|都)(?:已|依法|按时|按期|及时)*(?:予以公开|同意公开)(?![^,。;]*部分)"
)


def _not_all_granted(report: Report) -> Outcomes:
    """A finding where the text says that all was granted, and the table has other outcomes too."""
    rows = form_of(report.format).table("requests").rows
    others = _requests(*(r for r in rows if r.partition(".")[1] or r == "partly_granted"))
    for sentence in sentences(report, 1):
        text = sentence.bare
        if "申请" not in text or not _ALL_GRANTED.search(text) or not is_own(report, text):
            continue
        contrary = [cell for cell in others if report.number(cell)]
        if contrary:
            count = total(report, contrary)
            yield Finding(
                f"正文说均予以公开，表三另有{count}件不是：{clipped(sentence.text)}",
                (quote_evidence(sentence), *cells_evidence(report, contrary)),
                expected=0,
                actual=count,
            )
        elif missing := unread(report, others):
            yield missing


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
