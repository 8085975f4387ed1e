"""Findings of a check as HTML: the summary line and one finding with its places and its rule.

Pure; all document text is escaped.
"""

from collections import Counter
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from assistant.render import SEVERITY_WORDS, VERDICT_WORDS, place_to_text
from assistant.rules import RULES, Check
from assistant.rules.rule import Evidence, Finding
from assistant.web.cards import picture_to_html
from assistant.web.evidence import place_to_html
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
        f"{good}{_doubts(report)}</section>"
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
    report: Report, finding: Finding, pictures: Mapping[int, bytes] = MappingProxyType({})
) -> str:
    """One finding: message, each of its places marked, the remedy, and the rule's page folded.

    `pictures` are cut-outs of the report's pages (PNG) by the index of the evidence they show.
    """
    places = "".join(
        _evidence(report, evidence) + picture_to_html(pictures.get(index))
        for index, evidence in enumerate(finding.evidence)
    )
    remedy = f"<p><b>改法</b>　{escape(finding.suggestion)}</p>" if finding.suggestion else ""
    consequences = "".join(f"<li>{escape(c.message)}</li>" for c in finding.consequences)
    follow = (
        f"<details><summary>由此连带的问题 {len(finding.consequences)} 处</summary>"
        f"<ul class='nb-doubts'>{consequences}</ul></details>"
        if consequences
        else ""
    )
    return (
        f"<article class='nb-card'><header><span class='nb-tag nb-tag-{finding.severity}'>"
        f"{SEVERITY_WORDS[finding.severity]}</span> {escape(finding.rule)}</header>"
        f"<p>{escape(finding.message)}</p>{places}{remedy}{follow}{_rule(finding.rule)}</article>"
    )


def _evidence(report: Report, evidence: Evidence) -> str:
    where = escape(place_to_text(evidence.place))
    if evidence.report is not None and evidence.report != report.id:
        return f"<p class='nb-note'>{evidence.year}年的报告：{where}　{evidence.value}</p>"
    return f"<p class='nb-note'>{where}</p>{place_to_html(report, evidence.place)}"


def _rule(rule_id: str) -> str:
    page = RULES[rule_id].page
    return (
        f"<details><summary>规则 {rule_id}：{escape(page.summary)}</summary>"
        f"<p><b>为什么</b>　{escape(page.why)}</p><p><b>依据</b>　{escape(page.basis)}</p></details>"
    )
