"""`nianbao draft`: this year's tables, last year's report and notes → a draft."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.application import Data, Json, app, library_if_there, notify, settings_for, show
from assistant.opening import open_model, open_report
from ingest.errors import NianbaoError, os_reason


@app.command()
def draft(
    agency: Annotated[str, typer.Option(help="单位全称", show_default=False)],
    year: Annotated[int, typer.Option(help="报告年度", show_default=False)],
    tables: Annotated[
        Path | None,
        typer.Option(help="本年的表格：能读取的年报文件、Excel（.xlsx），或 parse 输出的 JSON"),
    ] = None,
    last_year: Annotated[Path | None, typer.Option(help="上年的年报；不给则从资料库里找")] = None,
    notes: Annotated[Path | None, typer.Option(help="写作要点，每行一条的文本")] = None,
    section: Annotated[
        list[int] | None, typer.Option(min=1, max=6, help="只写某一部分：1、5 或 6，可多次")
    ] = None,
    signed_on: Annotated[
        str | None, typer.Option(help="成文日期，如 2026-01-20；不给则在文件里留空")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="写成整份年报：.docx（法定格式）.html .md")
    ] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """起草年报的第一、五、六部分：每个数都有来历，只有您知道的以【请补充：…】留空。"""
    from assistant.drafting.draft import DRAFTED, FIRST_YEAR, draft_to_dict
    from assistant.drafting.draft import draft as write_draft
    from assistant.drafting.files import write_draft as write_file
    from assistant.drafting.tables_file import open_tables
    from assistant.render import draft_to_markdown

    if section and not set(section) <= set(DRAFTED):
        raise typer.BadParameter("--section 只能是 1、5 或 6。")
    if not agency.strip():
        raise typer.BadParameter("--agency 要写单位全称。")
    if not FIRST_YEAR <= year <= date.today().year:
        raise typer.BadParameter(f"--year 要写报告年度，{FIRST_YEAR} 年以后、今年以前（含今年）。")
    settings = settings_for(data)
    this_year = open_tables(tables, settings) if tables else None
    with library_if_there(settings) as library:
        written = write_draft(
            agency.strip(),
            year,
            tables=this_year,
            last_year=open_report(last_year, settings) if last_year else None,
            notes=_text_of(notes) if notes else "",
            sections=tuple(sorted(set(section))) if section else DRAFTED,
            library=library,
            model=open_model(settings),
            signed_on=_day(signed_on) if signed_on else None,
        )
    if output:
        write_file(written, this_year, output)
        notify(f"已写入 {output}")
    show(draft_to_dict(written) if as_json else draft_to_markdown(written))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("--signed-on 要写成 2026-01-20 这样。") from None


def _text_of(path: Path) -> str:
    from ingest.characters import decode

    try:
        return decode(path.read_bytes()).text
    except OSError as error:
        raise NianbaoError(f"《{path}》打不开（{os_reason(error)}）。请检查路径和权限。") from error
