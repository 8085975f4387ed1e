"""Searching many chunks against the two bare indexes underneath, over the same passages.

`python -m tests.bench.searching [--chunks 100000]`. Hybrid search should take at most 5 times a
bare vector query (Chroma's hnswlib) plus a bare tantivy query, and its p95 under filters at most
twice that without. The embedding model is the shipped one. Printed too: how fast the library's
indexes are built, their size, the memory of this process, and a cold process's first answer.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, product
from pathlib import Path

import chromadb
import numpy as np
import tantivy
from chromadb.config import Settings

from ingest.chunk import Chunk
from ingest.report import Place, Report
from tests.bench.clock import Times, bound, say, timed
from tests.bench.shelves import YEARS, agencies, renamed
from tests.invented import invented_report
from vectorstore.embedding import Embedded, default_embedder
from vectorstore.library import Library
from vectorstore.prepared import prepared_of
from vectorstore.tokens import text_to_tokens

CHUNKS_A_REPORT = 25

UNFILTERED = "without filters"

_WHO = ("办公室", "各科室", "窗口人员", "下属单位", "法制机构", "信息中心", "档案室", "镇街")
_DID = (
    "公开了",
    "更新了",
    "清理了",
    "解读了",
    "答复了",
    "核查了",
    "编制了",
    "移交了",
    "培训了",
    "回访了",
)
_WHAT = (
    "政策文件", "办事指南", "财政预决算", "行政处罚决定", "企业补贴名单", "农村危房改造名单",
    "学校招生计划", "征地补偿方案", "应急预案", "水质检测结果", "公租房分配结果", "乡村振兴项目",
)  # fmt: skip
_HOW = ("通过门户网站", "通过微信公众号", "在公开专区", "用图解", "在村务公开栏", "以新闻发布会")
_NOTE = ("群众反映较好", "比上年有所增加", "仍有栏目更新不及时", "尚缺专职人员", "逾期的已督促整改")

QUESTIONS = (
    "用图解解读了多少政策文件",
    "征地补偿方案在哪里公开",
    "哪些单位缺专职人员",
    "农村危房改造名单怎么公示",
    "水质检测结果更新不及时",
    "收到的申请怎么答复",
    "学校招生计划有没有开新闻发布会",
    "培训了多少窗口人员",
)


def main(arguments: Sequence[str]) -> None:
    """Builds the library, prints what it takes, and the ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.searching")
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as place:
        folder = Path(place) / "data"
        with Library(folder, notify=say) as library:
            seconds = taken(partial(fill, library, options.chunks))
            say(f"{options.chunks} chunks embedded and stored in {seconds:.0f} s")
            seconds = taken(partial(index, library))
            say(f"both indexes built in {seconds:.0f} s, {options.chunks / seconds:.0f} chunks/s")
            compare(library, Path(place) / "bare", options.queries)
        for part in ("records.sqlite3", "keywords", "vectors"):
            say(f"  on disk {part:18} {size(folder / part) / 2**20:8.1f} MB")
        say(f"  memory, peak             {peak() / 1024:8.1f} MB")
        say(f"  first answer of a cold process {cold(folder):6.2f} s")


def compare(library: Library, bare: Path, queries: int) -> None:
    """Times of the hybrid search, with and without filters, against the bare indexes."""
    asked = varied_questions(queries)
    near = bare_vectors(library, bare / "vectors")
    words = bare_keywords(library, bare / "words")
    vector = timed([partial(near, question) for question in asked])
    keyword = timed([partial(words, question) for question in asked])
    say(f"  bare vector query          {vector}")
    say(f"  bare keyword query         {keyword}")
    times = searches(library, queries)
    for label, each in times.items():
        say(f"  hybrid search {label:26} {each}")
    plain = times.pop(UNFILTERED)
    bound("hybrid / both bare queries", plain.p50 / (vector.p50 + keyword.p50), 5)
    for label, each in times.items():
        bound(f"p95 of {label} / p95 without", each.p95 / plain.p95, 2)


def searches(library: Library, queries: int) -> dict[str, Times]:
    """Times of the hybrid search without filters and with each kind of them."""
    chance, asked = random.Random(2), varied_questions(queries)
    names, years = library.agencies(), library.years()
    calls = {
        UNFILTERED: [partial(library.search, q) for q in asked],
        "one year": [partial(library.search, q, years=[chance.choice(years)]) for q in asked],
        "one agency": [partial(library.search, q, agencies=[chance.choice(names)]) for q in asked],
        "one section": [partial(library.search, q, sections=[chance.randint(1, 6)]) for q in asked],
        "ten agencies, two years": [
            partial(
                library.search,
                q,
                agencies=chance.sample(names, min(10, len(names))),
                years=years[:2],
            )
            for q in asked
        ],
    }
    return {label: timed(each) for label, each in calls.items()}


def varied_questions(count: int) -> list[str]:
    """The questions with other words in them, the same in every run."""
    chance = random.Random(1)
    return [varied(chance) for _ in range(count)]


