"""A file is read in a child process: whatever the file does, one sentence comes back."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest.errors import NotAnAnnualReport, UnreadableFile
from ingest.parse import parse
from ingest.sandbox import AS_REPORT, Limits, Worker, made_of, parse_safely
from tests import hostile_files
from tests.invented import invented_report
from tests.render_files import as_docx, as_pdf

_TIGHT = Limits(wall_seconds=60, cpu_seconds=1)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "年报.docx"
    path.write_bytes(as_docx(invented_report()))
    return path


def test_the_report_comes_back_whole(report: Path) -> None:
    assert parse_safely(report) == parse(report)


def test_an_error_comes_back_as_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("关于放假的通知。", encoding="utf-8")
    with pytest.raises(NotAnAnnualReport, match="通知"):
        parse_safely(path)


def test_a_file_that_eats_time_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "慢.pdf"
    path.write_bytes(hostile_files.pdf_with_nested_forms())
    with pytest.raises(UnreadableFile, match=r"《慢\.pdf》读取超过"):
        parse_safely(path, _TIGHT)


def test_a_file_that_hangs_without_using_the_processor_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "慢.pdf"
    path.write_bytes(hostile_files.pdf_with_nested_forms())
    with pytest.raises(UnreadableFile, match=r"《慢\.pdf》读取超过 1 秒"):
        parse_safely(path, Limits(wall_seconds=1))


def test_a_file_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "大.pdf"
    path.write_bytes(hostile_files.pdf_that_inflates_to_a_gigabyte())
    with pytest.raises(UnreadableFile, match="内存超过 400 MB"):
        parse_safely(path, Limits(memory_bytes=400 * 1024 * 1024))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "巨.pdf"
    with path.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    with pytest.raises(UnreadableFile, match="有 500 MB，超过 100 MB"):
        parse_safely(path)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "管道.txt"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableFile, match="不是文件"):
        parse_safely(pipe)
    with pytest.raises(UnreadableFile, match="没有这个文件"):
        parse_safely(tmp_path / "无.txt")


def test_a_worker_reads_on_after_a_hostile_file(report: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "慢.pdf"
    hostile.write_bytes(hostile_files.pdf_with_nested_forms())
    with Worker(AS_REPORT) as worker:
        for _ in range(2):
            assert worker.work(report, _TIGHT).year == 2023
            with pytest.raises(UnreadableFile):
                worker.work(hostile, _TIGHT)


def test_the_limit_on_time_is_for_one_file_and_not_for_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "年报.pdf"
    path.write_bytes(as_pdf(invented_report()))
    limits = Limits(cpu_seconds=1)
    with Worker(AS_REPORT) as worker:
        for _ in range(8):
            assert worker.work(path, limits).year == 2023


def test_a_worker_asked_ahead_answers_in_order_also_after_a_file_that_ends_it(
    report: Path, tmp_path: Path
) -> None:
    hostile = tmp_path / "慢.pdf"
    hostile.write_bytes(hostile_files.pdf_with_nested_forms())
    with Worker(AS_REPORT) as worker:
        for path in (report, hostile, report):
            worker.ask(path, _TIGHT)
        first = worker.answer()
        with pytest.raises(UnreadableFile, match=r"《慢\.pdf》读取超过"):
            worker.answer()
        assert worker.answer() == first
        assert made_of(AS_REPORT, first, report.name).year == 2023


def test_a_worker_killed_with_two_files_at_hand_reads_both(report: Path) -> None:
    with Worker(AS_REPORT) as worker:
        worker.work(report, _TIGHT)
        process = worker._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        worker.ask(report, _TIGHT)
        worker.ask(report, _TIGHT)
        assert worker.answer() == worker.answer()


def test_a_worker_that_was_killed_between_two_files_costs_none_of_them(report: Path) -> None:
    with Worker(AS_REPORT) as worker:
        worker.work(report, _TIGHT)
        process = worker._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        assert worker.work(report, _TIGHT).year == 2023


def test_a_worker_killed_while_it_reads_gives_one_sentence_and_does_not_begin_again(
    report: Path, tmp_path: Path
) -> None:
    path = tmp_path / "慢.pdf"
    path.write_bytes(hostile_files.pdf_with_nested_forms())
    with Worker(AS_REPORT) as worker:
        worker.work(report, _TIGHT)
        timer = threading.Timer(1, worker.kill)
        timer.start()
        with pytest.raises(UnreadableFile, match=r"《慢\.pdf》读取时出错中断"):
            worker.work(path, Limits())
        assert worker._process is None
        timer.join()


def test_nothing_is_left_running(report: Path) -> None:
    worker = Worker(AS_REPORT)
    worker.work(report, _TIGHT)
    process = worker._process
    assert process is not None
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_a_fault_of_the_program_is_said_and_costs_only_that_file(
    report: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "ingest_fault"
    broken.mkdir()
    # The worker finds this module before the real one and so fails in the middle of a file.
    (broken / "sitecustomize.py").write_text(
        "import ingest.parse\n"
        "real = ingest.parse.parse\n"
        "def parse(path):\n"
        "    if path.name == '坏.docx':\n"
        "        raise KeyError('no such column')\n"
        "    return real(path)\n"
        "ingest.parse.parse = parse\n",
        encoding="utf-8",
    )
    bad = tmp_path / "坏.docx"
    bad.write_bytes(report.read_bytes())
    script = (
        "import sys; from pathlib import Path; from ingest.sandbox import AS_REPORT, Limits, Worker\n"
        "from ingest.errors import UnreadableFile\n"
        "worker = Worker(AS_REPORT)\n"
        "try: worker.work(Path(sys.argv[1]), Limits())\n"
        "except UnreadableFile as error: print(error)\n"
        "print(worker.work(Path(sys.argv[2]), Limits()).year)\n"
        "worker.close()\n"
    )
    root = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", script, str(bad), str(report)],
        env={**os.environ, "PYTHONPATH": f"{broken}{os.pathsep}{root}", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    message, year = done.stdout.splitlines()
    assert message.startswith("《坏.docx》读取时程序出错（KeyError: 'no such column'）")
    assert year == "2023"


def test_the_worker_loads_nothing_heavy() -> None:
    script = (
        "import sys, ingest.sandbox, ingest.parse\n"
        "heavy = {'torch', 'chromadb', 'gradio', 'langchain_core', 'pdfplumber', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_report_is_read_the_same_whatever_the_locale(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    assert parse_safely(report).agency == invented_report().agency


def test_every_hostile_file_costs_one_sentence(tmp_path: Path) -> None:
    files = {
        "a.docx": hostile_files.docx_with_a_swollen_member(),
        "b.docx": hostile_files.docx_with_100000_members(),
        "c.docx": hostile_files.docx_with_billion_laughs(),
        "d.html": hostile_files.webpage_with_100000_rows(),
        "e.html": hostile_files.webpage_with_deep_tables(),
        "f.pdf": hostile_files.pdf_that_inflates_to_a_gigabyte(),
        "g.pdf": hostile_files.pdf_without_text(),
        "h.pdf": hostile_files.pdf_with_800_crossing_lines(),
    }
    limits = Limits()
    with Worker(AS_REPORT) as worker:
        for name, data in files.items():
            path = tmp_path / name
            path.write_bytes(data)
            with pytest.raises((UnreadableFile, NotAnAnnualReport)) as caught:
                worker.work(path, limits)
            message = str(caught.value)
            assert message.startswith(f"《{name}》")
            assert "\n" not in message


def test_a_program_that_converts_is_not_held_to_the_time_of_a_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n(ulimit -S -t; ulimit -H -t) > {tmp_path}/limits\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    old = tmp_path / "年报.doc"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2_000))
    with pytest.raises(UnreadableFile, match="LibreOffice"):
        parse_safely(old, Limits(cpu_seconds=3))
    soft, hard = (tmp_path / "limits").read_text().split()
    assert soft == hard
