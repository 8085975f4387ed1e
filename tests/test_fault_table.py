"""What a file may do to its reader: one sentence within the limits, and the next file is read.

The slow rows are measured by `tests.bench.hostile`, with the time and memory of all. Large files and
bombs have tests of their own in test_sandbox, broken and disguised files in test_readers, hidden text
in test_pdf_print, test_word and test_webpage, scans in test_recognition.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import NianbaoError
from ingest.report import Report
from ingest.sandbox import AS_REPORT, Limits, Worker
from tests.fault_table import FAULTS, Fault
from tests.hash_embedder import HashEmbedder
from tests.invented import AGENCY, invented_report
from tests.render_files import as_docx
from tests.table_score import expected_of, score
from vectorstore.library import Library

QUICK = [fault for fault in FAULTS if fault.is_quick]
NEXT = as_docx(invented_report(agency="云溪市下一份局"))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker[Report]]:
    with Worker(AS_REPORT) as started:
        yield started


def outcome(worker: Worker[Report], folder: Path, name: str, data: bytes) -> Report | str:
    """What comes of a file: the report, or the one sentence."""
    path = folder / name
    path.write_bytes(data)
    try:
        return worker.work(path, Limits())
    except NianbaoError as error:
        assert "\n" not in str(error)
        assert str(error).endswith("。")
        assert "程序出错" not in str(error)
        return str(error)


@pytest.mark.parametrize("fault", QUICK, ids=lambda fault: f"{fault.row} {fault.what}")
def test_a_file_of_the_fault_table_is_read_right_or_costs_one_sentence(
    fault: Fault, worker: Worker[Report], tmp_path: Path
) -> None:
    found = outcome(worker, tmp_path, fault.name, fault.make())
    if isinstance(found, str):
        assert fault.said != "" and (fault.said or "") in found
    else:
        assert not fault.said
        assert not fault.code or fault.code in {doubt.code for doubt in found.doubts}
        if fault.report:
            assert score(found.tables, expected_of(fault.report)).silent == ()
        if fault.report and fault.said == "":
            assert (found.agency, found.year) == (AGENCY, 2023)
    after = outcome(worker, tmp_path, "下一份.docx", NEXT)
    assert isinstance(after, Report) and after.agency == "云溪市下一份局"


def test_nothing_of_a_refused_file_is_kept_and_the_others_are_taken_in(tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    refused = [fault for fault in QUICK if fault.said]
    for number, fault in enumerate(refused[::2]):
        (folder / f"{number}{Path(fault.name).suffix}").write_bytes(fault.make())
    (folder / "好.docx").write_bytes(as_docx(invented_report()))
    with Library(tmp_path / "资料", embedder=HashEmbedder()) as library:
        taken = [each for each in library.ingest([folder], workers=2) if each.report]
        assert [entry.agency for entry in library.entries()] == [AGENCY]
        assert len(taken) == 1
        assert len(list((library.folder / "originals").iterdir())) == 1
