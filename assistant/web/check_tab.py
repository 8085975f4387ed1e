"""The tab 核查: reports go in; findings come out beside the document, its places marked."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.access.roles import Role
from assistant.checking.decisions import Decisions, Status
from assistant.checking.review import review
from assistant.opening import parse_limits
from assistant.rules import SEVERITIES, Finding
from assistant.settings import Settings
from assistant.web.check_parts import (
    CLICKS,
    DOCUMENT_SCRIPT,
    OVERVIEW_SCRIPT,
    Filters,
    Parts,
    build_deciding,
    build_filters,
    build_uploads,
)
from assistant.web.checking import (
    check_download,
    family_choices,
    findings_to_html,
    overview_to_html,
    review_download,
    severity_choices,
)
from assistant.web.downloads import immediate_link
from assistant.web.errors import told
from assistant.web.finding_cards import finding_to_html
from assistant.web.people import file_names, needs
from assistant.web.pictures import pictures_of
from assistant.web.report_document import document_to_html
from assistant.web.sitting import Decided, Sitting, Wanted, as_read, sat_down, typed_over
from ingest.readers.kinds import SUFFIXES
from ingest.report import Concept
from vectorstore.library import Library

_EMPTY = (
    "<div class='nb-empty'>选好一份或多份年报、一个文件夹或一个 zip 压缩包，点“开始核查”。"
    "支持 PDF、Word、网页、Markdown 和文本；文件只在本机解析，核查不会把它存入资料库。<br>"
    "资料库里有上一年的年报时，会一并核对跨年数据。</div>"
)
_NOTHING_FOUND = "<div class='nb-empty'>没有发现问题。</div>"
_PICK = "<div class='nb-empty'>点选一条问题，这里显示依据和改法，下面的原文里标出位置。</div>"
_MEDIA_TYPE = "application/octet-stream"
# More agencies than any province has.
_LONGEST_ROSTER = 20_000


def build_check_tab(library: Library, settings: Settings) -> None:
    """Adds the tab's components and events to the Blocks under construction."""
    sitting: gr.State = gr.State(None)
    with gr.Row(elem_classes="nb-fill"):
        with gr.Column(scale=5, min_width=320, elem_id="nb-check-desk"):
            upload, folder, roster, start = build_uploads()
            overview = gr.HTML(_EMPTY, elem_id="nb-check-summary", js_on_load=OVERVIEW_SCRIPT)
            row, filters = build_filters()
            findings = gr.HTML(elem_id="nb-findings", js_on_load=CLICKS)
        with gr.Column(scale=6, min_width=320, elem_id="nb-check-beside"):
            card = gr.HTML(_PICK, elem_id="nb-finding")
            deciding, note, buttons = build_deciding()
            document = gr.HTML(elem_id="nb-document", js_on_load=DOCUMENT_SCRIPT)
    fetched = gr.HTML(elem_id="nb-check-fetched")
    parts = Parts(sitting, overview, row, findings, card, deciding, note, document)
    desk = _Desk(library, settings)
    _connect_uploads(parts, filters, desk, (upload, folder, roster, start))
    _connect_steps(parts, filters, desk, fetched)
    for status, button in buttons.items():
        button.click(desk.decider(status), [sitting, note, *filters.all], parts.all, api_name=False)