def fill(library: Library, count: int, years: Sequence[int] = YEARS) -> None:
    """Stores so many chunks, embedded, as reports of invented agencies and years."""
    chance, model = random.Random(0), default_embedder()
    base = invented_report("2021", balanced=True)
    places = islice(product(agencies(), years), -(-count // CHUNKS_A_REPORT))
    with library._writing():
        for agency, year in places:
            report, pieces = bare_report(base, agency, year), list(passages(agency, year, chance))
            texts = [f"{piece.context}\n{piece.text}" for piece in pieces]
            made = Embedded(model.name, model.encode(texts))
            library._records.insert(
                [(prepared_of(report, pieces, made), "none.txt")], parser_version="1"
            )


def index(library: Library) -> None:
    """Builds the keyword index and the vector cache from the records."""
    with library._writing():
        library._caches.bring_into_step()


def bare_report(base: Report, agency: str, year: int) -> Report:
    """A report without tables: only its passages are searched."""
    return replace(renamed(base, agency, year), tables={}, sections=(), figures=(), format=None)


def passages(agency: str, year: int, chance: random.Random) -> Iterator[Chunk]:
    """The chunks of one report: sentences drawn from lists, with numbers of their own."""
    for number in range(CHUNKS_A_REPORT):
        section = 1 + number % 6
        draw = chance.choice
        text = (
            f"{draw(_WHO)}{draw(_HOW)}{draw(_DID)}{draw(_WHAT)}{chance.randint(1, 400)}条，"
            f"{draw(_WHO)}{draw(_DID)}{draw(_WHAT)}{chance.randint(1, 90)}件，{draw(_NOTE)}。"
        )
        yield Chunk(text, f"{agency} {year}年 第{section}部分", Place(section=section, quote=text))


def varied(chance: random.Random) -> str:
    """A question that was not asked just before."""
    return f"{chance.choice(QUESTIONS)}{chance.choice(_HOW)}{chance.choice(_WHAT)}"


def bare_vectors(library: Library, folder: Path) -> Callable[[str], object]:
    """A query of a plain Chroma collection of the same vectors, embedding of the question apart."""
    model = default_embedder()
    ids, vectors = library._chunks.all_vectors(model.name)
    client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
    configuration = {"hnsw": {"space": "cosine"}}
    collection = client.create_collection(
        "bare", configuration=configuration, embedding_function=None
    )
    for start in range(0, len(ids), 5_000):
        names = [str(number) for number in ids[start : start + 5_000]]
        collection.add(ids=names, embeddings=np.asarray(vectors[start : start + 5_000]))

    def query(question: str) -> object:
        vector = model.encode([question], query=True)
        return collection.query(query_embeddings=vector, n_results=60, include=["distances"])

    return query


def bare_keywords(library: Library, folder: Path) -> Callable[[str], object]:
    """A query of a plain tantivy index of the same passages."""
    folder.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("chunk", stored=True, indexed=True, fast=True)
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(builder.build(), path=str(folder))
    writer = index.writer(64_000_000, 1)
    ids = library._chunks.chunk_ids()
    for start in range(0, len(ids), 5_000):
        for held in library._chunks.held(ids[start : start + 5_000]):
            tokens = text_to_tokens(f"{held.chunk.context}\n{held.chunk.text}")
            writer.add_document(tantivy.Document(chunk=held.id, tokens=" ".join(tokens)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()

    def query(question: str) -> object:
        terms = dict.fromkeys(text_to_tokens(question))
        wanted = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "tokens", t, "freq"))
                for t in terms
            ]
        )
        searcher = index.searcher()
        hits = searcher.search(wanted, 60, count=False).hits
        return searcher.fast_field_values("chunk", [address for _, address in hits])

    return query


def cold(folder: Path) -> float:
    """Seconds of a new process from its start to the end of its first search."""
    code = (
        "import sys; from vectorstore.library import Library\n"
        "with Library(sys.argv[1]) as library: assert library.search(sys.argv[2])"
    )
    command = [sys.executable, "-c", code, str(folder), QUESTIONS[0]]
    return taken(partial(subprocess.run, command, check=True))


def cold_searches(folder: Path) -> str:
    """What a new process says of its own steps: import, opening, warming, a search, its memory."""
    code = (
        "import sys, time; begin = time.perf_counter()\n"
        "def step(name):\n"
        "    global begin; now = time.perf_counter()\n"
        "    print(f'{name} {now - begin:.2f} s', end=', '); begin = now\n"
        "from vectorstore.library import Library; step('import')\n"
        "with Library(sys.argv[1]) as library:\n"
        "    step('open'); library.warm(); step('warm')\n"
        "    library.search(sys.argv[2]); step('first search')\n"
        "    library.search(sys.argv[2], years=[2023]); step('first filtered search')\n"
        # Not ru_maxrss: a child starts with that of the process it was forked from.
        "    peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "    print(f'{int(peak.split()[1]) / 1024:.0f} MB')"
    )
    command = [sys.executable, "-c", code, str(folder), QUESTIONS[0]]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def taken(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def size(path: Path) -> int:
    """Bytes of a file or of everything in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())


def peak() -> int:
    """The most memory that this process has used, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1:])
