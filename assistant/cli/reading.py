"""`nianbao parse`: a file → what was read of it."""

from assistant.cli.application import Files, Json, app, failures_reported, parsed_reports, show
from assistant.settings import Settings


@app.command()
def parse(files: Files, as_json: Json = False) -> None:
    """读取年报：单位、年度、六个部分、三张法定表格，读不准的一一说明。"""
    from assistant.render import report_to_markdown
    from ingest.report_json import report_to_dict

    with failures_reported() as failures:
        for report in parsed_reports(files, Settings(), failures):
            show(report_to_dict(report) if as_json else report_to_markdown(report))
