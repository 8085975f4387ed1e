"""Files that were checked on the page: as rows of a table, an overview, and files to take away.

The checking of one file reads it in a child process; the rest is pure and escapes what it shows.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from assistant.checking.check import Check, check, check_to_dict
from assistant.checking.files import annotated_docx, check_to_xlsx
from assistant.checking.markup import check_to_html
from assistant.render import SEVERITY_WORDS, check_to_markdown, finding_place
from assistant.rules.rule import Finding, Severity
from assistant.web.downloads import download_link, json_bytes
from assistant.web.finding_cards import summary_to_html
from ingest.errors import NianbaoError
from ingest.readers.word import MEDIA_TYPE as WORD
from ingest.report import Report
from ingest.sandbox import Limits, parse_safely
from vectorstore.library import Library

HEADERS: Final = ["序", "级别", "规则", "问题", "位置"]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A larger Word file is not sent back with comments through the page; the command line does it.
_LARGEST_WORD_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what was found in it."""

    path: Path
    report: Report
    check: Check


@dataclass(frozen=True, slots=True)
class Refused:
    """One file that could not be checked, and the sentence that says why."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding under the number that it has in the table, with its file."""

    number: int
    file: Checked
    finding: Finding


def check_file(path: Path, library: Library, limits: Limits) -> Checked | Refused:
    """Reads and checks one file; a file that cannot be used is refused in one sentence."""
    try:
        report = parse_safely(path, limits)
    except NianbaoError as error:
        return Refused(path.name, str(error))
    return Checked(path, report, check(report, library))


def numbered(files: Sequence[Checked]) -> Iterator[Numbered]:
    """Every finding of the files, numbered from 1 in the order of the files."""
    findings = ((file, finding) for file in files for finding in file.check.findings)
    for number, (file, finding) in enumerate(findings, 1):
        yield Numbered(number, file, finding)


def findings_to_rows(files: Sequence[Checked], severities: Collection[Severity]) -> list[list[str]]:
    """The findings of these severities as rows under `HEADERS`, each with its number."""
    return [
        [
            str(item.number),
            SEVERITY_WORDS[item.finding.severity],
            item.finding.rule,
            item.finding.message,
            _place(item, len(files) > 1),
        ]
        for item in numbered(files)
        if item.finding.severity in severities
    ]


def _place(item: Numbered, with_report: bool) -> str:
    place = finding_place(item.finding)
    return f"{_name(item.file.report)}：{place}" if with_report else place


def _name(report: Report) -> str:
    if report.agency and report.year:
        return f"{report.agency}{report.year}年"
    return report.source


def severity_choices(files: Sequence[Checked]) -> list[tuple[str, Severity]]:
    """The severities to choose from, each with the number of its findings."""
    found = Counter(item.finding.severity for item in numbered(files))
    return [(f"{word} {found[name]}", name) for name, word in SEVERITY_WORDS.items()]


def overview_to_html(files: Sequence[Checked], refused: Sequence[Refused]) -> str:
    """What came of the files: the summary of one, a line for each of several; then downloads."""
    failures = "".join(f"<p class='nb-bad'>{escape(item.message)}</p>" for item in refused)
    if not files:
        return failures
    body = summary_to_html(files[0].report, files[0].check) if len(files) == 1 else _lines(files)
    return f"{body}{failures}{downloads_to_html(files)}"


def _lines(files: Sequence[Checked]) -> str:
    heads = "".join(f"<th>{word}</th>" for word in SEVERITY_WORDS.values())
    rows = "".join(_line(file) for file in files)
    return (
        "<div class='nb-table'><table class='nb-form'><tr><th>年报</th>"
        f"{heads}<th>读取存疑</th><th>带走</th></tr>{rows}</table></div>"
    )


def _line(file: Checked) -> str:
    found = Counter(finding.severity for finding in file.check.findings)
    counts = "".join(f"<td class='nb-number'>{found[name]}</td>" for name in SEVERITY_WORDS)
    return (
        f"<tr><th scope='row'>{escape(_name(file.report))}</th>{counts}"
        f"<td class='nb-number'>{len(file.report.warnings)}</td><td>{_word_link(file)}</td></tr>"
    )


def downloads_to_html(files: Sequence[Checked]) -> str:
    """Links to take the findings away: the work list, and for one file its other forms."""
    name = f"{_name(files[0].report)}核查" if len(files) == 1 else f"{len(files)}份年报核查"
    worklist = check_to_xlsx([(file.report, file.check, {}) for file in files])
    dicts = [check_to_dict(file.report, file.check) for file in files]
    links = [
        download_link("整改清单（Excel）", f"{name}.xlsx", XLSX, worklist),
        download_link("JSON", f"{name}.json", "application/json", json_bytes(dicts)),
    ]
    if len(files) == 1:
        report, result = files[0].report, files[0].check
        links = [
            _word_link(files[0]),
            links[0],
            download_link(
                "网页", f"{name}.html", "text/html", check_to_html(report, result).encode()
            ),
            download_link(
                "Markdown",
                f"{name}.md",
                "text/markdown",
                check_to_markdown(report, result).encode(),
            ),
            links[1],
        ]
    return f"<p class='nb-downloads' aria-label='下载'>{''.join(links)}</p>"


def _word_link(file: Checked) -> str:
    """The checked Word file with comments; nothing for other kinds of file."""
    if file.report.media_type != WORD or file.path.stat().st_size > _LARGEST_WORD_BYTES:
        return ""
    content = annotated_docx(file.report, file.check, file.path.read_bytes())
    return download_link("带批注的原件（Word）", f"批注-{file.report.source}", WORD, content)
