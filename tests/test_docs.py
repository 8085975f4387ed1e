"""What is documented is what there is."""

from pathlib import Path

import pytest
from typer.main import get_command

from assistant.cli import app
from assistant.rules import RULES
from assistant.settings import Settings
from ingest.report import DOUBTS

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    return sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented(command: str) -> None:
    assert f"### nianbao {command}" in REFERENCE


@pytest.mark.parametrize("code", list(DOUBTS))
def test_every_doubt_is_documented(code: str) -> None:
    assert f"`{code}`" in REFERENCE


@pytest.mark.parametrize("setting", list(Settings.model_fields))
def test_every_setting_is_documented(setting: str) -> None:
    assert f"`NIANBAO_{setting.upper()}`" in REFERENCE


@pytest.mark.parametrize("rule", list(RULES))
def test_every_rule_has_its_page(rule: str) -> None:
    assert f"### {rule} " in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


def test_readme_names_both_commands_and_shows_a_picture_that_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme and "make test" in readme
    pictures = [
        part.split(")")[0] for part in readme.split("](")[1:] if part.split(")")[0].endswith(".png")
    ]
    assert pictures and all((ROOT / picture).is_file() for picture in pictures)
