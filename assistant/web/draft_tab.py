"""The tab 起草: what the writer has goes in, a draft with its origins and suggestions comes out."""

import gradio as gr

from assistant.model import Model
from assistant.settings import Settings
from vectorstore.library import Library


def build_draft_tab(library: Library, settings: Settings, model: Model | None) -> None:
    """Adds the tab's components and events to the Blocks under construction."""
    gr.HTML("<div class='nb-empty'>填好本年数据和要点，点“起草”。</div>", elem_id="nb-draft")
