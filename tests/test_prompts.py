import ast
import re
from pathlib import Path

import pytest

import prompts
from prompts import Prompt, load, names, parse_prompt

ROOT = Path(__file__).parents[1]
ASSISTANT = sorted((ROOT / "assistant").rglob("*.py"))
LOAD = re.compile(r"""(?:prompts\.)?load\("([a-z_]+)"\)""")
PROMPT = """---
purpose: 试验
variables: question, passages
---
问：{question}
文：{passages}
"""


def loaded_names() -> set[str]:
    return {name for path in ASSISTANT for name in LOAD.findall(path.read_text("utf-8"))}


def test_every_prompt_file_is_loaded_by_a_module_and_every_load_names_a_file() -> None:
    assert loaded_names() == set(names())


@pytest.mark.parametrize("name", names())
def test_every_prompt_file_can_be_loaded_and_says_what_it_is_for(name: str) -> None:
    prompt = load(name)
    assert prompt.purpose
    assert prompt.text


def test_render_puts_every_value_in_its_place() -> None:
    prompt = parse_prompt("p", PROMPT)
    assert prompt.render(question="几件", passages="无") == "问：几件\n文：无"


def test_text_of_a_document_is_never_taken_for_a_template() -> None:
    prompt = parse_prompt("p", PROMPT)
    rendered = prompt.render(question="{passages}", passages="{question} {0} {x.__class__} \\1")
    assert rendered == "问：{passages}\n文：{question} {0} {x.__class__} \\1"


@pytest.mark.parametrize("values", [{"question": ""}, {"question": "", "passages": "", "more": ""}])
def test_a_missing_or_an_extra_variable_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(KeyError, match="prompt p takes"):
        parse_prompt("p", PROMPT).render(**values)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PROMPT.replace("{passages}", ""), "the head names"),
        (PROMPT.replace("question, passages", "question"), "the head names"),
        (PROMPT + "{}", "a brace that is no variable"),
        (PROMPT.replace("purpose: 试验\n", ""), "must have purpose and variables"),
        (PROMPT.replace("purpose:", "model: x\npurpose:"), "must have purpose and variables"),
        (PROMPT.replace("purpose: 试验", "purpose"), "not a head line"),
        (PROMPT.removeprefix("---\n"), "between two"),
    ],
)
def test_a_file_whose_head_and_text_disagree_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_prompt("p", text)


@pytest.mark.parametrize("name", ["nothing", "../pyproject", ""])
def test_a_prompt_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(KeyError, match="no prompt"):
        load(name)


def test_a_prompt_cannot_be_made_with_variables_that_it_does_not_use() -> None:
    with pytest.raises(ValueError, match="the head names"):
        Prompt("p", "试验", ("question",), "没有变量")


# Words to somebody; 申请 and the placeholder 【请补充：…】 of a draft are none.
_ADDRESS = re.compile("你|(?<!申)请(?!补充：)")


# What talks to people: their help, pages and refusals are long and polite, and reach no model.
FACES = {"web", "cli", "serving", "access", "doors"}
SPEAKING = [path for path in ASSISTANT if FACES.isdisjoint(path.parts)]


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.name)
def test_no_long_words_to_a_model_stand_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    long = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation
        and any(len(run) > 80 and _ADDRESS.search(run) for run in node.value.split("|"))
    ]
    assert long == []


def test_prompts_are_part_of_the_package() -> None:
    assert prompts.FOLDER.joinpath("answer.md").is_file()
