"""Many reports at once: zips, bad files, copied text within the batch, and what is taken away."""

import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from assistant.checking import uploads
from assistant.checking.check import check
from assistant.checking.review import Batch, Review, review
from assistant.checking.review_files import review_to_dict, review_to_markdown, review_to_xlsx
from assistant.checking.uploads import unpacked
from assistant.render import check_to_markdown
from ingest.parse import parse_bytes
from ingest.report import Report
from tests.fragments import fragment_to_report
from tests.invented import invented_report
from tests.render_text import as_cells

PROBLEMS = (
    "公共数据目录更新滞后，抽查的四十个条目里有九个超过一个季度没有核对，群众来电问了三次才更正。"
    "今后按月核对目录台账，由专人销号，并在每季度第一周向社会公布核对结果。"
)
NAMES = ("云溪市青禾区水务局", "云溪市青禾区林业局", "云溪市青禾区审计局")


def report_of(agency: str) -> Report:
    return invented_report(agency=agency, balanced=True)


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A folder of one good and one damaged report, and a zip of another with something besides."""
    folder = tmp_path_factory.mktemp("batch")
    reports = folder / "各单位"
    reports.mkdir()
    (reports / "水务局.txt").write_text(as_cells(report_of(NAMES[0])), encoding="utf-8")
    (reports / "坏.pdf").write_bytes(b"%PDF-1.4 damaged")
    wrong = invented_report(
        agency=NAMES[1], balanced=True, replace={"requests/granted/enterprise": 777}
    )
    archive = folder / "林业.zip"
    archive.write_bytes(
        zipped({"甲/林业局.txt": as_cells(wrong).encode(), "表.exe": b"MZ", "__MACOSX/x.txt": b"x"})
    )
    return review([reports, archive], roster=NAMES)


def test_every_file_is_a_row_and_a_bad_one_does_not_stop_the_rest(batch: Review) -> None:
    verdicts = {file.source: file.verdict for file in batch.files}
    assert set(verdicts) == {"坏.pdf", "水务局.txt", "林业局.txt", "表.exe"}
    assert verdicts["坏.pdf"] == verdicts["表.exe"] == "未能读取"
    assert verdicts["林业局.txt"] == "有错误"
    assert all(file.error for file in batch.files if file.report is None)


def test_it_says_who_has_not_filed_and_which_faults_are_commonest(batch: Review) -> None:
    assert batch.missing == (NAMES[2],)
    counts = [fault.reports for fault in batch.faults]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == 2


def test_the_workbook_holds_overview_faults_missing_and_work_list(batch: Review) -> None:
    book = openpyxl.load_workbook(io.BytesIO(review_to_xlsx(batch)))
    assert book.sheetnames == ["总表", "常见问题", "未报送", "整改清单"]
    assert book["总表"].max_row == 1 + len(batch.files)
    assert book["未报送"]["A2"].value == NAMES[2]
    findings = sum(len(file.check.findings) for file in batch.files if file.check)
    assert book["整改清单"].max_row == 1 + findings


def test_markdown_and_json_say_the_same_and_json_is_json(batch: Review) -> None:
    text = review_to_markdown(batch)
    assert all(file.source in text for file in batch.files)
    assert f"尚未报送（1）：{NAMES[2]}" in text
    written = review_to_dict(batch)
    assert json.loads(json.dumps(written, ensure_ascii=False)) == written


def test_text_copied_within_the_batch_is_found_without_a_library() -> None:
    reports = [
        fragment_to_report({"agency": name, "sections": {5: PROBLEMS}}) for name in NAMES[:2]
    ]
    reports.append(fragment_to_report({"agency": NAMES[2], "sections": {5: "目录未更新。" * 9}}))
    shelf = Batch(reports)
    rules = [{f.rule for f in check(report, shelf).findings} for report in reports]
    assert ["Y107" in found for found in rules] == [True, True, False]


def test_last_years_report_in_the_same_batch_is_compared_with() -> None:
    before = fragment_to_report({"year": 2022, "requests": {"carried_over": {"total": 5}}})
    report = fragment_to_report({"requests": {"carried_in": {"total": 3}}})
    assert check(report, Batch([before, report])).verdicts["Y101"] == "fail"


def test_two_different_files_of_one_agency_and_year_are_named(tmp_path: Path) -> None:
    for name, seed in (("一稿.txt", 1), ("二稿.txt", 2)):
        text = as_cells(invented_report(balanced=True, seed=seed))
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = review([tmp_path])
    assert [set(sources) for sources in found.twice] == [{"一稿.txt", "二稿.txt"}]
    assert "内容不同" in review_to_markdown(found)


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("不是年报", encoding="utf-8")
    told: list[tuple[int, int]] = []
    review([tmp_path], progress=lambda done, whole: told.append((done, whole)))
    assert told == [(1, 3), (2, 3), (3, 3)]


# --- Zips -----------------------------------------------------------------------------------------


def test_members_never_leave_the_folder_and_names_are_made_harmless(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    names = ("../../上级.txt", "/etc/绝对.txt", "C:\\甲\\乙.txt", "报\u202etxt.txt", "-rf.txt")
    archive.write_bytes(zipped(dict.fromkeys(names, b"x")))
    into = tmp_path / "into"
    found = unpacked([archive], into)
    assert [file.name for file in found.files] == [
        "上级.txt", "绝对.txt", "乙.txt", "报txt.txt", "rf.txt",
    ]  # fmt: skip
    assert all(file.resolve().is_relative_to(into.resolve()) for file in found.files)


def test_names_that_chinese_windows_wrote_are_read(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    gbk = "水务局2023年报.txt".encode("gbk").decode("cp437")
    data = zipped({"PLACEHOLDER.txt": b"x"})
    placeholder = b"PLACEHOLDER.txt"
    wanted = gbk.encode("cp437")
    padded = wanted + b" " * 0
    # The two places where the directory spells the name, with its length before it.
    for head in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(head)
        length_at = at + (26 if head == b"PK\x03\x04" else 28)
        length = len(padded).to_bytes(2, "little")
        data = data[:length_at] + length + data[length_at + 2 :]
        name_at = data.index(placeholder, at)
        data = data[:name_at] + padded + data[name_at + len(placeholder) :]
    shift = len(padded) - len(placeholder)
    end = data.rindex(b"PK\x05\x06")
    for offset in (12, 16):
        value = int.from_bytes(data[end + offset : end + offset + 4], "little") + shift
        data = data[: end + offset] + value.to_bytes(4, "little") + data[end + offset + 4 :]
    archive.write_bytes(data)
    assert [f.name for f in unpacked([archive], tmp_path / "into").files] == ["水务局2023年报.txt"]


def test_a_bomb_and_a_damaged_archive_cost_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST_MEMBER", 1000)
    (tmp_path / "bomb.zip").write_bytes(zipped({"大.txt": b"0" * 100_000, "好.txt": b"x"}))
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04 nothing")
    found = unpacked([tmp_path / "bomb.zip", tmp_path / "坏.zip"], tmp_path / "into")
    assert [file.name for file in found.files] == ["好.txt"]
    assert ["过大" in found.refused[0], "损坏" in found.refused[1]] == [True, True]


def test_too_many_members_are_refused_before_any_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_MEMBERS", 2)
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": b"x" for n in range(3)}))
    found = unpacked([tmp_path / "a.zip"], tmp_path / "into")
    assert (found.files, len(found.refused)) == ((), 1)
    assert not (tmp_path / "into").exists()


def test_a_report_on_another_year_than_the_rest_is_named(tmp_path: Path) -> None:
    for name, year in (("甲", 2023), ("乙", 2023), ("丙", 2022)):
        report = invented_report(agency=f"云溪市青禾区{name}局", year=year, balanced=True)
        (tmp_path / f"{name}.txt").write_text(as_cells(report), encoding="utf-8")
    found = review([tmp_path])
    assert found.of_another_year == ("丙.txt（2022年，其余多为2023年）",)
    assert "疑为传错了文件" in review_to_markdown(found)
    assert review([tmp_path / "丙.txt"]).of_another_year == ()


def test_of_two_reports_in_one_file_the_first_is_checked_and_the_other_named(
    tmp_path: Path,
) -> None:
    texts = [as_cells(report_of(name)) for name in NAMES[:2]]
    (tmp_path / "合并.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (tmp_path / "第一份.txt").write_text(texts[0], encoding="utf-8")
    both, first = review([tmp_path / "合并.txt", tmp_path / "第一份.txt"]).files
    assert both.check and first.check
    assert {f.rule for f in both.check.findings} == {
        "S120",
        *(f.rule for f in first.check.findings),
    }
    (said,) = (f for f in both.check.findings if f.rule == "S120")
    assert said.message.startswith("文件里有2份年报（")
    assert said.evidence[0].place.line


def test_two_reports_that_cannot_be_told_apart_are_said_in_one_sentence(tmp_path: Path) -> None:
    both = "\n\n".join(as_cells(invented_report(seed=seed)) for seed in (1, 2))
    (tmp_path / "合并.txt").write_text(both, encoding="utf-8")
    (file,) = review([tmp_path]).files
    assert file.check and [f.rule for f in file.check.findings] == ["S120"]
    assert set(file.check.verdicts.values()) == {"fail", "undecided"}


def test_of_two_reports_that_differ_in_every_cell_only_the_first_doubts_are_printed() -> None:
    both = "\n\n".join(as_cells(invented_report(seed=seed)) for seed in (1, 2))
    report = parse_bytes(both.encode(), name="合并.txt")
    told = check_to_markdown(report, check(report))
    assert len(report.warnings) > 100 and len(told.splitlines()) < 30
    assert "处，`nianbao parse` 逐一列出" in told


def test_a_report_without_tables_is_said_in_one_sentence(tmp_path: Path) -> None:
    """The tables of the page were pictures: nothing of them is counted, and nothing is nought."""
    report = report_of(NAMES[0])
    parts = [part for s in report.sections for part in (s.heading, s.text)]
    (tmp_path / "无表.txt").write_text("\n".join([report.title or "", *parts]), encoding="utf-8")
    (file,) = review([tmp_path]).files
    assert file.check and file.report
    errors = [f for f in file.check.findings if f.severity == "error"]
    assert [f.rule for f in errors] == ["S104"] and "可能是图片" in errors[0].message
    assert {file.check.verdicts[id] for id in ("R101", "R102", "R103", "D101")} == {"undecided"}


def test_a_document_of_another_kind_is_a_row_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "通知.txt").write_text(
        "关于做好防汛工作的通知\n" + "加强值班值守。" * 40, encoding="utf-8"
    )
    (file,) = review([tmp_path]).files
    assert file.check is None and "没有找到政府信息公开工作年度报告" in file.error
