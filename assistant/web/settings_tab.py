"""The tab 设置: the settings in force, secrets masked, and the versions of what runs."""

import re
from collections.abc import Mapping
from html import escape
from importlib.metadata import PackageNotFoundError, version

import gradio as gr

from assistant.access.roles import Role
from assistant.settings import Settings, shown
from assistant.web.downloads import copy_button
from assistant.web.errors import told
from assistant.web.library_tab import outcomes_to_html
from assistant.web.people import needs
from vectorstore.library import Library

_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@\s]+@")
PACKAGES = ("nianbao", "gradio", "chromadb", "tantivy", "langchain-core", "sentence-transformers")


def build_settings_tab(library: Library, settings: Settings) -> None:
    """Adds the tab's components and events to the Blocks under construction."""
    versions = {name: _version(name) for name in PACKAGES}
    help_of = {name: field.description or "" for name, field in Settings.model_fields.items()}
    with gr.Column(elem_id="nb-settings"):
        gr.HTML(settings_to_html(shown(settings), help_of))
        gr.HTML(versions_to_html(versions))
        again = gr.Button("重新读取旧版解析的年报", size="sm", elem_id="nb-reread-all")
        outcome = gr.HTML(elem_id="nb-reread-outcome")

    @told
    @needs(Role.EDITOR, "重读年报")
    def read_again(
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> str:
        progress(0, desc="正在重新读取……")
        items = list(library.reread(workers=settings.workers))
        return outcomes_to_html(items) or "<p class='nb-good'>都已由当前版本读取，无须重读。</p>"

    again.click(
        read_again, None, outcome, api_name=False, concurrency_id="ingest", concurrency_limit=1
    )


def settings_to_html(values: Mapping[str, str], help_of: Mapping[str, str]) -> str:
    """The settings as a table: variable, value in force, meaning; all text is escaped."""
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(name)}</code></th><td>{escape(_masked(value))}</td>"
        f"<td>{escape(help_of.get(name.removeprefix('NIANBAO_').lower(), ''))}</td></tr>"
        for name, value in values.items()
    )
    return (
        "<section class='nb-report'><h3>正在使用的设置</h3><p class='nb-note'>设置写在环境变量或工作目录的 "
        "<code>.env</code> 里，改动后重新启动生效。密钥不会显示。</p><div class='nb-table'>"
        "<table class='nb-form nb-left'><tr><th scope='col'>名称</th><th scope='col'>当前值</th>"
        f"<th scope='col'>含义</th></tr>{rows}</table></div></section>"
    )


def _masked(value: str) -> str:
    """The value without the password that an address may carry; "" is as good as unset."""
    return _PASSWORD.sub(r"\1***@", value) or "（未设）"


def versions_to_html(versions: Mapping[str, str]) -> str:
    """The versions with a button to copy them into a report of a fault."""
    text = "，".join(f"{name} {number}" for name, number in versions.items())
    return (
        f"<section class='nb-report'><h3>版本</h3><p class='nb-note'>{escape(text)}</p>"
        f"{copy_button('复制版本信息', text)}</section>"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "未安装"
