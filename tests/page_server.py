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
    port = _free_port()
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
        _wait_for(alive, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(alive: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(READY_WITHIN_S * 5):
        if server.poll() is not None:
            raise AssertionError(f"the server ended: {log.read_text()}")
        try:
            with urllib.request.urlopen(alive, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the page did not answer: {log.read_text()}")
