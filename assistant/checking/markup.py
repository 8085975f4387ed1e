"""A check as one HTML file that stands alone: opens anywhere, prints well, fetches nothing.

Pure. Everything that came out of a document is escaped; there is no script in the page.
"""

from collections.abc import Mapping
from html import escape

from assistant.checking.decisions import STATUS_WORDS, Decision
from assistant.render import SEVERITY_WORDS, check_in_words, place_to_text
from assistant.rules import RULES, SEVERITIES, Check, Evidence, Finding
from ingest.report import Report

_STYLE = """
body{font:16px/1.7 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1b2430;
max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #d5dbe3}
article{border:1px solid #d5dbe3;border-left-width:6px;border-radius:6px;padding:.5rem 1rem;
margin:1rem 0;break-inside:avoid}
article.error{border-left-color:#b3261e}article.warning{border-left-color:#9a6700}
article.notice{border-left-color:#3b6ea8}article p{margin:.3rem 0}
.place{color:#4a5664;font-size:.92rem}blockquote{margin:.2rem 0 .4rem;padding:.2rem .8rem;
background:#f3f5f8}dt{font-weight:600}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #d5dbe3;padding:.2rem .5rem;text-align:left}th{background:#f3f5f8}
@media print{body{margin:0;max-width:none}}
"""


def check_to_html(
    report: Report, check: Check, decisions: Mapping[Finding, Decision] | None = None
) -> str:
    """The findings grouped by severity, each with its places, reason, legal basis and remedy."""
    groups = "".join(_group(check, severity, decisions or {}) for severity in SEVERITIES)
    body = f"<p>{escape(check_in_words(check))}</p>{groups}{_undecided(check)}{_doubts(report)}"
    return page_to_html(f"核查：{report.title or report.source}", body)


def page_to_html(title: str, body: str) -> str:
    """A page that stands alone; `title` is text, `body` is markup that is already escaped."""
    shown = escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{shown}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{shown}</h1>{body}</body></html>\n"
    )


def _group(check: Check, severity: str, decisions: Mapping[Finding, Decision]) -> str:
    findings = [f for f in check.findings if f.severity == severity]
    if not findings:
        return ""
    cards = "".join(_card(finding, decisions.get(finding)) for finding in findings)
    return f"<h2>{SEVERITY_WORDS[findings[0].severity]}（{len(findings)}）</h2>{cards}"


def _card(finding: Finding, decision: Decision | None) -> str:
    page = RULES[finding.rule].page
    rows = [f"<p><b>{escape(finding.rule)}</b>　{escape(finding.message)}</p>"]
    rows += [_evidence(evidence) for evidence in finding.evidence]
    rows += [f"<p>连带：{escape(c.message)}</p>" for c in finding.consequences]
    rows.append(f"<p><b>改法</b>　{escape(finding.suggestion or page.remedy)}</p>")
    rows.append(f"<p class='place'>为什么：{escape(page.why)}　依据：{escape(page.basis)}</p>")
    if decision:
        rows.append(f"<p><b>处理</b>　{escape(decision_to_text(decision))}</p>")
    return f"<article class='{finding.severity}'>{''.join(rows)}</article>"


def decision_to_text(decision: Decision) -> str:
    """A decision in words; one that was reopened says so."""
    again = "（数值已变，须重新核实）" if decision.reopened else ""
    note = f"：{decision.note}" if decision.note else ""
    return f"{STATUS_WORDS[decision.status]}{again}{note}"


def _evidence(evidence: Evidence) -> str:
    year = f"{evidence.year}年年报 " if evidence.report else ""
    value = "" if evidence.value is None else f"：{evidence.value}"
    shown = f"<p class='place'>{escape(f'{year}{place_to_text(evidence.place)}{value}')}</p>"
    quote = evidence.place.quote
    return shown + (f"<blockquote>{escape(quote)}</blockquote>" if quote else "")


def _undecided(check: Check) -> str:
    rows = "".join(f"<li>{escape(f'{u.rule}：{u.message}')}</li>" for u in check.undecided)
    return f"<h2>无法判定（{len(check.undecided)}）</h2><ul>{rows}</ul>" if rows else ""


def _doubts(report: Report) -> str:
    rows = "".join(f"<li>{escape(warning.message)}</li>" for warning in report.warnings)
    return f"<h2>读取存疑（{len(report.warnings)}）</h2><ul>{rows}</ul>" if rows else ""
