"""The command line run within the test's own process: status, what it printed, what it said."""

import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.cli import main


@dataclass(frozen=True)
class Outcome:
    """What one command did. `lines` are its JSON lines."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Outcome:
    """Runs `nianbao ARGUMENTS` and returns what it did."""
    before = sys.argv
    sys.argv = ["nianbao", *arguments]
    try:
        main()
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.argv = before
    captured = capsys.readouterr()
    return Outcome(status, captured.out, captured.err)
