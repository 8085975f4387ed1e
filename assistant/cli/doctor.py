"""`nianbao doctor`: what is missing on this machine."""

from dataclasses import asdict
from typing import Annotated

import typer

from assistant.cli.application import INPUT_FAILED, Data, Json, app, settings_for, show

_MARKS = {"ok": "✓", "missing": "–", "failed": "✗"}


@app.command()
def doctor(
    as_json: Json = False,
    data: Data = None,
    port: Annotated[int, typer.Option(help="网页打算用的端口", min=1, max=65535)] = 7860,
) -> None:
    """检查这台机器缺什么：文字识别、LibreOffice、字体、模型、资料库、磁盘、端口。

    有必需的东西不行时以状态 1 退出；只影响个别文件的（标“–”）不算。
    """
    from assistant.doctor import diagnose

    found = list(diagnose(settings_for(data), port))
    if as_json:
        show([asdict(each) for each in found])
    else:
        show("\n".join(f"{_MARKS[each.state]} {each.name}：{each.sentence}" for each in found))
    if any(each.state == "failed" for each in found):
        raise typer.Exit(INPUT_FAILED)
