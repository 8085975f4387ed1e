"""A queue that is full, before the whole application."""

from pathlib import Path

import anyio
import httpx
import pytest

from assistant.serving import application as serving
from assistant.settings import Settings
from vectorstore.library import Library


def test_when_too_many_wait_the_next_is_refused_at_once_in_one_chinese_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "MOST_WAITING", 2)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    settings = Settings(data=tmp_path / "data", auth="off")
    place = serving.Place("127.0.0.1", 7860, tmp_path)

    async def ask(client: httpx.AsyncClient, session: str) -> httpx.Response:
        config = (await client.get("/config")).json()
        [event] = [e["id"] for e in config["dependencies"] if e["api_name"] == "ask"]
        asked = {"data": ["？", []], "fn_index": event, "session_hash": session}
        return await client.post("/gradio_api/queue/join", json=asked)

    async def asked_in_turn() -> list[httpx.Response]:
        # Nothing works the queue off here: whoever is let in waits.
        transport = httpx.ASGITransport(serving.application(library, settings, None, place))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await ask(client, f"session-{number}") for number in range(3)]

    with Library(settings.data) as library:
        *waiting, refused = anyio.run(asked_in_turn)
    assert [answer.status_code for answer in waiting] == [200, 200]
    assert refused.status_code == 429
    assert refused.json() == {"detail": "现在排队的人太多，请过一会儿再试。"}
