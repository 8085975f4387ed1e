"""The map of chunks says what a filter lets through, and follows what comes and goes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hash_embedder import HashEmbedder
from tests.library_files import write_report
from vectorstore import chunk_map
from vectorstore.chunk_map import ChunkMap
from vectorstore.chunks import ChunkStore, Scope
from vectorstore.library import Library

AGENCIES = ("云溪市水务局", "云溪市民政局")
YEARS = (2022, 2023)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    for agency in AGENCIES:
        for year in YEARS:
            write_report(tmp_path / "in", agency, year, overview="河道巡查日报上墙。")
    with Library(tmp_path / "data", embedder=HashEmbedder()) as opened:
        list(opened.ingest([tmp_path / "in"]))
        yield opened


def let_through(chunks: ChunkStore, known: ChunkMap, scope: Scope) -> set[tuple[str, int]]:
    known.follow()
    held = chunks.held(known.numbers(known.mask(scope)))
    return {(each.agency, each.year) for each in held}


def test_a_scope_lets_its_own_chunks_through_and_no_others(library: Library) -> None:
    chunks = library._chunks
    known = ChunkMap(chunks)
    everything = {(agency, year) for agency in AGENCIES for year in YEARS}
    assert let_through(chunks, known, Scope()) == everything
    one = chunks.scope([AGENCIES[0]], [2023], [])
    assert let_through(chunks, known, one) == {(AGENCIES[0], 2023)}
    assert let_through(chunks, known, chunks.scope(["无此局"], [], [])) == set()
    in_five = known.numbers(known.mask(chunks.scope([], [], [5])))
    assert in_five
    assert {each.chunk.place.section for each in chunks.held(in_five)} == {5}


@pytest.mark.parametrize("most_changes", (0, 200))
def test_the_map_follows_what_comes_and_goes(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_changes: int
) -> None:
    monkeypatch.setattr(chunk_map, "MOST_CHANGES", most_changes)
    chunks = library._chunks
    known = ChunkMap(chunks)
    known.follow()
    library.remove(library.entries()[0].id)
    library.add(write_report(tmp_path, "云溪市体育局", 2024, overview="场馆开放。"))
    known.follow()
    assert known.numbers(known.mask(Scope())) == chunks.chunk_ids()
    new = chunks.scope(["云溪市体育局"], [], [])
    assert let_through(chunks, known, new) == {("云溪市体育局", 2024)}


def test_a_chunk_that_is_gone_or_out_of_scope_is_not_marked(library: Library) -> None:
    chunks = library._chunks
    known = ChunkMap(chunks)
    assert known.marked([1, 2], known.mask(Scope())) == [False, False]
    known.follow()
    inside = chunks.scope([AGENCIES[0]], [], [])
    numbers = known.numbers(known.mask(inside))
    outside = [number for number in chunks.chunk_ids() if number not in numbers]
    asked = [outside[0], numbers[0], 10_000]
    assert known.marked(asked, known.mask(inside)) == [False, True, False]
