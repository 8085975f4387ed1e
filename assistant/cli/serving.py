"""`nianbao serve`: the web page."""

from typing import Annotated

import typer

from assistant.cli.application import Data, app, settings_for


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口")] = 7860,
    data: Data = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="资料库为空时，先存入随附的示例年报")
    ] = False,
) -> None:
    """启动网页：问答、核查、文库。"""
    from assistant.serving.server import serve as serve_page

    serve_page(settings_for(data), host=host, port=port, with_samples=samples)
