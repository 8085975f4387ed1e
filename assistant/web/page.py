"""The page as a whole: head, tabs and theme; `assistant.serving` serves it.

Nothing on it comes from another host: fonts are the reader's own, analytics are off, and the
browser test fails on any request that leaves the machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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
from assistant.web.openings import Opening, connect_openings
from assistant.web.people import account_to_html
from assistant.web.settings_tab import build_settings_tab
from assistant.web.uploads import Uploads
from vectorstore.library import Library

# What an address asks for is done once; a reload does not ask its question again.
_OPEN_AT = """(question, tab) => {
  document.documentElement.dataset.nbOpened = "true";
  if (tab) document.getElementById(`nb-tab-${tab}-button`)?.click();
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
            holding = gr.HTML(elem_id="nb-holding")
            account = gr.HTML(elem_id="nb-account")
        with gr.Tabs(elem_id="nb-tabs"):
            with _tab("问答", "ask"):
                question, talk = build_chat_tab(library, model, conversations, uploads)
            with _tab("起草", "draft") as drafting:
                build_draft_tab(drafting, library, settings, model)
            with _tab("核查", "check"):
                build_check_tab(library, settings)
            with _tab("文库", "library") as shelves:
                chosen = build_library_tab(shelves, library, settings, holding)
            with _tab("设置", "settings") as insides:
                build_settings_tab(insides, library, settings, model, conversations)
        place = gr.Textbox(visible=False)

        def open_head(request: gr.Request) -> tuple[object, ...]:
            at = link_to_opening(request.query_params, library.entries())
            line = library_line(library.agencies(), library.years(), len(library.entries()))
            # Who is quicker than this event must not find the box emptied.
            asked = at.question or gr.skip()
            return line, account_to_html(request), asked, at.report, at.finding, at.tab

        seen = [holding, account, question, chosen.report, chosen.finding, place]
        opened = connect_openings(page, [Opening(open_head, [], seen), talk])
        opened.then(None, [question, place], None, js=_OPEN_AT)
        add_endpoints(Work(library, settings, model))
    return page


@contextmanager
def _tab(label: str, name: str) -> Iterator[gr.Tab]:
    """A tab that an address can name, with a heading for who hears the page."""
    with gr.Tab(label, id=name, elem_id=f"nb-tab-{name}") as tab:
        if name != "ask":
            gr.HTML(_unseen(label))
        yield tab


def _unseen(heading: str) -> str:
    """A heading for who hears the page; the tab's own name says it to who sees."""
    return f"<h2 class='nb-unseen'>{heading}</h2>"


def script() -> str:
    """The page's script as one function: Gradio wants no comment before it."""
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("//"))
