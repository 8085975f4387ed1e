"""The sample reports: what the parser reads from the documents is what they were written from."""

import re
from itertools import combinations

import pytest

from ingest import samples
from ingest.forms import form_of
from ingest.parse import parse
from ingest.report import TABLE_NAMES, Report
from tests.make_samples import FOLDER, Sample, sample_reports

SAMPLES = sample_reports()
WITH_MISTAKES = "culture-tourism-2024.docx"

# Paragraphs that reports share in good right: the law they follow and the period they count.
_BOILERPLATE = re.compile(r"条例|统计期限|信息处理费")


def by_file(sample: Sample) -> str:
    return sample.file


@pytest.fixture(scope="module")
def parsed() -> dict[str, Report]:
    return {path.name: parse(path) for path in samples.paths()}


def test_every_sample_of_the_data_stands_in_the_package() -> None:
    assert [path.name for path in samples.paths()] == sorted(sample.file for sample in SAMPLES)


def test_the_samples_come_in_every_format() -> None:
    suffixes = {path.suffix for path in samples.paths()}
    assert suffixes == {".txt", ".md", ".html", ".docx", ".pdf"}


@pytest.mark.parametrize("sample", SAMPLES, ids=by_file)
def test_every_cell_reads_as_it_was_written(sample: Sample, parsed: dict[str, Report]) -> None:
    read = parsed[sample.file]
    for name in TABLE_NAMES:
        written = sample.report.tables[name].cells
        assert {c: read.cell(c).value for c in written} == {c: written[c].value for c in written}


@pytest.mark.parametrize("sample", SAMPLES, ids=by_file)
def test_agency_year_and_signature_are_recognised(
    sample: Sample, parsed: dict[str, Report]
) -> None:
    read, written = parsed[sample.file], sample.report
    assert (read.agency, read.year, read.format) == (written.agency, written.year, written.format)
    assert (read.signed_by, read.signed_on) == (written.signed_by, written.signed_on)


@pytest.mark.parametrize("sample", SAMPLES, ids=by_file)
def test_the_six_sections_keep_their_text(sample: Sample, parsed: dict[str, Report]) -> None:
    read = parsed[sample.file]
    for section in sample.report.sections:
        found = read.section(section.number)
        assert found is not None, section.heading
        assert "".join(found.text.split()) == "".join(section.text.split())


def test_blank_cells_stay_blank(parsed: dict[str, Report]) -> None:
    read = parsed["education-2022.txt"]
    for concept in ("proactive/fees/amount", "requests/carried_in/total"):
        assert read.cell(concept).state == "blank"
    assert read.cell("requests/carried_over/total").value == 0


def test_the_tables_add_up_except_where_a_mistake_is_meant() -> None:
    unequal = {
        sample.file
        for sample in SAMPLES
        for table in form_of(sample.report.format).tables.values()
        for calculation in table.calculations
        if sum(sample.report.number(c) or 0 for c in calculation.left)
        != sum(sample.report.number(c) or 0 for c in calculation.right)
    }
    assert unequal == {WITH_MISTAKES}


def test_no_two_bodies_share_a_paragraph() -> None:
    for one, other in combinations(SAMPLES, 2):
        shared = paragraphs(one.report) & paragraphs(other.report)
        assert not {text for text in shared if not _BOILERPLATE.search(text)}


def paragraphs(report: Report) -> set[str]:
    return {line.strip() for section in report.texts for line in section.text.splitlines() if line}


def test_text_documents_are_those_that_the_data_gives() -> None:
    for sample in SAMPLES:
        if sample.file.endswith((".txt", ".md", ".html")):
            assert (FOLDER / sample.file).read_bytes() == sample.document(), sample.file
