"""The parts of the documents that are made from the code; cog calls these (`make docs`)."""

import os
import subprocess
import sys

from typer.main import get_command

from assistant.cli import app
from assistant.render import rule_to_markdown
from assistant.rules import RULES
from assistant.rules.rule import FAMILIES
from assistant.settings import Settings
from ingest.forms import FORMS
from ingest.report import DOUBTS


def commands() -> str:
    """The help of every command, as printed in a terminal of eighty columns."""
    environment = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "NO_COLOR": "1"}
    pages = []
    for command in get_command(app).commands:  # type: ignore[attr-defined]
        call = [sys.executable, "-m", "assistant", command, "--help"]
        text = subprocess.run(call, capture_output=True, text=True, check=True, env=environment)
        pages.append(f"### nianbao {command}\n\n```text\n{text.stdout.strip()}\n```")
    return "\n\n".join(pages)


def settings() -> str:
    """Every setting: variable, default, meaning."""
    rows = ["| 环境变量 | 默认 | 说明 |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "（未设）" if field.default is None else f"`{field.default}`"
        rows.append(f"| `NIANBAO_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def doubts() -> str:
    """Every code of `warnings`, with its meaning."""
    rows = ["| 代码 | 含义 |", "|---|---|"]
    return "\n".join(rows + [f"| `{code}` | {meaning} |" for code, meaning in DOUBTS.items()])


def forms() -> str:
    """Rows and columns of both editions, identifier and label."""
    parts = []
    for form in FORMS.values():
        parts.append(f"### {form.edition} 年版（{form.source}）")
        for table in form.tables.values():
            rows = [
                f"#### {table.ordinal} `{table.name}`",
                "",
                "| 行 | 标签 | 列 |",
                "|---|---|---|",
            ]
            for row in table.rows.values():
                columns = "、".join(f"`{c.id}` {c.label}" for c in table.columns(row.id))
                rows.append(f"| `{row.id}` | {row.full_label} | {columns} |")
            parts.append("\n".join(rows))
    return "\n\n".join(parts)


def rules() -> str:
    """The whole rule catalogue, family by family."""
    parts = []
    for letter, family in FAMILIES.items():
        pages = [rule_to_markdown(rule) for rule in RULES.values() if rule.family == letter]
        if pages:
            parts += [f"# {letter} {family}", *(f"#{page}" for page in pages)]
    return "\n\n".join(parts)
