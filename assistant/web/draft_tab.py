"""The tab 起草: what the writer has goes in, a draft with its origins and suggestions comes out.

Layout and events alone; what they do is in `draft_desk`. A draft is saved with every change.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import gradio as gr

from assistant.drafting.draft import FIRST_YEAR
from assistant.drafting.tables_file import SUFFIXES as TABLE_SUFFIXES
from assistant.model import Model
from assistant.settings import Settings
from assistant.web.draft_desk import FORMATS, DraftDesk
from assistant.web.draft_text import NO_DRAFT
from ingest.readers.kinds import SUFFIXES
from vectorstore.library import Library

_FOLDER = Path(__file__).parent
_NOTES_HINT = """每行一条，写您知道的事，例如：
全年主动公开信息 83 条，其中政策解读 12 篇
举办培训 2 期，参训 64 人次
问题：办事指南更新不及时，有 2 项条件一个多月后才更新
改进：指南与政策文件同步审核、同步发布"""
# The cells touched on this page go along, whatever events are still on their way; those that were
# not may have been filled in on another.
_TOUCHED = """const typed = [...document.querySelectorAll("#nbd-form input[data-touched]")];
  const cells = JSON.stringify(Object.fromEntries(typed.map((f) => [f.dataset.cell, f.dataset.touched])));"""
_WITH_CELLS = f"""(draft, held, beside, _, ...fields) => {{
  {_TOUCHED}
  return [draft, held, beside, cells, ...fields];
}}"""
# What was typed last is still being sent when the button is pressed: it is waited for.
_AFTER_CELLS = f"""async (draft, held, _, ...fields) => {{
  await new Promise((sent) => setTimeout(sent, 400));
  {_TOUCHED}
  return [draft, held, cells, ...fields];
}}"""
_SURELY = """(chosen) => chosen && confirm("删除这份草稿？删除后不能恢复。") ? chosen : \"\""""
_QUIET = {"queue": False, "api_name": False, "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class _Material:
    """The components of the inner tab 材料."""

    agency: gr.Dropdown
    year: gr.Number
    signed_on: gr.Textbox
    notes: gr.Textbox
    profile: tuple[gr.Textbox, ...]
    about: gr.HTML
    last_year: gr.File
    upload: gr.File
    template: gr.Button
    outcome: gr.HTML
    undo: gr.Button
    form: gr.HTML
    cells: gr.Textbox
    start: gr.Button

    @property
    def fields(self) -> list[gr.components.Component]:
        """The components whose values are the fields of a draft, in the order of `Fields`."""
        return [self.agency, self.year, self.signed_on, self.notes, *self.profile]


@dataclass(frozen=True, slots=True)
class _Text:
    """The components of the inner tab 正文与建议."""

    verdict: gr.HTML
    text: gr.HTML
    advice: gr.HTML
    beside: gr.Checkbox
    undo: gr.Button
    reword: gr.Button
    exports: tuple[gr.Button, ...]
    fetched: gr.HTML

    @property
    def shown(self) -> list[gr.components.Component]:
        """What a change of the draft draws anew."""
        return [self.text, self.advice, self.verdict]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The components of the line above both."""

    draft: gr.State
    held: gr.State  # what the fields held when they were last loaded or saved
    saved: gr.Dropdown
    fresh: gr.Button
    forget: gr.Button


def build_draft_tab(tab: gr.Tab, library: Library, settings: Settings, model: Model | None) -> None:
    """Adds the components and events of the tab, whose form is drawn when it is opened."""
    shelf = _shelf()
    with gr.Tabs(elem_id="nbd-steps") as steps:
        with gr.Tab("1　材料", id="material"):
            material = _material()
        with gr.Tab("2　正文与建议", id="text") as second:
            text = _text()
    desk = DraftDesk(library, settings, model)
    arrived = [shelf.draft, shelf.saved, material.agency, material.form]
    tab.select(desk.arrive, [shelf.draft, material.year], arrived, **_QUIET)
    _connect_shelf(shelf, material, text, steps, desk)
    _connect_material(shelf, material, desk)
    _connect_files(shelf, material, desk)
    _connect_text(shelf, text, desk)
    # However one comes to the text, it is written from the material as it stands on the page.
    material.start.click(desk.ready, [material.agency, material.year], steps, **_QUIET)
    second.select(
        desk.start,
        [shelf.draft, shelf.held, text.beside, material.cells, *material.fields],
        [*text.shown, shelf.held],
        js=_WITH_CELLS,
        api_name=False,
        show_progress_on=[text.verdict],
    ).then(desk.choices, shelf.draft, shelf.saved, **_QUIET)


# --- Layout ----------------------------------------------------------------------------------------


def _shelf() -> _Shelf:
    with gr.Row(elem_classes="nbd-shelf"):
        saved = gr.Dropdown(
            label="我的草稿",
            choices=[],
            container=False,
            show_label=False,
            elem_id="nbd-saved",
            min_width=240,
            scale=3,
        )
        fresh = gr.Button("新建一份", size="sm", min_width=90, scale=0, elem_id="nbd-fresh")
        forget = gr.Button("删除这份", size="sm", min_width=90, scale=0, elem_id="nbd-forget")
    return _Shelf(gr.State(""), gr.State(None), saved, fresh, forget)


def _material() -> _Material:
    with gr.Row(elem_classes="nbd-top"):
        agency = gr.Dropdown(
            label="单位全称",
            choices=[],
            allow_custom_value=True,
            elem_id="nbd-agency",
            scale=4,
            min_width=220,
        )
        year = gr.Number(
            date.today().year - 1,
            label="报告年度",
            precision=0,
            minimum=FIRST_YEAR,
            elem_id="nbd-year",
            scale=1,
            min_width=90,
        )
        signed_on = gr.Textbox(
            label="成文日期（可以后补）",
            placeholder="2026-01-20",
            elem_id="nbd-signed",
            scale=2,
            min_width=130,
        )
        start = gr.Button("起草", variant="primary", elem_id="nbd-start", scale=1, min_width=110)
    outcome = gr.HTML(elem_id="nbd-outcome")
    cells = gr.Textbox(visible=False)
    with gr.Row():
        with gr.Column(scale=6, min_width=320):
            undo, form = _form()
        with gr.Column(scale=4, min_width=300):
            notes = gr.Textbox(
                label="写作要点",
                placeholder=_NOTES_HINT,
                lines=9,
                max_lines=30,
                elem_id="nbd-notes",
            )
            about, last_year = _last_year()
            upload, template = _upload()
            profile = _profile()
    return _Material(
        agency,
        year,
        signed_on,
        notes,
        profile,
        about,
        last_year,
        upload,
        template,
        outcome,
        undo,
        form,
        cells,
        start,
    )


def _form() -> tuple[gr.Button, gr.HTML]:
    with gr.Row(elem_classes="nbd-bar"):
        gr.Markdown("### 本年数据", elem_classes="nb-heading")
        undo = gr.Button("撤销填写", size="sm", min_width=90, scale=0, elem_id="nbd-take-back")
    return undo, gr.HTML(elem_id="nbd-form", js_on_load=_script("draft_form.js"))


def _last_year() -> tuple[gr.HTML, gr.File]:
    gr.Markdown("### 上年年报", elem_classes="nb-heading")
    about = gr.HTML(elem_id="nbd-about-last-year")
    file = gr.File(
        label="上传上年年报（文库里没有时）",
        file_types=[*SUFFIXES, ".json"],
        height=120,
        elem_id="nbd-last-year",
    )
    return about, file


def _upload() -> tuple[gr.File, gr.Button]:
    gr.Markdown("### 从文件填表", elem_classes="nb-heading")
    file = gr.File(
        label="填好的 Excel、Word 或已成稿的年报",
        file_types=[*SUFFIXES, *TABLE_SUFFIXES],
        height=120,
        elem_id="nbd-tables",
    )
    template = gr.Button("下载空表（Excel）", size="sm", elem_id="nbd-template")
    return file, template


def _profile() -> tuple[gr.Textbox, ...]:
    with gr.Accordion("单位资料（填一次，下次自动带出）", open=True, elem_id="nbd-profile"):
        address = gr.Textbox(label="地址", max_lines=1)
        with gr.Row():
            phone = gr.Textbox(label="电话", max_lines=1, min_width=120)
            email = gr.Textbox(label="电子邮箱", max_lines=1, min_width=120)
        website = gr.Textbox(label="网址", max_lines=1)
        platforms = gr.Textbox(
            label="公开平台", placeholder="区政府门户网站、公众号“青禾发布”", max_lines=2
        )
    return address, phone, email, website, platforms


def _text() -> _Text:
    verdict = gr.HTML(elem_id="nbd-verdict")
    with gr.Row(elem_classes="nbd-bar"):
        undo = gr.Button("撤销", size="sm", min_width=70, elem_id="nbd-undo")
        reword = gr.Button("全文换一种写法", size="sm", min_width=120, elem_id="nbd-reword-all")
        beside = gr.Checkbox(
            label="与上年并排", container=False, min_width=110, elem_id="nbd-beside"
        )
        exports = tuple(
            gr.Button(
                f"下载 {name}",
                size="sm",
                min_width=100,
                variant="primary" if name == "Word" else "secondary",
                elem_classes="nbd-export",
            )
            for name in FORMATS
        )
    with gr.Row():
        with gr.Column(scale=6, min_width=320):
            text = gr.HTML(NO_DRAFT, elem_id="nbd-text", js_on_load=_script("draft_text.js"))
        with gr.Column(scale=4, min_width=300):
            gr.Markdown("### 建议", elem_classes="nb-heading")
            advice = gr.HTML(elem_id="nbd-advice", js_on_load=_script("draft_advice.js"))
    fetched = gr.HTML(elem_id="nbd-fetched")
    return _Text(verdict, text, advice, beside, undo, reword, exports, fetched)


def _script(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


# --- Events ----------------------------------------------------------------------------------------


def _connect_shelf(
    shelf: _Shelf, material: _Material, text: _Text, steps: gr.Tabs, desk: DraftDesk
) -> None:
    files = [material.upload, material.last_year]
    resumed = [*material.fields, material.form, material.about, *files]
    # Identifier and fields change together: no field of one draft is ever saved in another.
    opened = [shelf.draft, shelf.held, *resumed]
    shelf.saved.input(desk.resume, shelf.saved, opened, **_QUIET).then(
        desk.show, [shelf.draft, text.beside], text.shown, **_QUIET
    )
    shelf.fresh.click(desk.begin, None, [*opened, *text.shown], **_QUIET).then(
        lambda: gr.Tabs(selected="material"), None, steps, **_QUIET
    ).then(desk.choices, shelf.draft, shelf.saved, **_QUIET)
    shelf.forget.click(
        desk.forget, shelf.saved, [shelf.saved, *opened, *text.shown], js=_SURELY, **_QUIET
    )


def _connect_material(shelf: _Shelf, material: _Material, desk: DraftDesk) -> None:
    kept = [shelf.draft, shelf.held, *material.fields]
    for field in (material.signed_on, material.notes, *material.profile):
        field.blur(desk.keep_fields, kept, shelf.held, **_QUIET)
    material.undo.click(
        desk.take_back,
        [shelf.draft, shelf.held, material.cells, *material.fields],
        [material.form, material.notes, shelf.held, material.outcome],
        js=_AFTER_CELLS,
        **_QUIET,
    )
    about = [material.agency, material.year, shelf.draft]
    for field in (material.agency, material.year):
        field.change(desk.about_last_year, about, material.about, **_QUIET)
    material.agency.change(
        desk.recall, [material.agency, *material.profile], list(material.profile), **_QUIET
    )
    material.year.change(desk.new_form, [shelf.draft, material.year], material.form, **_QUIET)
    # Each event holds the cells changed since the one before: none may be left out.
    material.form.input(
        desk.keep_cells,
        [shelf.draft, material.year],
        None,
        trigger_mode="multiple",
        **_QUIET,
    )
    material.form.click(desk.confirm_cells, shelf.draft, material.form, **_QUIET)


def _connect_files(shelf: _Shelf, material: _Material, desk: DraftDesk) -> None:
    kept = [shelf.draft, shelf.held, *material.fields]
    material.upload.upload(
        desk.take_tables,
        [material.upload, *kept],
        [material.form, material.outcome, material.agency],
        api_name=False,
        show_progress_on=[material.outcome],
    )
    about = [material.agency, material.year, shelf.draft]
    # Not on every change: that another draft is taken up empties the field as well.
    for event in (material.last_year.upload, material.last_year.clear):
        event(
            desk.take_last_year,
            [material.last_year, shelf.draft],
            None,
            api_name=False,
            show_progress_on=[material.about],
        ).then(desk.about_last_year, about, material.about, **_QUIET)
    material.template.click(
        desk.fetch_template, [material.agency, material.year], material.outcome, **_QUIET
    )


def _connect_text(shelf: _Shelf, text: _Text, desk: DraftDesk) -> None:
    seen = [shelf.draft, text.beside]
    changing = {"api_name": False, "show_progress_on": [text.verdict]}
    text.text.click(desk.act, seen, text.shown, **changing)
    text.advice.click(desk.act, seen, text.shown, **changing)
    text.undo.click(desk.undo, seen, text.shown, **changing)
    text.reword.click(desk.reword_all, seen, text.shown, **changing)
    text.beside.input(desk.show, seen, text.shown, **_QUIET)
    for button, suffix in zip(text.exports, FORMATS.values(), strict=True):
        button.click(desk.exporter(suffix), shelf.draft, text.fetched, api_name=False)
