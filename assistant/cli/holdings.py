"""`nianbao ingest`, `library` and `export`: what the library takes in, holds and gives out."""

import gc
import sys
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.application import (
    Data,
    Json,
    app,
    failures_reported,
    library_of,
    notify,
    settings_for,
    show,
)

# Reports come as many small values and no cycles; to look for these after every 700 values takes a
# tenth of the time of storing.
_VALUES_BETWEEN_COLLECTIONS = 50_000


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="路径", help="文件或文件夹", show_default=False),
    ] = None,
    as_json: Json = False,
    data: Data = None,
    workers: Annotated[int | None, typer.Option(min=1, help="同时解析的进程数")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="另把旧版程序读过的原件重读一遍，把换模型后缺的向量补齐")
    ] = False,
) -> None:
    """把年报（文件或整个文件夹）存入资料库；同一文件重复存入不起变化。"""
    from tqdm import tqdm

    from assistant.listing import ingested_to_dict
    from ingest.batch import files_under

    if not paths and not again:
        raise typer.BadParameter("请写明要存入的文件或文件夹。")
    gc.set_threshold(_VALUES_BETWEEN_COLLECTIONS)
    settings = settings_for(data)
    counts = dict.fromkeys(("added", "known", "edition", "reread", "failed"), 0)
    with failures_reported() as failures, library_of(settings) as library:
        workers = workers or settings.workers
        reread = library.reread(workers=workers) if again else ()
        items = chain(reread, library.ingest(paths or (), workers=workers))
        # A bar where a person watches; each line of the result is written above it.
        total = None if again else len(files_under(paths or ()))
        with tqdm(items, "存入", total, unit="份", disable=None, leave=False) as bar:
            for item in bar:
                counts[item.status] += 1
                if item.status == "failed":
                    failures.append(item.message)
                with bar.external_write_mode(file=sys.stdout):
                    show(ingested_to_dict(item) if as_json else item.message)
        if again:
            library.reembed()
        summary = {"files": sum(counts.values()), **counts, "reports": len(library.entries())}
        show({"summary": summary} if as_json else _counts_to_text(counts))


@app.command("library")
def list_library(as_json: Json = False, data: Data = None) -> None:
    """列出资料库里有哪些单位、哪些年度的年报。"""
    from assistant.listing import library_to_dict
    from assistant.render import library_to_markdown

    with library_of(settings_for(data)) as library:
        if as_json:
            show(library_to_dict(library))
        else:
            show(library_to_markdown(library.entries()))


@app.command()
def export(
    output: Annotated[
        Path,
        typer.Argument(
            metavar="文件",
            help="写到哪个文件；后缀 .csv、.xlsx、.parquet、.json 决定格式",
            show_default=False,
        ),
    ],
    data: Data = None,
) -> None:
    """把资料库里每一格的数（连同状态、存疑与出处）导出成表。"""
    from assistant.export import export_facts

    with library_of(settings_for(data)) as library:
        count = export_facts(library, output)
    notify(f"已导出 {count} 行到 {output}。")


def _counts_to_text(counts: Mapping[str, int]) -> str:
    return (
        f"共 {sum(counts.values())} 个文件：新存入 {counts['added']}，已有 {counts['known']}，"
        f"同单位同年度的另一份 {counts['edition']}，重读 {counts['reread']}，"
        f"未能存入 {counts['failed']}。"
    )
