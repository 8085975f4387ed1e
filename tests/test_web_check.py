"""Checked files as rows, overview and downloads, as pure functions of what was found."""

import base64
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.rules import run
from assistant.web.checking import (
    Checked,
    Refused,
    check_file,
    downloads_to_html,
    findings_to_rows,
    numbered,
    overview_to_html,
    severity_choices,
)
from assistant.web.downloads import copy_button, download_link
from assistant.web.finding_cards import finding_to_html
from ingest import samples
from ingest.parse import parse
from ingest.sandbox import Limits
from tests.bookcase import Bookcase

FAULTY = next(path for path in samples.paths() if path.name == "culture-tourism-2024.docx")
SOUND = next(path for path in samples.paths() if path.name == "water-2024.md")


def checked(path: Path) -> Checked:
    report = parse(path)
    return Checked(path, report, run(report))


@pytest.fixture(scope="module")
def faulty() -> Checked:
    return checked(FAULTY)


def linked(html: str) -> dict[str, bytes]:
    """What the links of a piece of the page save: name → content."""
    links = re.findall(r"download='([^']+)' href='data:[^;]+;base64,([^']*)'", html)
    return {name: base64.b64decode(data) for name, data in links}


def test_rows_keep_their_numbers_when_severities_are_left_out(faulty: Checked) -> None:
    every = findings_to_rows([faulty], ["error", "warning", "notice"])
    warnings = findings_to_rows([faulty], ["warning"])
    assert warnings and all(row in every for row in warnings)
    assert [row[0] for row in every] == [str(n) for n in range(1, len(every) + 1)]
    assert findings_to_rows([faulty], []) == []


def test_rows_of_several_files_name_the_report(faulty: Checked) -> None:
    rows = findings_to_rows([faulty, checked(SOUND)], ["error"])
    assert all("文化和旅游局2024年" in row[4] for row in rows)


def test_the_severities_are_offered_with_their_counts(faulty: Checked) -> None:
    errors = sum(item.finding.severity == "error" for item in numbered([faulty]))
    assert errors and (f"错误 {errors}", "error") in severity_choices([faulty])


def test_the_findings_of_a_word_file_can_be_taken_away_in_five_forms(faulty: Checked) -> None:
    files = linked(downloads_to_html([faulty]))
    assert {Path(name).suffix for name in files} == {".docx", ".xlsx", ".html", ".md", ".json"}
    (content,) = (json.loads(data) for name, data in files.items() if name.endswith(".json"))
    assert len(content[0]["findings"]) == len(faulty.check.findings)
    assert next(d for n, d in files.items() if n.endswith(".docx")).startswith(b"PK")


def test_several_files_have_one_work_list_and_a_line_each(faulty: Checked) -> None:
    html = overview_to_html([faulty, checked(SOUND)], [Refused("坏.pdf", "《坏.pdf》<打不开>。")])
    assert html.count("<tr>") == 3
    assert "《坏.pdf》&lt;打不开&gt;。" in html
    assert [Path(name).suffix for name in linked(html)] == [".docx", ".xlsx", ".json"]


def test_a_file_that_is_no_report_is_refused_in_a_sentence(tmp_path: Path) -> None:
    note = tmp_path / "购物清单.txt"
    note.write_text("牛奶、面包。", encoding="utf-8")
    outcome = check_file(note, Bookcase(), Limits())
    assert isinstance(outcome, Refused) and "购物清单" in outcome.message


def test_a_finding_shows_its_place_remedy_and_rule_and_no_markup_of_the_document(
    faulty: Checked,
) -> None:
    finding = replace(faulty.check.findings[0], message="<img src=x onerror=alert(1)>")
    html = finding_to_html(faulty.report, finding, {0: b"png"})
    assert "<mark>" in html and "改法" in html and "依据" in html
    assert "<img src=x" not in html and "data:image/png;base64," in html


def test_names_and_texts_cannot_break_out_of_their_attributes() -> None:
    evil = "a' onclick='alert(1)"
    assert "' onclick='" not in download_link("存", evil, "text/csv", b"1") + copy_button(
        "抄", evil
    )
