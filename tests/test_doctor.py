"""`nianbao doctor` says what is missing, and fails only for what is needed."""

import json
import socket
from pathlib import Path

import pytest

from tests.command_line import run

Capture = pytest.CaptureFixture[str]


def states(capsys: Capture, *arguments: str) -> tuple[int, dict[str, str]]:
    outcome = run(capsys, "doctor", "--json", "--port", "1", *arguments)
    return outcome.status, {each["name"]: each["state"] for each in json.loads(outcome.out)}


def test_a_machine_without_a_library_is_fine_and_none_is_made(
    capsys: Capture, tmp_path: Path
) -> None:
    status, found = states(capsys, "--data", str(tmp_path / "none"))
    assert status == 0 and found["资料库"] == "ok" and found["账号"] == "missing"
    assert not (tmp_path / "none").exists()


def test_a_database_that_does_not_answer_fails(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_DATABASE", "sqlite:////nowhere/at/all.sqlite3")
    status, found = states(capsys, "--data", str(tmp_path))
    assert status == 1 and found["资料库"] == "failed"


def test_a_model_that_cannot_be_reached_fails(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIANBAO_MODEL", "openai:any")
    monkeypatch.setenv("NIANBAO_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("NIANBAO_API_KEY", "x")
    status, found = states(capsys, "--data", str(tmp_path / "none"))
    assert status == 1 and found["语言模型"] == "failed"


def test_what_only_some_files_need_is_no_failure(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    status, found = states(capsys, "--data", str(tmp_path / "none"))
    assert status == 0 and found["旧版 Word"] == found["中文字体"] == "missing"


def test_a_port_in_use_is_named(capsys: Capture, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        outcome = run(capsys, "doctor", "--port", port, "--data", str(tmp_path / "none"))
    assert outcome.status == 0 and f"{port} 已有程序在用" in outcome.out
