"""Findings of a check as HTML: the summary line and one finding with its places and its rule.

Pure; all document text is escaped.
"""

from collections import Counter
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from assistant.checking.decisions import Decision
from assistant.checking.markup import decision_to_text
from assistant.render import SEVERITY_WORDS, VERDICT_WORDS, place_to_text
from assistant.rules import RULES, Check
from assistant.rules.rule import Evidence, Finding
from assistant.web.cards import picture_to_html
from ingest.report import Report

ALL_GOOD = "<p class='nb-good'>没有发现问题。无法判定的规则见下；读取存疑的格请与原件核对。</p>"


def summary_to_html(report: Report, check: Check) -> str:
    """Which report was checked, how many findings of each kind, and what could not be decided."""
    found = Counter(finding.severity for finding in check.findings)
    verdicts = Counter(check.verdicts.values())
    tags = "".join(
        f"<span class='nb-tag nb-tag-{name}'>{word} {found[name]}</span>"
        for name, word in SEVERITY_WORDS.items()
    )
    rules = "　".join(f"{word} {verdicts[name]}" for name, word in VERDICT_WORDS.items())
    good = "" if check.findings else ALL_GOOD
    return (
        f"<section class='nb-report'><h3>{escape(report.title or report.source)}</h3>"
        f"<div class='nb-verdict'>{tags}<span>规则 {len(check.verdicts)}：{rules}</span></div>"
        f"{good}{_doubts(report)}{_undecided(check)}</section>"
    )


def _undecided(check: Check) -> str:
    """What could not be decided and why, rule by rule; the candidates stand in the sentence."""
    if not check.undecided:
        return ""
    reasons: dict[str, list[str]] = {}
    for undecided in check.undecided:
        reasons.setdefault(undecided.rule, []).append(undecided.message)
    items = "".join(
        f"<li>{escape(rule)}　{escape(messages[0])}"
        f"{f'（同类共{len(messages)}处）' if len(messages) > 1 else ''}</li>"
        for rule, messages in reasons.items()
    )
    return (
        f"<details><summary>有 {len(reasons)} 条规则无法判定（缺数或有歧义，不算通过）</summary>"
        f"<ul class='nb-doubts'>{items}</ul></details>"
    )


def _doubts(report: Report) -> str:
    if not report.warnings:
        return ""
    items = "".join(f"<li>{escape(warning.message)}</li>" for warning in report.warnings)
    return (
        f"<details><summary>读取存疑 {len(report.warnings)} 处（是读取的疑问，未必是报告的错）"
        f"</summary><ul class='nb-doubts'>{items}</ul></details>"
    )


def finding_to_html(
    report: Report,
    finding: Finding,
    pictures: Mapping[int, bytes] = MappingProxyType({}),
    decision: Decision | None = None,
) -> str:
    """One finding: message, its places, the remedy, what follows from it, and the rule's page.

    `pictures` are cut-outs of the report's pages (PNG) by the index of the evidence they show. The
    report's own cells and sentences are only named: they stand marked in the document beside.
    """
    remedy = f"<p><b>改法</b>　{escape(finding.suggestion)}</p>" if finding.suggestion else ""
    return (
        f"<article class='nb-card'><header><span class='nb-tag nb-tag-{finding.severity}'>"
        f"{SEVERITY_WORDS[finding.severity]}</span> {escape(finding.rule)}"
        f"{decision_tag(decision)}</header><p>{escape(finding.message)}</p>{remedy}"
        f"{_consequences(finding)}{_places(report, finding, pictures)}{_rule(finding.rule)}</article>"
    )


# More places than this are folded, so that the remedy stays in sight.
_FEW_PLACES = 4


def _places(report: Report, finding: Finding, pictures: Mapping[int, bytes]) -> str:
    """The places of a finding; of many, only the first that has a picture is not folded away."""
    shown = [
        _evidence(report, evidence) + picture_to_html(pictures.get(index))
        for index, evidence in enumerate(finding.evidence)
    ]
    if len(shown) <= _FEW_PLACES:
        return "".join(shown) or "<p class='nb-note'>文件里没有对应的文字可以标出。</p>"
    first = min(pictures, default=0)
    rest = "".join(shown[:first] + shown[first + 1 :])
    return f"{shown[first]}<details><summary>所依据的另外 {len(shown) - 1} 处</summary>{rest}</details>"


def _consequences(finding: Finding) -> str:
    if not finding.consequences:
        return ""
    items = "".join(f"<li>{escape(c.message)}</li>" for c in finding.consequences)
    return (
        f"<details open><summary>由此连带的问题 {len(finding.consequences)} 处</summary>"
        f"<ul class='nb-doubts'>{items}</ul></details>"
    )


def decision_tag(decision: Decision | None) -> str:
    """What was decided, as a tag; nothing where nothing was."""
    if decision is None:
        return ""
    state = "nb-tag-warning" if decision.reopened else "nb-tag-decided"
    return f" <span class='nb-tag {state}'>{escape(decision_to_text(decision))}</span>"


def _evidence(report: Report, evidence: Evidence) -> str:
    where = escape(place_to_text(evidence.place))
    value = "" if evidence.value is None else f"：<b>{evidence.value}</b>"
    doubt = f"　<em>{escape(evidence.doubt.message)}</em>" if evidence.doubt else ""
    is_other = evidence.report is not None and evidence.report != report.id
    whose = f"{evidence.year}年的报告：" if is_other else ""
    shown = f"<p class='nb-note'>{whose}{where}{value}{doubt}</p>"
    quote = evidence.place.quote
    if not quote or evidence.place.table:
        return shown
    return f"{shown}<blockquote class='nb-quote'><mark>{escape(quote)}</mark></blockquote>"


def _rule(rule_id: str) -> str:
    page = RULES[rule_id].page
    return (
        f"<details><summary>规则 {rule_id}：{escape(page.summary)}</summary>"
        f"<p><b>为什么</b>　{escape(page.why)}</p><p><b>依据</b>　{escape(page.basis)}</p></details>"
    )
