"""What Typer itself says — headings of the help, faults of the command line — in Chinese.

Typer writes these in English and offers no catalogue for them, so its finished text is put into
Chinese here, by patterns. What no pattern knows stays as Typer wrote it: never lost, at worst
English.
"""

import re
from collections.abc import Iterable
from re import Match, Pattern
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

_Wordings = Iterable[tuple[Pattern[str], str]]


def _compiled(*wordings: tuple[str, str]) -> _Wordings:
    return tuple((re.compile(english, re.MULTILINE), chinese) for english, chinese in wordings)


_HELP = _compiled(
    (r"^Usage: ", "用法："),
    (r"^Arguments:$", "参数："),
    (r"^Options:$", "选项："),
    (r"^Commands:$", "命令："),
    (r"\[OPTIONS\]", "[选项]"),
    (r"COMMAND \[ARGS\]\.\.\.", "命令 [参数]..."),
    (r"\[required\]", "[必填]"),
    (r"\[default:\s+", "[默认："),
    (r"; required\]", "；必填]"),
    (r"Show this message and exit\.", "显示这段说明。"),
)
_FAULTS = _compiled(
    (r"^No such command '(.*)'\. Did you mean '(.*)'\?$", r"没有“\1”这个命令，您要的是不是 \2？"),
    (r"^No such command '(.*)'\.$", r"没有“\1”这个命令。"),
    (r"^No such option: (\S+) \(Possible options: (.*)\)$", r"没有 \1 这个选项，相近的有 \2。"),
    (r"^No such option: (\S+)$", r"没有 \1 这个选项。"),
    (r"^Missing command\.$", "没有写明命令。"),
    (r"^Missing (?:argument|option|parameter) '(.*?)'\.(?s:.*)", r"缺少“\1”。"),
    (r"^Option '(.*)' requires an argument\.$", r"\1 后面要写一个值。"),
    (r"^Option '(.*)' does not take a value\.$", r"\1 后面不写值。"),
    (r"^Got unexpected extra argument\(?s?\)? \((.*)\)$", r"多写了 \1，不知是什么。"),
    (r"^Invalid value for '(.*?)': (?:Value error, )?", r"\1 的值不能用："),
    (r"^Invalid value: ", ""),
    (r"Input should be a valid integer.*$", "应为整数。"),
    (r"Input should be a valid number.*$", "应为数字。"),
    (r"Input should be greater than or equal to (\S+)$", r"不能小于 \1。"),
    (r"Input should be less than or equal to (\S+)$", r"不能大于 \1。"),
)
_CHOICES = re.compile(r"'(.*)' is not one of (.*)\.$")


def use_chinese(commands: typer.Typer) -> None:
    """Make every command of `commands`, and of the groups within, print its help in Chinese."""
    commands.info.cls = _Group
    for command in commands.registered_commands:
        command.cls = _Command
    for group in commands.registered_groups:
        group.cls = _Group
        if group.typer_instance is not None:
            use_chinese(group.typer_instance)


def fault_in_chinese(message: str) -> str:
    """One sentence for a fault of the command line that Typer described as `message`."""
    return _CHOICES.sub(_listed, _reworded(message.strip(), _FAULTS))


# The context is of a class that Typer keeps to itself, hence `Any`.
class _Command(TyperCommand):
    def get_help(self, ctx: Any) -> str:
        return _reworded(super().get_help(ctx), _HELP)

    def get_usage(self, ctx: Any) -> str:
        return _reworded(super().get_usage(ctx), _HELP)


class _Group(TyperGroup):
    def get_help(self, ctx: Any) -> str:
        return _reworded(super().get_help(ctx), _HELP)

    def get_usage(self, ctx: Any) -> str:
        return _reworded(super().get_usage(ctx), _HELP)


def _reworded(text: str, wordings: _Wordings) -> str:
    for english, chinese in wordings:
        text = english.sub(chinese, text)
    return text


def _listed(fault: Match[str]) -> str:
    choices = fault[2].strip("'").replace("', '", "、")
    return f"“{fault[1]}”不在可选的 {choices} 之中。"