class _Desk:
    """What the buttons of the tab do; each step returns everything that is drawn."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self._decisions = Decisions(settings.data)

    @told
    @needs(Role.READER, "核查", lambda _, before, paths, *__: file_names(paths))
    def check(
        self,
        before: Sitting | None,
        paths: list[str] | None,
        roster: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 - gradio injects it here
    ) -> list[object]:
        """The files read and checked, the first of them shown, and the filters as they begin."""
        files = [p for p in map(Path, paths or []) if p.suffix.lower() in {*SUFFIXES, ".zip"}]
        if not files:
            raise gr.Error("请先选择要核查的文件。", title="没有文件", print_exception=False)
        found = review(
            files,
            self._library,
            roster=roster[:_LONGEST_ROSTER].split(),
            workers=self._settings.workers,
            limits=parse_limits(self._settings),
            progress=lambda done, whole: progress((done, whole), desc="正在读取并核查", unit="份"),
            # Beside the upload, so that it is cleared away with it.
            into=files[0].parent / "unpacked",
        )
        sitting = sat_down(found, before, self._library)
        if not sitting.files:
            refused = "；".join(file.error for file in found.files)
            raise gr.Error(refused, title="未能核查", print_exception=False)
        return self._drawn(sitting, Wanted(SEVERITIES), afresh=True)

    @told
    def look(self, sitting: Sitting | None, *wanted: Any) -> list[object]:
        """The same sitting with other filters."""
        return self._drawn(sitting, Wanted(*wanted)) if sitting else _UNCHANGED

    @told
    def step(self, sitting: Sitting, event: gr.EventData, *wanted: Any) -> list[object]:
        """Another report or finding looked at, or the numbers put back as they were read."""
        if (report := getattr(event, "show", None)) is not None:
            sitting = sitting.showing(int(report))
        elif (finding := getattr(event, "finding", None)) is not None:
            drawn = self._drawn(sitting.choosing(int(finding)), Wanted(*wanted))
            return [drawn[0], gr.skip(), *drawn[2:]]
        elif getattr(event, "asRead", None):
            sitting = as_read(sitting)
        else:
            return _UNCHANGED
        return self._drawn(sitting, Wanted(*wanted))

    @told
    def type_over(self, sitting: Sitting, event: gr.EventData, *wanted: Any) -> list[object]:
        """The report checked as if another number stood in a cell."""
        cell, text = Concept.parse(str(event.cell)), str(event.text)
        return self._drawn(typed_over(sitting, cell, text, self._library), Wanted(*wanted))

    @told
    def fetch(self, sitting: Sitting, event: gr.EventData) -> object:
        """A link to the form that was asked for, followed at once."""
        if (suffix := getattr(event, "review", None)) is not None:
            return immediate_link(*_typed_link(*review_download(sitting.review, str(suffix))))
        if (suffix := getattr(event, "form", None)) is not None:
            opened = sitting.opened
            decided = self._decisions.of(opened.original, opened.first)
            return immediate_link(*_typed_link(*check_download(opened, str(suffix), decided)))
        return gr.skip()

    def decider(self, status: Status | None) -> Callable[..., list[object]]:
        """A handler that keeps a decision on the finding looked at; None withdraws it."""

        @told
        def decide(sitting: Sitting, note: str, *wanted: Any) -> list[object]:
            finding, report = sitting.finding, sitting.opened.original
            if finding is None:
                return _UNCHANGED
            if status:
                self._decisions.decide(report, finding, status, note.strip(), on=date.today())
            else:
                self._decisions.withdraw(report, finding)
            return self._drawn(sitting, Wanted(*wanted))

        return decide

    def _drawn(self, sitting: Sitting, wanted: Wanted, *, afresh: bool = False) -> list[object]:
        """The values of `Parts.all`, then of the filters, which are as at first where `afresh`."""
        decided = [self._decisions.of(f.report, f.check) for f in sitting.files]
        shown, finding = decided[sitting.shown], sitting.finding
        opened = sitting.opened
        return [
            sitting,
            overview_to_html(sitting, decided),
            gr.update(visible=bool(opened.check.findings)),
            findings_to_html(sitting, shown, wanted),
            _card(sitting, shown),
            gr.update(visible=finding is not None),
            shown[finding].note if finding and finding in shown else "",
            document_to_html(opened.report, opened.check.findings, sitting.chosen, opened.typed),
            *_filters_for(opened.check.findings, afresh),
        ]


_UNCHANGED: list[object] = [gr.skip()] * (
    len(Parts.__dataclass_fields__) + len(Filters.__dataclass_fields__)
)


def _card(sitting: Sitting, decided: Decided) -> str:
    """The finding looked at, its places drawn from the PDF where it is one."""
    finding, opened = sitting.finding, sitting.opened
    if finding is None:
        return _NOTHING_FOUND
    own = [
        (evidence.place, opened.report if evidence.report is None else None, opened.path)
        for evidence in finding.evidence
    ]
    return finding_to_html(opened.report, finding, pictures_of(own), decided.get(finding))


def _typed_link(name: str, content: bytes) -> tuple[str, str, bytes]:
    return name, _MEDIA_TYPE, content


def _filters_for(findings: Sequence[Finding], afresh: bool) -> list[object]:
    """The filters with the counts of the report that is shown."""
    severities, families = severity_choices(findings), family_choices(findings)
    if not afresh:
        return [gr.update(choices=severities), gr.update(choices=families), gr.skip(), gr.skip()]
    return [
        gr.update(choices=severities, value=list(SEVERITIES)),
        gr.update(choices=families, value=[]),
        "all",
        "severity",
    ]


# --- Components and events --------------------------------------------------------------------------


def _connect_uploads(
    parts: Parts,
    filters: Filters,
    desk: _Desk,
    uploads: tuple[gr.File, gr.UploadButton, gr.Textbox, gr.Button],
) -> None:
    upload, folder, roster, start = uploads
    folder.upload(_added, [folder, upload], upload, api_name=False)
    start.click(
        desk.check,
        [parts.sitting, upload, roster],
        [*parts.all, *filters.all],
        api_name=False,
        concurrency_id="check",
        show_progress_on=[parts.overview],
    )


def _added(found: Sequence[str], chosen: Sequence[str] | None) -> list[str]:
    """The files of a folder behind those chosen before, documents only."""
    documents = [path for path in found if Path(path).suffix.lower() in SUFFIXES]
    return list(dict.fromkeys([*(chosen or ()), *documents]))


def _connect_steps(parts: Parts, filters: Filters, desk: _Desk, fetched: gr.HTML) -> None:
    seen, drawn = [parts.sitting, *filters.all], [*parts.all, *filters.all]
    quiet = {"api_name": False, "show_progress": "hidden"}
    for filter in filters.all:
        filter.input(desk.look, seen, drawn, **quiet)
    for source in (parts.overview, parts.findings, parts.document):
        source.click(desk.step, seen, drawn, **quiet)
    parts.overview.click(desk.fetch, parts.sitting, fetched, **quiet)
    parts.document.submit(desk.type_over, seen, drawn, **quiet)
