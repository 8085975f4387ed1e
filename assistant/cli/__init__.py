"""The command line `nianbao …`: arguments → API call → JSON or Markdown, and the exit status.

One module a group of commands; importing this package registers them all, in the order of `--help`.
"""
# ruff: noqa: F401, I001 - each is imported to register its commands, in the order of --help

from assistant.cli import reading, holdings, asking, checking, reviewing, drafting, serving
from assistant.cli import users, doctor
from assistant.cli.application import app, main
from assistant.cli.wording import use_chinese

use_chinese(app)

__all__ = ["app", "main"]
