"""Importing the package and asking for help stays light."""

import subprocess
import sys

HEAVY = ("torch", "chromadb", "gradio", "langchain", "langchain_core", "sentence_transformers")


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(','.join(sys.modules))"
    call = [sys.executable, "-c", script]
    output = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    return {name.split(".")[0] for name in output.strip().splitlines()[-1].split(",")}


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_after("import assistant").isdisjoint(HEAVY)


def test_the_command_line_loads_nothing_heavy() -> None:
    assert loaded_after("import assistant.cli").isdisjoint(HEAVY)


def test_a_look_up_needs_neither_torch_nor_chroma_nor_langchain(tmp_path: object) -> None:
    code = (
        "from assistant.asking import ask\nfrom vectorstore.library import Library\n"
        f"with Library({str(tmp_path)!r}) as library: ask('一共收到多少件申请？', library)"
    )
    assert loaded_after(code).isdisjoint(HEAVY)


def test_the_public_names_are_exactly_those_that_import() -> None:
    code = (
        "import assistant\n"
        "assert sorted(assistant.__all__) == assistant.__all__\n"
        "assert all(callable(getattr(assistant, name)) for name in assistant.__all__)\n"
        "from assistant import ask, check\nassert callable(ask) and callable(check)"
    )
    loaded_after(code)
