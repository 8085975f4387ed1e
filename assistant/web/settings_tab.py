"""The tab 设置: the settings in force, whether the model answers, the indices, and what people thought.

Nothing of it is part of the page before the server has looked who asks: settings and opinions are for
administrators.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import gradio as gr

from assistant.access.roles import Role
from assistant.model import Model, Turn
from assistant.settings import Settings, shown
from assistant.web.conversations import Conversations, Opinion
from assistant.web.downloads import copy_button, immediate_link
from assistant.web.errors import told
from assistant.web.library_desk import outcomes_to_html
from assistant.web.people import may, needs
from ingest.errors import ModelUnavailable
from vectorstore.library import Library

_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@\s]+@")
PACKAGES = ("nianbao", "gradio", "chromadb", "tantivy", "langchain-core", "sentence-transformers")
_NOT_FOR_YOU = "<div class='nb-empty'>这一页只有管理员能看。需要改动时请联系管理员。</div>"
_NO_MODEL = (
    "没有设置语言模型，所有功能照常使用，答案引用原文。要用模型，请设 NIANBAO_MODEL、"
    "NIANBAO_BASE_URL 和 NIANBAO_API_KEY 后重新启动。"
)
_TEST = (Turn("user", "请只回复两个字：收到"),)
_LONGEST_SHOWN = 60
# More opinions than this are read in the file.
_MOST_OPINIONS = 20


def build_settings_tab(
    tab: gr.Tab,
    library: Library,
    settings: Settings,
    model: Model | None,
    conversations: Conversations,
) -> None:
    """Adds the components and events of the tab, which is drawn anew whenever it is opened."""
    with gr.Column(elem_id="nb-settings"):
        with gr.Column(visible=False) as tools:
            with gr.Row(elem_classes="nb-small-buttons"):
                test = gr.Button("测试语言模型", size="sm", min_width=110, elem_id="nb-test-model")
                rebuild = gr.Button("重建索引", size="sm", min_width=96, elem_id="nb-rebuild")
                again = gr.Button("重新读取旧版解析的年报", size="sm", elem_id="nb-reread-all")
                opinions = gr.Button(
                    "下载全部评价", size="sm", min_width=110, elem_id="nb-take-opinions"
                )
            outcome = gr.HTML(elem_id="nb-settings-outcome")
            fetched = gr.HTML(elem_classes="nb-fetched")
        values = gr.HTML(elem_id="nb-effective")
        judged = gr.HTML(elem_id="nb-judged")
    desk = _Desk(library, settings, model, conversations)
    shown = [values, tools, judged]
    tab.select(desk.show, None, shown, queue=False, api_name=False, show_progress_on=[values])
    test.click(desk.test_model, None, outcome, api_name=False, concurrency_id="test")
    lane = {"api_name": False, "concurrency_id": "ingest", "concurrency_limit": 1}
    rebuild.click(desk.rebuild, None, outcome, **lane)
    again.click(desk.read_again, None, outcome, **lane)
    opinions.click(desk.take_opinions, None, fetched, api_name=False)


class _Desk:
    """What the buttons of the tab do."""

    def __init__(
        self,
        library: Library,
        settings: Settings,
        model: Model | None,
        conversations: Conversations,
    ) -> None:
        self._library = library
        self._settings = settings
        self._model = model
        self._conversations = conversations

    @told
    def show(self, request: gr.Request) -> tuple[str, object, str]:
        """The settings, whether the buttons are seen, and what people thought of answers."""
        if not may(request, Role.ADMIN):
            return _NOT_FOR_YOU, gr.update(visible=False), ""
        help_of = {n: field.description or "" for n, field in Settings.model_fields.items()}
        versions = {name: _version(name) for name in PACKAGES}
        values = settings_to_html(shown(self._settings), help_of) + versions_to_html(versions)
        judged = opinions_to_html(self._conversations.every_opinion())
        return values, gr.update(visible=True), judged

    @told
    @needs(Role.ADMIN, "测试语言模型")
    def test_model(self) -> Iterator[str]:
        """Whether the model answers, how soon, or why not."""
        if self._model is None:
            yield f"<p class='nb-note'>{_NO_MODEL}</p>"
            return
        named = escape(self._settings.model or "")
        yield f"<p class='nb-note'>正在等待 {named} 应答，最多{self._settings.timeout:g}秒……</p>"
        begun = time.monotonic()
        try:
            reply = "".join(self._model.reply(_TEST)).strip()
        except ModelUnavailable as error:
            yield f"<p class='nb-bad'>{escape(str(error))}请核对地址、名称和密钥，再试一次。</p>"
            return
        took = time.monotonic() - begun
        yield (
            f"<p class='nb-good'>{named} 应答正常，用时{took:.1f}秒，"
            f"回复：“{escape(reply[:_LONGEST_SHOWN])}”。</p>"
        )

    @told
    @needs(Role.ADMIN, "重建索引")
    def rebuild(
        self,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> str:
        """Makes both indices anew."""
        begun = time.monotonic()
        for number, name in enumerate(self._library.rebuild()):
            progress((number, 2), desc=f"正在重建{name}，其间照常回答", unit="步")
        took = time.monotonic() - begun
        return f"<p class='nb-good'>关键词索引和向量索引都已由记录重建，用时{took:.1f}秒。</p>"

    @told
    @needs(Role.EDITOR, "重读年报")
    def read_again(
        self,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> str:
        """Reads again what another version of the program read."""
        progress(0, desc="正在找出旧版解析的年报……")
        items = []
        for item in self._library.reread(workers=self._settings.workers):
            items.append(item)
            name = Path(item.source).name
            progress((len(items), None), desc=f"已重新读取：{name}", unit="份")
        return outcomes_to_html(items) or "<p class='nb-good'>都已由当前版本读取，无须重读。</p>"

    @told
    @needs(Role.ADMIN, "下载评价")
    def take_opinions(self) -> str:
        """A link to every opinion, one JSON object a line, as `nianbao eval` reads questions."""
        lines = [
            json.dumps(
                {"question": o.question, "answer": o.text, "good": o.is_good, "reason": o.reason},
                ensure_ascii=False,
            )
            for o in self._conversations.every_opinion()
        ]
        content = "".join(f"{line}\n" for line in lines).encode()
        return immediate_link("评价.jsonl", "application/jsonl", content)


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
    """The value in words, without the password that an address may carry; "" is as good as unset."""
    said = {"True": "是", "False": "否", "": "（未设）"}
    return said.get(value) or _PASSWORD.sub(r"\1***@", value)


def versions_to_html(versions: Mapping[str, str]) -> str:
    """The versions with a button to copy them into a report of a fault."""
    text = "，".join(f"{name} {number}" for name, number in versions.items())
    return (
        f"<section class='nb-report'><h3>版本</h3><p class='nb-note'>{escape(text)}</p>"
        f"{copy_button('复制版本信息', text)}</section>"
    )


def opinions_to_html(opinions: Sequence[Opinion]) -> str:
    """How many answers were liked, and the latest that were not, with the reasons."""
    bad = [opinion for opinion in opinions if not opinion.is_good]
    if not opinions:
        return "<section class='nb-report'><h3>对回答的评价</h3><p class='nb-note'>还没有人评价过。</p></section>"
    rows = "".join(
        f"<tr><td>{escape(o.question)}</td><td>{escape(o.text)}</td>"
        f"<td>{escape(o.reason) or '没有写'}</td></tr>"
        for o in reversed(bad[-_MOST_OPINIONS:])
    )
    table = (
        "<div class='nb-table'><table class='nb-form nb-left'><tr><th scope='col'>问题</th>"
        f"<th scope='col'>回答</th><th scope='col'>哪里不好</th></tr>{rows}</table></div>"
    )
    return (
        f"<section class='nb-report'><h3>对回答的评价</h3><p class='nb-note'>有用{len(opinions) - len(bad)}次，"
        f"不好{len(bad)}次。</p>{table if bad else ''}</section>"
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "未安装"
