"""The page, served for a test from a process of its own on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

# The first start loads sample reports and libraries on a machine that may be busy.
READY_WITHIN_S = 180


@contextmanager
def served_page(
    data: Path, *, samples: bool = True, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The address of a page over the library in `data`; the server ends with the block.

    `environment` holds further settings, by their variables.
    """
    with served_process(data, samples=samples, environment=environment) as (address, _):
        yield address


@contextmanager
def served_process(
    data: Path, *, samples: bool = False, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Like `served_page`, with the process that serves."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    alive = f"{address}healthz"
    call = [sys.executable, "-m", "assistant", "serve", "--data", str(data), "--port", str(port)]
    log = data.with_suffix(".log")
    with log.open("w") as output:
        server = subprocess.Popen(
            call + (["--samples"] if samples else []),
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NIANBAO_MODEL": "", **(environment or {})},
        )
    try:
        wait_for(alive, server, log)
        yield address, server
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path | None = None) -> None:
    """Waits until an address answers; fails with the log when the server ends instead."""
    for _ in range(READY_WITHIN_S * 5):
        if server.poll() is not None:
            raise AssertionError(f"the server ended: {_said(log)}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the page did not answer: {_said(log)}")


def _said(log: Path | None) -> str:
    return log.read_text() if log else ""
