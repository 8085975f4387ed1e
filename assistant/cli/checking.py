"""`nianbao check` and `rules`: the findings on a report, and the catalogue they come from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.application import (
    FINDINGS_STAND,
    Data,
    Files,
    Json,
    Severity,
    app,
    at_least,
    failures_reported,
    library_if_there,
    notify,
    parsed_reports,
    settings_for,
    show,
)
from assistant.settings import Settings
from ingest.errors import NianbaoError

if TYPE_CHECKING:
    from assistant.checking.check import Check
    from ingest.report import Report


@app.command()
def check(
    files: Files,
    as_json: Json = False,
    data: Data = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="有此级别或更重的问题时，以状态 3 退出")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="另存为文件，格式随扩展名：.docx（原文件加批注）.xlsx .pdf .html .md .sarif .xml .json"
        ),
    ] = None,
) -> None:
    """核查年报：表内勾稽、文表一致、单位与日期等，逐条给出依据、位置和改法。"""
    if output and len(files) > 1:
        raise typer.BadParameter("--output 一次只能写一份年报的核查结果。")
    from assistant.checking.check import check as check_report
    from assistant.checking.check import check_to_dict
    from assistant.render import check_to_markdown

    settings = settings_for(data)
    worst_found: set[str] = set()
    with failures_reported() as failures, library_if_there(settings) as library:
        for report in parsed_reports(files, settings, failures):
            result = check_report(report, library)
            worst_found |= {finding.severity for finding in result.findings}
            if output:
                _write_check(report, result, output, files[0], settings)
            show(check_to_dict(report, result) if as_json else check_to_markdown(report, result))
    if fail_on and worst_found & set(at_least(fail_on)):
        raise typer.Exit(FINDINGS_STAND)


@app.command()
def rules(
    rule_id: Annotated[str | None, typer.Argument(metavar="编号", help="规则编号，如 R101")] = None,
    as_json: Json = False,
) -> None:
    """列出规则目录，或显示一条规则的说明。"""
    from assistant.render import rule_to_dict, rule_to_markdown, rules_to_markdown
    from assistant.rules import RULES

    if rule_id is None:
        every = RULES.values()
        show([rule_to_dict(rule) for rule in every] if as_json else rules_to_markdown(every))
        return
    rule = RULES.get(rule_id.upper())
    if rule is None:
        raise NianbaoError(f"没有编号为 {rule_id} 的规则；用 nianbao rules 查看全部编号。")
    show(rule_to_dict(rule) if as_json else rule_to_markdown(rule))


def _write_check(
    report: "Report", result: "Check", output: Path, file: Path, settings: Settings
) -> None:
    """Write a check to a file, with what was decided on its findings before."""
    from assistant.checking.decisions import Decisions
    from assistant.checking.files import write_check

    decisions = Decisions(settings.data).of(report, result)
    write_check(report, result, output, original=file.read_bytes(), decisions=decisions)
    notify(f"核查结果已写入 {output}")
