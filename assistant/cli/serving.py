"""`nianbao serve` and `nianbao mcp`: the web page with its doors, and the tools over stdio."""

from typing import Annotated

import typer

from assistant.cli.application import Data, app, library_of, settings_for


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口", min=1, max=65535)] = 7860,
    data: Data = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="资料库为空时，先存入随附的示例年报")
    ] = False,
) -> None:
    """启动网页与接口：问答、核查、起草、文库。"""
    from assistant.serving.server import serve as serve_page

    serve_page(settings_for(data), host=host, port=port, with_samples=samples)


@app.command()
def mcp(data: Data = None) -> None:
    """以 MCP 工具的形式供本机的其他程序使用（标准输入输出）：提问、核查、解析、文库、数据。"""
    from assistant.doors.mcp_door import run_on_stdio
    from assistant.doors.work import Work
    from assistant.opening import open_model

    settings = settings_for(data)
    with library_of(settings) as library:
        run_on_stdio(Work(library, settings, open_model(settings)))
