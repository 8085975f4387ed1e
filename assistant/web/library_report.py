"""One report of the library as HTML: what was read from it, and what the rules find in it.

Pure and escaping.
"""

from html import escape

from assistant.checking.check import Check
from assistant.render import SEVERITY_WORDS
from assistant.rules.rule import Finding
from assistant.web.cards import NO_REPORT_CHOSEN, report_to_html
from assistant.web.downloads import link_button
from assistant.web.finding_cards import finding_to_html
from assistant.web.links import report_link
from ingest.report import Report


def held_report_to_html(report: Report | None, check: Check | None, opened: str = "") -> str:
    """The report with its findings folded; those of the rule `opened` are open."""
    if report is None or check is None:
        return NO_REPORT_CHOSEN
    found = "".join(_finding(report, finding, finding.rule == opened) for finding in check.findings)
    count = len(check.findings)
    body = found or "<p class='nb-good'>没有发现问题。</p>"
    state = " open" if opened else ""
    return (
        f"{link_button('复制这份年报的链接', report_link(report.id))}"
        f"<section class='nb-report'><details class='nb-found'{state}>"
        f"<summary>核查发现 {count} 处</summary>{body}</details></section>{report_to_html(report)}"
    )


def _finding(report: Report, finding: Finding, is_open: bool) -> str:
    state = " open data-opened" if is_open else ""
    word = SEVERITY_WORDS[finding.severity]
    return (
        f"<details{state}><summary><span class='nb-tag nb-tag-{finding.severity}'>{word}</span> "
        f"{escape(finding.rule)}　{escape(finding.message)}</summary>"
        f"{finding_to_html(report, finding)}"
        f"{link_button('复制这条问题的链接', report_link(report.id, finding.rule))}</details>"
    )
