"""What the tab 起草 does: each action changes the saved draft and shows what came of it.

The page holds nothing but the identifier of a draft; the draft lies with its writer's others under
the data directory. Every handler takes the request, to know whose draft it is.
"""

import json
from collections.abc import Callable
from dataclasses import astuple, fields, replace
from datetime import date
from html import escape
from pathlib import Path

import gradio as gr

from assistant.access.roles import Role
from assistant.drafting.draft import FIRST_YEAR
from assistant.drafting.files import draft_to_bytes
from assistant.drafting.saved import SavedDrafts, new_draft_id
from assistant.drafting.spreadsheet_tables import empty_tables_xlsx
from assistant.drafting.tables_file import open_tables
from assistant.drafting.typed_tables import form_for
from assistant.drafting.workbook import Workbook
from assistant.model import Model
from assistant.rules.names import same_agency
from assistant.settings import Settings
from assistant.spreadsheet import MEDIA_TYPE as XLSX
from assistant.web.downloads import immediate_link
from assistant.web.draft_actions import decide, decision_of
from assistant.web.draft_advice import suggestions_to_html, verdict_to_html
from assistant.web.draft_fields import Fields, fields_of
from assistant.web.draft_form import tables_to_form
from assistant.web.draft_text import NO_DRAFT, draft_to_html
from assistant.web.errors import told
from assistant.web.people import current_user, needs
from ingest.errors import NianbaoError
from vectorstore.library import Library

FORMATS = {"Word": ".docx", "网页": ".html", "Markdown": ".md"}
_GO_ON = "我的草稿（自动保存）：选一份继续"
_NONE_YET = "还没有草稿，填好“材料”后点“起草”，之后每一步都自动保存"
_MEDIA_TYPE = "application/octet-stream"
_NO_FILES = (None, None)
# The identifier, what the fields hold, the fields, the form, the notice, and the fields for files.
_RESUMED = len(fields(Fields)) + 4 + len(_NO_FILES)


def _typed(cells: str) -> dict[str, str]:
    """The texts by cell that the page sent as JSON."""
    return {str(key): str(text) for key, text in json.loads(cells or "{}").items()}


def _form(book: Workbook) -> str:
    """The form of the tables; drawn anew even where the page was sent the same before."""
    return tables_to_form(book.cells, book.year, drawn=new_draft_id())


def _noted(sentence: str) -> str:
    return f"<p class='nb-note'>{escape(sentence)}</p>"


