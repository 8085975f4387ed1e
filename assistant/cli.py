"""The command line `nianbao …`: arguments → API call → JSON or Markdown, and the exit status.

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
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.opening import open_library, open_model, open_report, parse_limits
from assistant.settings import Settings
from ingest.errors import NianbaoError

if TYPE_CHECKING:
    from assistant.checking.check import Check
    from assistant.model import Turn
    from ingest.report import Report
    from vectorstore.holdings import Entry, Ingested
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
Files = Annotated[list[Path], typer.Argument(help="年报文件，可以多个", show_default=False)]


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@app.command()
def parse(files: Files, as_json: Json = False) -> None:
    """读取年报：单位、年度、六个部分、三张法定表格，读不准的一一说明。"""
    from assistant.render import report_to_markdown
    from ingest.report_json import report_to_dict

    with _failures() as failures:
        for report in _parsed(files, Settings(), failures):
            _print(report_to_dict(report) if as_json else report_to_markdown(report))


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="文件或文件夹", show_default=False)
    ] = None,
    as_json: Json = False,
    data: Data = None,
    workers: Annotated[int | None, typer.Option(help="同时解析的进程数")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="另把旧版程序读过的原件重读一遍，把换模型后缺的向量补齐")
    ] = False,
) -> None:
    """把年报（文件或整个文件夹）存入资料库；同一文件重复存入不起变化。"""
    if not paths and not again:
        raise typer.BadParameter("请写明要存入的文件或文件夹。")
    settings = _settings(data)
    counts = dict.fromkeys(("added", "known", "edition", "reread", "failed"), 0)
    with _failures() as failures, _library(settings) as library:
        workers = workers or settings.workers
        reread = library.reread(workers=workers) if again else ()
        for item in chain(reread, library.ingest(paths or (), workers=workers)):
            counts[item.status] += 1
            if item.status == "failed":
                failures.append(item.message)
            _print(_ingested_to_dict(item) if as_json else item.message)
        if again:
            library.reembed()
        summary = {"files": sum(counts.values()), **counts, "reports": len(library.entries())}
        _print({"summary": summary} if as_json else _counts_to_text(counts))


@app.command("library")
def list_library(as_json: Json = False, data: Data = None) -> None:
    """列出资料库里有哪些单位、哪些年度的年报。"""
    from assistant.render import library_to_markdown

    with _library(_settings(data)) as library:
        entries = library.entries()
        if not as_json:
            _print(library_to_markdown(entries))
            return
        _print(
            {
                "folder": str(library.folder),
                "agencies": library.agencies(),
                "years": library.years(),
                "reports": [_entry_to_dict(entry) for entry in entries],
            }
        )


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="用中文提问", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    history: Annotated[
        Path | None, typer.Option(help="此前的对话：JSON 列表，元素为 {role, content}")
    ] = None,
) -> None:
    """向资料库提问；回答中的每个数都注明出处，答不了的说明原因。"""
    from assistant.asking import ask as answer_question
    from assistant.render import answer_to_markdown

    settings = _settings(data)
    turns = _turns(history)
    with _library(settings) as library:
        answer = answer_question(question, library, history=turns, model=open_model(settings))
    _print(answer.to_dict() if as_json else answer_to_markdown(answer))


@app.command()
def check(
    files: Files,
    as_json: Json = False,
    data: Data = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="有此级别或更重的问题时，以状态 3 退出")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            help="另存为文件，格式随扩展名：.docx（原文件加批注）.xlsx .html .md .sarif .xml .json"
        ),
    ] = None,
) -> None:
    """核查年报：表内勾稽、文表一致、单位与日期等，逐条给出依据、位置和改法。"""
    if output and len(files) > 1:
        raise typer.BadParameter("--output 一次只能写一份年报的核查结果。")
    from assistant.checking.check import check as check_report
    from assistant.checking.check import check_to_dict
    from assistant.render import check_to_markdown

    settings = _settings(data)
    worst_found: set[str] = set()
    with _failures() as failures, _library_if_there(settings) as library:
        for report in _parsed(files, settings, failures):
            result = check_report(report, library)
            worst_found |= {finding.severity for finding in result.findings}
            if output:
                _write_check(report, result, output, files[0], settings)
            _print(check_to_dict(report, result) if as_json else check_to_markdown(report, result))
    if fail_on and worst_found & set(_at_least(fail_on)):
        raise typer.Exit(FINDINGS_STAND)


@app.command()
def draft(
    agency: Annotated[str, typer.Option(help="单位全称", show_default=False)],
    year: Annotated[int, typer.Option(help="报告年度", show_default=False)],
    tables: Annotated[
        Path | None, typer.Option(help="本年的表格：能读取的年报文件，或 parse 输出的 JSON")
    ] = None,
    last_year: Annotated[Path | None, typer.Option(help="上年的年报；不给则从资料库里找")] = None,
    notes: Annotated[Path | None, typer.Option(help="写作要点，每行一条的文本")] = None,
    section: Annotated[
        list[int] | None, typer.Option(min=1, max=6, help="只写某一部分：1、5 或 6，可多次")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="写成整份年报：.docx（法定格式）.html .md")
    ] = None,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """起草年报的第一、五、六部分：每个数都有来历，只有您知道的以【请补充：…】留空。"""
    from assistant.drafting.draft import DRAFTED, draft_to_dict
    from assistant.drafting.draft import draft as write_draft
    from assistant.drafting.files import write_draft as write_file
    from assistant.render import draft_to_markdown

    if section and not set(section) <= set(DRAFTED):
        raise typer.BadParameter("--section 只能是 1、5 或 6。")
    settings = _settings(data)
    this_year = open_report(tables, settings) if tables else None
    with _library_if_there(settings) as library:
        written = write_draft(
            agency,
            year,
            tables=this_year,
            last_year=open_report(last_year, settings) if last_year else None,
            notes=_text_of(notes) if notes else "",
            sections=tuple(sorted(set(section))) if section else DRAFTED,
            library=library,
            model=open_model(settings),
        )
    if output:
        write_file(written, this_year, output)
        _notify(f"已写入 {output}")
    _print(draft_to_dict(written) if as_json else draft_to_markdown(written))


@app.command()
def export(
    output: Annotated[
        Path,
        typer.Argument(
            help="写到哪个文件；后缀 .csv、.xlsx、.parquet、.json 决定格式", show_default=False
        ),
    ],
    data: Data = None,
) -> None:
    """把资料库里每一格的数（连同状态、存疑与出处）导出成表。"""
    from assistant.export import export_facts

    with _library(_settings(data)) as library:
        count = export_facts(library, output)
    _notify(f"已导出 {count} 行到 {output}。")


@app.command()
def rules(
    rule_id: Annotated[str | None, typer.Argument(metavar="[ID]", help="规则编号，如 R101")] = None,
    as_json: Json = False,
) -> None:
    """列出规则目录，或显示一条规则的说明。"""
    from assistant.render import rule_to_dict, rule_to_markdown, rules_to_markdown
    from assistant.rules import RULES

    if rule_id is None:
        every = RULES.values()
        _print([rule_to_dict(rule) for rule in every] if as_json else rules_to_markdown(every))
        return
    rule = RULES.get(rule_id.upper())
    if rule is None:
        raise NianbaoError(f"没有编号为 {rule_id} 的规则；用 nianbao rules 查看全部编号。")
    _print(rule_to_dict(rule) if as_json else rule_to_markdown(rule))


@app.command("eval")
def evaluate(
    questions: Annotated[Path, typer.Argument(help="题集（JSONL）", show_default=False)],
    as_json: Json = False,
    data: Data = None,
) -> None:
    """用题集检验问答，按题型打印得分。"""
    from assistant.evaluation import evaluate as run_questions
    from assistant.evaluation import scores_to_dict
    from assistant.render import scores_to_markdown

    settings = _settings(data)
    with _library(settings) as library:
        evaluation = run_questions(questions, library, model=open_model(settings))
    if as_json:
        for answer in evaluation.answers:
            _print(answer.to_dict())
        _print({"scores": scores_to_dict(evaluation.scores)})
    else:
        _print(scores_to_markdown(evaluation.scores))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听端口")] = 7860,
    data: Data = None,
    samples: Annotated[
        bool, typer.Option("--samples", help="资料库为空时，先存入随附的示例年报")
    ] = False,
) -> None:
    """启动网页：问答、核查、文库。"""
    from assistant.web.page import serve as serve_page

    serve_page(_settings(data), host=host, port=port, with_samples=samples)


def main() -> None:
    """The entry point: runs the command and turns every failure into one sentence and a status."""
    for stream in (sys.stdout, sys.stderr):
        # A C locale must not turn Chinese into an error; nor must a file name that is no UTF-8.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except NianbaoError as error:
        _fail(str(error))
    except BrokenPipeError:
        sys.exit(0)
    except Exception:
        logger.exception("unexpected error")
        _fail("程序出错，详情见上方记录；请把这段记录和所用文件一并反馈。")


def _fail(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(INPUT_FAILED)


def _print(content: str | Mapping[str, object] | Sequence[Mapping[str, object]]) -> None:
    print(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))


@contextmanager
def _failures() -> Iterator[list[str]]:
    """Collects a sentence per failed file; at the end they decide the exit status."""
    failures: list[str] = []
    yield failures
    for sentence in failures:
        print(sentence, file=sys.stderr)
    if failures:
        raise typer.Exit(INPUT_FAILED)


def _parsed(files: Iterable[Path], settings: Settings, failures: list[str]) -> "Iterator[Report]":
    from ingest.batch import parse_many

    for parsed in parse_many(list(files), limits=parse_limits(settings)):
        if parsed.report is not None:
            yield parsed.report
        else:
            failures.append(str(parsed.error))


def _write_check(
    report: "Report", result: "Check", output: Path, file: Path, settings: Settings
) -> None:
    """Write a check to a file, with what was decided on its findings before."""
    from assistant.checking.decisions import Decisions
    from assistant.checking.files import write_check

    decisions = Decisions(settings.data).of(report, result)
    write_check(report, result, output, original=file.read_bytes(), decisions=decisions)
    _notify(f"核查结果已写入 {output}")


def _settings(data: Path | None) -> Settings:
    settings = Settings()
    return settings if data is None else settings.model_copy(update={"data": data})


@contextmanager
def _library(settings: Settings) -> "Iterator[Library]":
    with open_library(settings, _notify) as library:
        yield library


@contextmanager
def _library_if_there(settings: Settings) -> "Iterator[Library | None]":
    """The library for comparison; none is made in a place where there is none."""
    if not settings.data.is_dir():
        yield None
        return
    with _library(settings) as library:
        yield library


def _notify(line: str) -> None:
    print(line, file=sys.stderr)


def _text_of(path: Path) -> str:
    from ingest.characters import decode

    try:
        return decode(path.read_bytes()).text
    except OSError as error:
        raise NianbaoError(f"{path}：打不开（{error.strerror or error}）。") from error


def _turns(history: Path | None) -> "list[Turn]":
    from assistant.model import Turn

    if history is None:
        return []
    try:
        rows = json.loads(history.read_text(encoding="utf-8"))
        return [Turn(row["role"], row["content"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NianbaoError(
            f"对话记录 {history} 读不了：应为 JSON 列表，"
            '元素形如 {"role": "user", "content": "…"}。'
        ) from error


def _ingested_to_dict(item: "Ingested") -> Mapping[str, object]:
    report = item.report
    return {
        "source": item.source,
        "status": item.status,
        "message": item.message,
        "report": report.id if report else None,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
        "format": report.format if report else None,
        "warnings": len(report.warnings) if report else None,
    }


def _counts_to_text(counts: Mapping[str, int]) -> str:
    return (
        f"共 {sum(counts.values())} 个文件：新存入 {counts['added']}，已有 {counts['known']}，"
        f"同单位同年度的另一份 {counts['edition']}，重读 {counts['reread']}，"
        f"未能存入 {counts['failed']}。"
    )


def _entry_to_dict(entry: "Entry") -> Mapping[str, object]:
    return {
        "id": entry.id,
        "agency": entry.agency,
        "year": entry.year,
        "format": entry.format,
        "title": entry.title,
        "source": entry.source,
        "signed_on": entry.signed_on.isoformat() if entry.signed_on else None,
        "warnings": entry.warning_count,
        "edition": entry.edition,
        "current": entry.current,
        "added_at": entry.added_at.isoformat(),
    }


def _at_least(severity: Severity) -> list[str]:
    ordered = list(Severity)
    return [s.value for s in ordered[: ordered.index(severity) + 1]]
