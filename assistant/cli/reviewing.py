"""`nianbao review`: many reports checked at once, and who has not filed."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.application import (
    FINDINGS_STAND,
    Data,
    Json,
    Severity,
    app,
    at_least,
    library_if_there,
    notify,
    settings_for,
    show,
)
from assistant.opening import parse_limits
from ingest.errors import NianbaoError


@app.command()
def review(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="路径", help="年报文件、文件夹或 zip 压缩包", show_default=False),
    ],
    as_json: Json = False,
    data: Data = None,
    roster: Annotated[
        Path | None,
        typer.Option(help="应报送单位的名单，文本文件，每行一个；不给则以资料库里的单位为准"),
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="同时读取的进程数")] = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="有此级别或更重的问题时，以状态 3 退出")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="另存为文件，格式随扩展名：.xlsx .html .md .json")
    ] = None,
) -> None:
    """一次核查许多份年报：各份结论、常见问题、哪些单位没有报送。坏文件只占一行。"""
    from assistant.checking.files import write_whole
    from assistant.checking.review import review as review_paths
    from assistant.checking.review_files import (
        REVIEW_FORMS,
        review_to_dict,
        review_to_markdown,
    )

    suffix = output.suffix.lower() if output else ".md"
    if suffix not in REVIEW_FORMS:
        known = "、".join(REVIEW_FORMS)
        raise NianbaoError(f"不知道 {output} 要写成什么格式；可以是 {known}。")
    settings = settings_for(data)
    with library_if_there(settings) as library:
        found = review_paths(
            paths,
            library,
            roster=_names(roster),
            workers=workers or settings.workers,
            limits=parse_limits(settings),
            progress=lambda done, whole: notify(f"已读取 {done}/{whole}"),
        )
    if output:
        write_whole(output, REVIEW_FORMS[suffix](found))
        notify(f"汇总已写入 {output}")
    show(review_to_dict(found) if as_json else review_to_markdown(found))
    standing = {f.severity for file in found.files if file.check for f in file.check.findings}
    if fail_on and standing & set(at_least(fail_on)):
        raise typer.Exit(FINDINGS_STAND)
    if not any(file.check for file in found.files):
        raise NianbaoError("没有一份文件可以核查，原因见上表。")


def _names(roster: Path | None) -> list[str]:
    """The agencies on the list, a line each. Raises NianbaoError."""
    if roster is None:
        return []
    try:
        lines = roster.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise NianbaoError(
            f"读不了名单 {roster}，请给一份 UTF-8 的文本文件，每行一个单位。"
        ) from error
    return [line.strip() for line in lines if line.strip()]
