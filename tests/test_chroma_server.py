"""A Chroma server on loopback: the same answers as without it, also when it stops or forgets."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.hash_embedder import HashEmbedder
from tests.library_files import write_many, write_report
from vectorstore import vectors
from vectorstore.library import Library

QUESTIONS = ("设立解读漫画", "答复说理欠缺涉及几个村", "云溪市第3镇人民政府办理来访")
PATIENCE_S = 30


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    """A Chroma server; skips where none can be started."""
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1"]
    try:
        process = subprocess.Popen(
            [*command, "--path", str(folder), "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        pytest.skip(f"这里没有 chroma 命令，不能启动服务：{error}")
    try:
        if not is_up(port, process):
            pytest.skip("Chroma 服务没有在本机启动，跳过。")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(PATIENCE_S)


def is_up(port: int, process: "subprocess.Popen[bytes]") -> bool:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def opened(folder: Path, server: str | None, said: list[str] | None = None) -> Library:
    notify = said.append if said is not None else lambda _: None
    return Library(folder, embedder=HashEmbedder(), notify=notify, chroma_url=server)


def answers(library: Library) -> list[object]:
    return [library.search(question) for question in QUESTIONS]


def names(server: str) -> list[str]:
    """The collections on the server."""
    path = "api/v2/tenants/default_tenant/databases/default_database/collections"
    return [each["name"] for each in httpx.get(f"{server}/{path}").json()]


def test_a_server_gives_the_same_answers_as_the_folder(tmp_path: Path) -> None:
    paths = write_many(tmp_path / "in", 12)
    with opened(tmp_path / "plain", None) as library:
        list(library.ingest(paths))
        expected = answers(library)
    with running(tmp_path / "server", free_port()) as server:
        with opened(tmp_path / "data", server) as library:
            list(library.ingest(paths))
            assert library._caches._vectors.bring_into_step(HashEmbedder().name)
            assert answers(library) == expected
        assert len(names(server)) == 1
        assert not list((tmp_path / "data" / "vectors").rglob("*.sqlite3"))
        with opened(tmp_path / "data", server) as library:
            added = library.add(write_report(tmp_path, overview="试行档案智能编目。"))
            assert library.search("档案智能编目")[0].report_id == added.id
            library.remove(added.id)
            assert answers(library) == expected
        assert len(names(server)) == 1


def test_a_server_that_forgot_is_filled_again_and_said(tmp_path: Path) -> None:
    paths, port = write_many(tmp_path / "in", 6), free_port()
    with running(tmp_path / "first", port) as server, opened(tmp_path / "data", server) as library:
        list(library.ingest(paths))
        expected = answers(library)
    said: list[str] = []
    with (
        running(tmp_path / "second", port) as server,
        opened(tmp_path / "data", server, said) as library,
    ):
        assert answers(library) == expected
        assert len(names(server)) == 1
    assert any("重建" in sentence for sentence in said)


def test_a_server_that_is_away_is_done_without_and_said_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "REST_S", 3600.0)
    paths, port = write_many(tmp_path / "in", 6), free_port()
    said: list[str] = []
    with opened(tmp_path / "data", f"http://127.0.0.1:{port}", said) as library:
        list(library.ingest(paths))
        without = answers(library)
    assert len([sentence for sentence in said if "暂时不能使用" in sentence]) == 1
    assert not list((tmp_path / "data" / "vectors").glob("build-*"))
    with running(tmp_path / "server", port) as server, opened(tmp_path / "data", server) as library:
        assert answers(library) == without
        assert len(names(server)) == 1


def test_leaving_the_server_builds_the_folder_again(tmp_path: Path) -> None:
    paths = write_many(tmp_path / "in", 6)
    with (
        running(tmp_path / "server", free_port()) as server,
        opened(tmp_path / "data", server) as library,
    ):
        list(library.ingest(paths))
        expected = answers(library)
    with opened(tmp_path / "data", None) as library:
        assert answers(library) == expected
    assert list((tmp_path / "data" / "vectors").rglob("*.sqlite3"))
