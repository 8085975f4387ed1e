"""`nianbao ingest` on a folder: seen to go on by a person, silent in a pipe, and resumed."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.command_line import run
from tests.hash_embedder import HashEmbedder
from tests.library_files import write_many
from vectorstore.library import Library
from vectorstore.prepared import AT_ONCE


def test_a_person_who_watches_sees_how_far_it_is(tmp_path: Path) -> None:
    write_many(tmp_path / "in", 2)
    shown = _on_a_terminal("ingest", str(tmp_path / "in"), "--data", str(tmp_path / "data"))
    assert "存入:   0%" in shown and "0/2" in shown
    assert "共 2 个文件：新存入 2" in shown


def test_nothing_but_results_is_written_into_a_pipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_many(tmp_path / "in", 2)
    outcome = run(capsys, "ingest", str(tmp_path / "in"), "--data", str(tmp_path / "d"), "--json")
    assert [line.get("status") for line in outcome.lines] == ["added", "added", None]
    assert "%" not in outcome.err


def test_an_ingest_that_was_broken_off_goes_on_where_it_stopped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # More than are stored in one commit.
    paths = write_many(tmp_path / "in", AT_ONCE + 4)
    with Library(tmp_path / "data", embedder=HashEmbedder()) as library:
        items = library.ingest([tmp_path / "in"], workers=2)
        assert next(iter(items)).status == "added"
        items.close()  # type: ignore[attr-defined]
    arguments = ("ingest", str(tmp_path / "in"), "--data", str(tmp_path / "data"), "--json")
    *files, summary = run(capsys, *arguments, "--workers", "2").lines
    statuses = [line["status"] for line in files]
    kept = statuses.count("known")
    assert 1 <= kept <= AT_ONCE
    assert statuses == ["known"] * kept + ["added"] * (len(paths) - kept)
    assert summary["summary"]["reports"] == len(paths)


def _on_a_terminal(*arguments: str) -> str:
    """What a command shows on a terminal a hundred columns wide."""
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    command = [sys.executable, "-m", "assistant", *arguments]
    with subprocess.Popen(command, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        shown = bytearray()
        while piece := _read(controller):
            shown += piece
    os.close(controller)
    assert process.returncode == 0
    return shown.decode()


def _read(controller: int) -> bytes:
    try:
        return os.read(controller, 65536)
    except OSError:  # the command has closed its end
        return b""