class DraftDesk:
    """The handlers of the tab."""

    def __init__(self, library: Library, settings: Settings, model: Model | None) -> None:
        self._library = library
        self._settings = settings
        self._model = model

    # --- Drafts ---

    def drafts(self, request: gr.Request | None) -> SavedDrafts:
        """The drafts of who sent the request."""
        return SavedDrafts(self._settings.data, current_user(request))

    def choices(self, draft_id: str, request: gr.Request) -> object:
        """The list of drafts to go on with; the one on the desk is chosen, once it is saved."""
        entries = self.drafts(request).entries()
        names = [(f"{e.agency or '（未填单位）'}{e.year or ''}年", e.id) for e in entries]
        chosen = draft_id if any(entry.id == draft_id for entry in entries) else ""
        return gr.update(choices=[(_GO_ON if names else _NONE_YET, ""), *names], value=chosen)

    @told
    def arrive(
        self, draft_id: str, year: float, request: gr.Request
    ) -> tuple[str, object, object, object]:
        """The draft on the desk, the drafts and agencies to choose from, and at first the form."""
        on_desk = draft_id or new_draft_id()
        return (
            on_desk,
            self.choices(on_desk, request),
            gr.update(choices=self._library.agencies()),
            gr.skip() if draft_id else _form(Workbook(year=int(year or 0))),
        )

    @told
    def resume(self, chosen: str | None, request: gr.Request) -> tuple[object, ...]:
        """The identifier, the fields, the form and the notice about last year of a saved draft."""
        if not chosen:
            return tuple(gr.skip() for _ in range(_RESUMED))
        book = self.drafts(request).load(chosen)
        held = Fields.of(book)
        return (
            chosen,
            held,
            *astuple(held),
            _form(book),
            self.about_last_year(book.agency, book.year, chosen, request),
            *_NO_FILES,
        )

    def begin(self, request: gr.Request) -> tuple[object, ...]:
        """Empty fields for a new draft, on the year that is due."""
        due, draft_id = date.today().year - 1, new_draft_id()
        return (
            draft_id,
            None,
            None,
            due,
            *[""] * 7,
            _form(Workbook(year=due)),
            self.about_last_year("", due, draft_id, request),
            *_NO_FILES,
            NO_DRAFT,
            "",
            "",
        )

    @told
    def forget(self, chosen: str | None, request: gr.Request) -> tuple[object, ...]:
        """Removes a draft and clears the desk for a new one; the list without the one removed."""
        if not chosen:
            return tuple(gr.skip() for _ in range(1 + len(self.begin(request))))
        self.drafts(request).remove(chosen)
        return self.choices("", request), *self.begin(request)

    # --- Material ---

    @told
    def keep_fields(
        self, draft_id: str, held: Fields | None, request: gr.Request, *values: object
    ) -> Fields | None:
        """Saves what was changed in the fields since they held `held`; what they hold now."""
        if not draft_id:  # The page is still opening; starting to draft sends all of it again.
            return held
        given = fields_of(values)
        drafts = self.drafts(request)
        drafts.change(draft_id, lambda book: given.on(book, held))
        drafts.remember(given.agency.strip(), given.profile)
        return given

    @told
    def keep_cells(
        self, draft_id: str, year: float, event: gr.EventData, request: gr.Request
    ) -> None:
        """Saves the cells that were typed in."""
        if not draft_id:
            return
        typed = {str(key): str(text) for key, text in dict(event.cells).items()}
        self.drafts(request).change(
            draft_id, lambda book: replace(book, year=int(year or 0)).with_typed(typed)
        )

    @told
    def confirm_cells(self, draft_id: str, request: gr.Request) -> str:
        """The doubtful cells are right: the writer compared them."""
        return _form(self.drafts(request).change(draft_id, Workbook.with_confirmed))

    @told
    def take_back(
        self, draft_id: str, held: Fields | None, cells: str, request: gr.Request, *values: object
    ) -> tuple[object, object, Fields | None, object]:
        """The form and the notes without what was typed last; what the fields hold, and a sentence."""
        given, told = fields_of(values), ""

        def change(book: Workbook) -> Workbook:
            nonlocal told
            typed = given.on(book, held).with_typed(_typed(cells))
            told = typed.entries[-1].told if typed.entries else ""
            return typed.unentered()

        if not draft_id:
            return gr.skip(), gr.skip(), held, gr.skip()
        book = self.drafts(request).change(draft_id, change)
        said = f"已撤销：{told or '读入的文件'}。" if told else "没有可以撤销的填写。"
        return _form(book), book.notes, replace(given, notes=book.notes), _noted(said)

    @told
    def recall(self, agency: str | None, request: gr.Request, *given: str) -> tuple[object, ...]:
        """What is remembered of the agency, for the fields that are still empty."""
        profile = self.drafts(request).profile((agency or "").strip())
        known = (
            profile.address,
            profile.phone,
            profile.email,
            profile.website,
            "、".join(profile.platforms),
        )
        return tuple(old or new for old, new in zip(given, known, strict=True))

    @told
    def take_tables(
        self,
        path: str | None,
        draft_id: str,
        held: Fields | None,
        request: gr.Request,
        *values: object,
    ) -> tuple[str, str, str]:
        """The tables of an uploaded file in the form; what was read of them, in a sentence."""
        if path is None:
            raise gr.Error("请先选择文件。", title="没有文件", print_exception=False)
        report = open_tables(Path(path), self._settings)
        given = fields_of(values)
        book = self.drafts(request).change(
            draft_id, lambda book: given.on(book, held).with_tables(report)
        )
        whose = f"（{report.agency or '未写单位'}，{report.year or '未写年度'}）"
        said = f"已从《{report.source}》{whose}读入 {len(book.cells)} 格，请核对。"
        if report.format not in (None, form_for(book.year).edition):
            said += (
                f"文件用的是{report.format}年版表样，与{book.year}年的不同，只取了两版都有的格。"
            )
        told = f"<p class='nb-good'>{escape(said)}</p>"
        return _form(book), told, book.agency

    @told
    def take_last_year(self, path: str | None, draft_id: str, request: gr.Request) -> None:
        """Keeps the uploaded report of last year, or forgets it."""
        report = open_tables(Path(path), self._settings) if path else None
        self.drafts(request).change(draft_id, lambda book: replace(book, last_year=report))

    def about_last_year(
        self, agency: str | None, year: float | None, draft_id: str, request: gr.Request
    ) -> str:
        """Which report of last year the draft will be compared with."""
        given = self.drafts(request).load(draft_id).last_year if draft_id else None
        name, before = (agency or "").strip(), int(year or 0) - 1
        if given is not None:
            source = escape(given.source)
            if given.year == before and same_agency(given.agency or name, name):
                return f"<p class='nb-good'>用上传的《{source}》作上年年报。</p>"
            whose = f"{escape(given.agency or '')}{given.year or ''}年"
            return f"<p class='nb-bad'>《{source}》是{whose}的，与本稿不符，不会用来比较。</p>"
        if name and any(e.agency == name and e.year == before for e in self._library.entries()):
            return f"<p class='nb-good'>文库里有{before}年年报，会用来比较和提醒。</p>"
        whose = escape(name) or "本单位"
        return f"<p class='nb-note'>文库里没有{whose}{before}年的年报，可以上传；没有也能起草。</p>"

    @told
    def fetch_template(self, agency: str | None, year: float) -> str:
        """The empty tables as an Excel file."""
        name = f"{(agency or '').strip()}{int(year)}年法定表格（空表）.xlsx"
        return immediate_link(name, XLSX, empty_tables_xlsx((agency or "").strip(), int(year)))

    @told
    def new_form(self, draft_id: str, year: float, request: gr.Request) -> str:
        """The form of the year; what was typed stays where the form has a cell for it."""
        return _form(replace(self.drafts(request).load(draft_id), year=int(year or 0)))

    # --- Text ---

    @told
    def ready(self, agency: str | None, year: float | None) -> object:
        """Turns to the text, which is written there; an agency and a year are all that it needs."""
        if not (agency or "").strip():
            raise gr.Error("请先填写单位全称。", title="还差一项", print_exception=False)
        if not FIRST_YEAR <= int(year or 0) <= date.today().year:
            raise gr.Error("请填写报告年度，例如 2025。", title="还差一项", print_exception=False)
        return gr.Tabs(selected="text")

    @told
    @needs(Role.READER, "起草")
    def start(
        self,
        draft_id: str,
        held: Fields | None,
        beside: bool,
        cells: str,
        request: gr.Request,
        *values: object,
    ) -> tuple[object, ...]:
        """The draft from everything that was given, and what the fields hold now.

        `cells` are those of the form that were touched on this page, as JSON.
        """
        given = fields_of(values)
        if not given.agency.strip() or given.year < FIRST_YEAR:
            return NO_DRAFT, "", "", held
        drafts = self.drafts(request)
        book = drafts.change(draft_id, lambda book: given.on(book, held).with_typed(_typed(cells)))
        drafts.remember(book.agency, book.profile)
        return *self._shown(book, beside), given

    @told
    def show(self, draft_id: str, beside: bool, request: gr.Request) -> tuple[str, str, str]:
        """The draft as it stands."""
        book = self.drafts(request).load(draft_id)
        return self._shown(book, beside) if book.agency else (NO_DRAFT, "", "")

    @told
    def act(
        self, draft_id: str, beside: bool, event: gr.EventData, request: gr.Request
    ) -> tuple[str, str, str]:
        """One decision about the text: a wording, an edit, a suggestion taken or set aside."""
        decision = decision_of(event._data or {})
        return self._changed(
            draft_id,
            beside,
            request,
            lambda book: decide(book, book.draft(self._library), decision, self._model),
        )

    @told
    def undo(self, draft_id: str, beside: bool, request: gr.Request) -> tuple[str, str, str]:
        """Takes back the last decision."""
        return self._changed(draft_id, beside, request, Workbook.undone)

    @told
    def reword_all(self, draft_id: str, beside: bool, request: gr.Request) -> tuple[str, str, str]:
        """Another wording of all that was not edited by hand."""
        return self._changed(
            draft_id, beside, request, lambda book: book.decided(book.revision.all_reworded())
        )

    def exporter(self, suffix: str) -> Callable[..., str]:
        """A handler that gives the whole report in one format."""

        @told
        def export(draft_id: str, request: gr.Request) -> str:
            book = self.drafts(request).load(draft_id)
            if not book.agency:
                raise NianbaoError("还没有草稿：请先在“材料”里点“起草”。")
            written = book.draft(self._library)
            content = draft_to_bytes(written, book.tables, suffix)
            return immediate_link(f"{written.title}{suffix}", _MEDIA_TYPE, content)

        return export

    def _changed(
        self,
        draft_id: str,
        beside: bool,
        request: gr.Request,
        change: Callable[[Workbook], Workbook],
    ) -> tuple[str, str, str]:
        return self._shown(self.drafts(request).change(draft_id, change), beside)

    def _shown(self, book: Workbook, beside: bool) -> tuple[str, str, str]:
        written = book.draft(self._library)
        text = draft_to_html(
            written,
            book.tables,
            book.revision,
            beside=beside,
            can_polish=self._model is not None,
        )
        return text, suggestions_to_html(written, book.revision), verdict_to_html(written)
