"""The page as a whole: head, tabs and theme; `assistant.serving` serves it.

Nothing on it comes from another host: fonts are the reader's own, analytics are off, and the
browser test fails on any request that leaves the machine.
"""

from pathlib import Path

import gradio as gr

from assistant.doors.work import Work
from assistant.model import Model
from assistant.settings import Settings
from assistant.web.cards import library_line
from assistant.web.chat_tab import build_chat_tab
from assistant.web.check_tab import build_check_tab
from assistant.web.conversations import Conversations
from assistant.web.draft_tab import build_draft_tab
from assistant.web.endpoints import add_endpoints
from assistant.web.library_tab import build_library_tab
from assistant.web.links import link_to_opening
from assistant.web.people import account_to_html
from assistant.web.settings_tab import build_settings_tab
from assistant.web.uploads import Uploads
from vectorstore.library import Library

# A question in the address is asked once; a reload does not ask it again.
_ASK_AT_ONCE = """(question) => {
  if (!question || !new URLSearchParams(location.search).has("q")) return;
  history.replaceState(null, "", location.pathname);
  document.querySelector("#nb-ask").click();
}"""

STYLES = tuple(
    Path(__file__).with_name(f"{name}.css") for name in ("page", "chat", "draft", "check")
)
SCRIPT = Path(__file__).with_name("page.js")
FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei", "sans-serif")
# Names of local fonts; a theme default would ask a foreign host for them.
MONO_FONTS = ("Consolas", "Noto Sans Mono CJK SC", "monospace")


def theme() -> gr.themes.Base:
    """The page's own theme: calm blue on paper, local fonts only."""
    return gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        font=FONTS,
        font_mono=MONO_FONTS,
        radius_size="sm",
        text_size="md",
        spacing_size="sm",
    ).set(
        # White on the default blue is too faint to read (3.7:1).
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
    )


def build(library: Library, settings: Settings, model: Model | None = None) -> gr.Blocks:
    """The page over a library; `model` phrases retrieval answers when one is configured."""
    # On a read-only disk conversations last as long as the process.
    conversations = Conversations(None if library.read_only else library.folder)
    uploads = Uploads(library.folder, settings)
    with gr.Blocks(title="年报助手", analytics_enabled=False, fill_width=True) as page:
        with gr.Row(elem_classes="nb-head"):
            gr.HTML("<h1>年报助手<small>政府信息公开工作年度报告的问答、起草与核查</small></h1>")
            holding = gr.HTML(
                lambda: library_line(library.agencies(), library.years(), len(library.entries())),
                elem_id="nb-holding",
            )
            account = gr.HTML(elem_id="nb-account")
        with gr.Tabs(elem_id="nb-tabs") as tabs:
            with gr.Tab("问答", id="ask"):
                question = build_chat_tab(page, library, model, conversations, uploads)
            with gr.Tab("起草", id="draft"):
                gr.HTML(_unseen("起草"))
                build_draft_tab(library, settings, model)
            with gr.Tab("核查", id="check"):
                gr.HTML(_unseen("核查"))
                build_check_tab(library, settings)
            with gr.Tab("文库", id="library"):
                gr.HTML(_unseen("文库"))
                chosen = build_library_tab(library, settings, holding)
            with gr.Tab("设置", id="settings"):
                gr.HTML(_unseen("设置"))
                build_settings_tab(page, library, settings, model, conversations)

        def open_at(request: gr.Request) -> tuple[object, ...]:
            place = link_to_opening(request.query_params, library.entries())
            # Who is quicker than this event must not find the page turned back.
            tab = gr.Tabs(selected=place.tab) if place.tab else gr.skip()
            return (
                tab,
                place.question or gr.skip(),
                place.report or gr.skip(),
                place.finding or gr.skip(),
            )

        opened = [tabs, question, chosen.report, chosen.finding]
        page.load(open_at, None, opened, api_name=False).then(None, question, None, js=_ASK_AT_ONCE)
        page.load(account_to_html, None, account, queue=False, show_progress="hidden")
        add_endpoints(Work(library, settings, model))
    return page


def _unseen(heading: str) -> str:
    """A heading for who hears the page; the tab's own name says it to who sees."""
    return f"<h2 class='nb-unseen'>{heading}</h2>"


def script() -> str:
    """The page's script as one function: Gradio wants no comment before it."""
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//"))
