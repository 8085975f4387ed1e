"""`nianbao ask` and `eval`: one question, and a set of questions with their scores."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.application import Data, Json, app, library_of, settings_for, show
from assistant.opening import open_model
from ingest.errors import NianbaoError, os_reason

if TYPE_CHECKING:
    from assistant.model import Turn


@app.command()
def ask(
    question: Annotated[str, typer.Argument(metavar="问题", help="用中文提问", show_default=False)],
    as_json: Json = False,
    data: Data = None,
    history: Annotated[
        Path | None, typer.Option(help="此前的对话：JSON 列表，元素为 {role, content}")
    ] = None,
) -> None:
    """向资料库提问；回答中的每个数都注明出处，答不了的说明原因。"""
    from assistant.asking import ask as answer_question
    from assistant.render import answer_to_markdown

    settings = settings_for(data)
    turns = _turns(history)
    with library_of(settings) as library:
        answer = answer_question(question, library, history=turns, model=open_model(settings))
    show(answer.to_dict() if as_json else answer_to_markdown(answer))


@app.command("eval")
def evaluate(
    questions: Annotated[
        Path, typer.Argument(metavar="题集", help="题集文件（JSONL）", show_default=False)
    ],
    as_json: Json = False,
    data: Data = None,
) -> None:
    """用题集检验问答，按题型打印得分；检索题集则并列各种检索方式。"""
    from vectorstore.evaluation import is_retrieval_set

    if is_retrieval_set(questions):
        _evaluate_retrieval(questions, as_json=as_json, data=data)
        return
    from assistant.evaluation import evaluate as run_questions
    from assistant.evaluation import scores_to_dict
    from assistant.render import scores_to_markdown

    settings = settings_for(data)
    with library_of(settings) as library:
        evaluation = run_questions(questions, library, model=open_model(settings))
    if as_json:
        for answer in evaluation.answers:
            show(answer.to_dict())
        show({"scores": scores_to_dict(evaluation.scores)})
    else:
        show(scores_to_markdown(evaluation.scores))


def _evaluate_retrieval(questions: Path, *, as_json: bool, data: Path | None) -> None:
    from assistant.inventory import library_to_known
    from assistant.question import understand
    from assistant.retrieval_scores import retrieval_to_dict, retrieval_to_markdown
    from vectorstore.evaluation import evaluate_retrieval

    with library_of(settings_for(data)) as library:

        def named(question: str) -> tuple[Sequence[str], Sequence[int]]:
            query = understand(question, known=library_to_known(library))
            return query.agencies, query.years

        scores = evaluate_retrieval(questions, library, named)
    show({"retrieval": retrieval_to_dict(scores)} if as_json else retrieval_to_markdown(scores))


def _turns(history: Path | None) -> "list[Turn]":
    from assistant.model import Turn

    if history is None:
        return []
    try:
        rows = json.loads(history.read_text(encoding="utf-8"))
        return [Turn(row["role"], row["content"]) for row in rows]
    except OSError as error:
        raise NianbaoError(f"对话记录 {history} 打不开（{os_reason(error)}）。") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NianbaoError(
            f"对话记录 {history} 读不了：应为 JSON 列表，"
            '元素形如 {"role": "user", "content": "…"}。'
        ) from error
