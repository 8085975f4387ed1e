"""The Typer application, what its commands share, and the way every failure becomes one sentence.

Standard output is for results, standard error for progress and for one sentence per failure.
Exit status: 0 done; 1 the input could not be used; 2 the command line was wrong; 3 a finding of
`--fail-on` severity or worse stands. Heavy modules are imported by the command that needs them.
"""

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from assistant.cli.wording import fault_in_chinese
from assistant.opening import open_library, parse_limits
from assistant.settings import Settings
from ingest.errors import NianbaoError

if TYPE_CHECKING:
    from ingest.report import Report
    from vectorstore.library import Library

logger = logging.getLogger(__name__)

INPUT_FAILED = 1
FINDINGS_STAND = 3

app = typer.Typer(
    name="nianbao",
    help="年报助手：政府信息公开工作年度报告的问答与核查，离线可用，每个数都有出处。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="输出 JSON（字段见 docs/contracts.md）")]
Data = Annotated[
    Path | None, typer.Option("--data", help="资料库目录；默认取 NIANBAO_DATA，再默认 ./data")
]
Files = Annotated[
    list[Path], typer.Argument(metavar="年报", help="年报文件，可以多个", show_default=False)
]


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


def main() -> None:
    """The entry point: runs the command and turns every failure into one sentence and a status."""
    for stream in (sys.stdout, sys.stderr):
        # A C locale must not turn Chinese into an error; nor must a file name that is no UTF-8.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        sys.exit(app(prog_name=app.info.name, standalone_mode=False))
    except NianbaoError as error:
        _fail(str(error))
    except TyperException as error:
        _explain(error)
    except typer.Abort:
        _fail("已取消。")
    except BrokenPipeError:
        sys.exit(0)
    except Exception:
        logger.exception("unexpected error")
        _fail("程序出错，详情见上方记录；请把这段记录和所用文件一并反馈。")


def _explain(error: TyperException) -> NoReturn:
    """Say what is wrong with the command line and how the command is called."""
    context: typer.Context | None = getattr(error, "ctx", None)
    notify(fault_in_chinese(error.format_message()))
    # A group that is called without a command says its whole help instead of a fault.
    if context is not None and error.message != context.get_help():
        notify(f"{context.get_usage()}\n详细说明：{context.command_path} --help")
    sys.exit(error.exit_code)


def _fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(INPUT_FAILED)


def show(content: str | Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    """Print a result: text as it is, anything else as one line of JSON."""
    print(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))


def notify(line: str) -> None:
    """Print a line of progress to standard error."""
    print(line, file=sys.stderr)


@contextmanager
def failures_reported() -> Iterator[list[str]]:
    """Collects a sentence per failed file; at the end they decide the exit status."""
    failures: list[str] = []
    yield failures
    for sentence in failures:
        print(sentence, file=sys.stderr)
    if failures:
        raise typer.Exit(INPUT_FAILED)


def parsed_reports(
    files: Iterable[Path], settings: Settings, failures: list[str]
) -> "Iterator[Report]":
    """The reports of the files that could be read; a sentence in `failures` for each other."""
    from ingest.batch import parse_many

    for parsed in parse_many(list(files), limits=parse_limits(settings)):
        if parsed.report is not None:
            yield parsed.report
        else:
            failures.append(str(parsed.error))


def settings_for(data: Path | None) -> Settings:
    """The settings of the environment, with `--data` before them."""
    settings = Settings()
    return settings if data is None else settings.model_copy(update={"data": data})


@contextmanager
def library_of(settings: Settings) -> "Iterator[Library]":
    """The library of these settings, open until the command ends."""
    with open_library(settings, notify) as library:
        yield library


@contextmanager
def library_if_there(settings: Settings) -> "Iterator[Library | None]":
    """The library for comparison; none is made in a place where there is none."""
    if not settings.data.is_dir():
        yield None
        return
    with library_of(settings) as library:
        yield library


def at_least(severity: Severity) -> list[str]:
    """This severity and every worse one."""
    ordered = list(Severity)
    return [s.value for s in ordered[: ordered.index(severity) + 1]]
