"""What the command line says when it is called wrongly or asked for help: Chinese, and no English."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from assistant.cli import app
from tests.command_line import run

_GROUP = get_command(app)
assert isinstance(_GROUP, TyperGroup)
_COMMANDS = [[name] for name in _GROUP.commands]


@pytest.mark.parametrize("command", [[], *_COMMANDS, ["users", "add"], ["users", "role"]])
def test_help_is_in_chinese(command: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    help_text = run(capsys, *command, "--help").out
    assert help_text.startswith("用法：nianbao")
    assert "显示这段说明。" in help_text
    assert not re.search(r"Usage|Options|Arguments|Commands|required|default|Show this", help_text)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["chekc"], "没有“chekc”这个命令，您要的是不是 check？"),
        (["xyz"], "没有“xyz”这个命令。"),
        (["ask"], "缺少“问题”。"),
        (["ask", "甲", "乙"], "多写了 乙，不知是什么。"),
        (["ask", "甲", "--histroy", "x"], "没有 --histroy 这个选项，相近的有 --history。"),
        (["ask", "甲", "--qqq"], "没有 --qqq 这个选项。"),
        (["ask", "甲", "--history"], "--history 后面要写一个值。"),
        (["ask", "甲", "--json=是"], "--json 后面不写值。"),
        (["draft", "--year", "2024"], "缺少“--agency”。"),
        (["draft", "--agency", "甲局", "--year", "去年"], "--year 的值不能用：应为整数。"),
        (["serve", "--port", "70000"], "--port 的值不能用：不能大于 65535。"),
        (["ingest", "甲.docx", "--workers", "0"], "--workers 的值不能用：不能小于 1。"),
        (["users", "role", "张三"], "缺少“角色”。"),
        (
            ["check", "甲.docx", "--fail-on", "严重"],
            "--fail-on 的值不能用：“严重”不在可选的 error、warning、notice 之中。",
        ),
    ],
)
def test_a_wrong_call_is_explained_in_one_chinese_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = run(capsys, *arguments)
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err.splitlines()[0] == sentence


def test_a_wrong_call_shows_how_the_command_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "users", "role", "张三").err.splitlines()
    assert lines[1:] == [
        "用法：nianbao users role [选项] {账号} {角色}",
        "详细说明：nianbao users role --help",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ["parse", "无.pdf"],
        ["ask", "甲", "--history", "无.json"],
        ["eval", "无.jsonl"],
        ["check", "无.docx"],
        ["draft", "--agency", "甲局", "--year", "2024", "--tables", "无.xlsx"],
        ["draft", "--agency", "甲局", "--year", "2024", "--last-year", "无.docx"],
        ["draft", "--agency", "甲局", "--year", "2024", "--notes", "无.txt"],
        ["draft", "--agency", "甲局", "--year", "2024", "--output", "无/年报.docx"],
        ["library", "--data", "/proc/无"],
    ],
)
def test_a_missing_file_is_named_and_explained_without_english(
    arguments: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run(capsys, *arguments)
    assert outcome.status == 1
    [sentence] = outcome.err.splitlines()
    assert "没有这个文件" in sentence and sentence.endswith("。")
    assert not re.search("[a-z]{3,}", sentence.replace(arguments[-1], ""))
