"""Names to the browser at once every file that opening the page needs.

Gradio's program finds its files step by step: the entry names the shell, the shell the page, the
page a file for each kind of component, each of these others. What it would find is read from its own
bundle when the program starts; a bundle that is laid out otherwise names fewer files, and the page
opens as it would without.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import gradio as gr
from gradio.route_utils import BUILD_PATH_LIB
from gradio.routes import templates
from jinja2 import ChoiceLoader, DictLoader

_TEMPLATE: Final = "frontend/index.html"
# After the page's base address, before its half megabyte of configuration.
_BEFORE: Final = "<style>"
# m.f=["./Index-1.js","./Index-1.css"]: what the numbers in __vite__mapDeps([0,1]) stand for.
_NAMED = re.compile(r"m\.f=\[([^\]]*)\]")
_IMPORT = r"import\(`\./([\w.-]+)`\)[^`]{0,40}?,__vite__mapDeps\(\[([\d,]*)\]\)"
# button:{example:()=>…,component:()=>v(()=>import(`./Index-1.js`),__vite__mapDeps([0,1]),…)}
_KIND = re.compile(
    r"(?<=[{,])(\w+):\{(?:\w+:\(\)=>[^{}]*?,)*?component:\(\)=>(?:\w+\(\(\)=>)?" + _IMPORT
)
_PAGE = re.compile(_IMPORT.replace(r"[\w.-]+", r"Blocks-[\w.-]+"))
_LANGUAGE: Final = "zh-CN-*.js"


def name_files(page: gr.Blocks) -> None:
    """Puts the files that opening this page needs into the head of the page as it is served.

    There is one page in a process: Gradio keeps its template for all.
    """
    loader = templates.env.loader
    if loader is None:
        return
    text, _, _ = loader.get_source(templates.env, _TEMPLATE)
    config: Mapping[str, Any] = page.get_config_file()
    shown = {c["type"] for c in config["components"] if c["props"].get("visible", True) is True}
    named = text.replace(_BEFORE, f"{_links(files_to_open(shown))}{_BEFORE}", 1)
    templates.env.loader = ChoiceLoader([DictLoader({_TEMPLATE: named}), loader])


def files_to_open(kinds: Iterable[str]) -> Sequence[str]:
    """The names, below Gradio's assets, of the files that a page of these kinds of component loads."""
    folder = Path(BUILD_PATH_LIB)
    found: dict[str, None] = {}
    for entry in folder.glob("index-*.js"):
        found |= dict.fromkeys(_named(entry))
    for shell in [name for name in found if name.startswith("Index-")]:
        found |= dict.fromkeys(_imported(folder / shell, _PAGE).get("", ()))
    found |= dict.fromkeys(path.name for path in folder.glob(_LANGUAGE))
    for core in [name for name in found if name.startswith("core-") and name.endswith(".js")]:
        of_kinds = _imported(folder / core, _KIND)
        for kind in sorted(kinds):
            found |= dict.fromkeys(of_kinds.get(kind, ()))
    return [name for name in found if (folder / name).is_file()]


def _links(names: Iterable[str]) -> str:
    return "".join(
        f'<link rel="preload" as="style" crossorigin href="./assets/{name}">'
        if name.endswith(".css")
        else f'<link rel="modulepreload" href="./assets/{name}">'
        for name in names
    )


def _imported(path: Path, pattern: re.Pattern[str]) -> Mapping[str, Sequence[str]]:
    """The files of each import that the pattern finds, by kind, "" where it names none."""
    named = _named(path)
    imports: dict[str, Sequence[str]] = {}
    for *kind, file, numbers in pattern.findall(_text(path)):
        others = [named[int(n)] for n in numbers.split(",") if n and int(n) < len(named)]
        imports["".join(kind)] = [file, *others]
    return imports


def _named(path: Path) -> Sequence[str]:
    match = _NAMED.search(_text(path))
    return list(_names(match[1])) if match else []


def _names(listed: str) -> Iterator[str]:
    for name in listed.split(","):
        yield name.strip('"').removeprefix("./")


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
