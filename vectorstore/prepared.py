"""A report made ready to be stored: its rows, the tokens of its chunks and their vectors.

All that takes time is done here, before the library's one transaction, and for many files in the
workers that read them (`in_workers`); nothing here knows the database. The invariant: what comes
back from a worker is what `prepare` gives in the library's own process.
"""

from base64 import b64decode, b64encode
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from ingest.batch import Done, work_in_groups
from ingest.chunk import Chunk, report_to_chunks
from ingest.errors import NianbaoError
from ingest.report import Report
from ingest.sandbox import AS_REPORT, Limits, Step
from vectorstore.embedding import Embedded, Embedder, StaticEmbedder, default_embedder
from vectorstore.judging import display_name, left_out, refuse_nameless
from vectorstore.rows import (
    Line,
    Row,
    body_to_report,
    chunk_lines,
    fact_lines,
    figure_lines,
    report_row,
    searched_text,
)
from vectorstore.tokens import text_to_tokens

# Files from which on the time is won back that each worker takes to load numpy and the model.
WORTH_A_MODEL = 24

# Reports stored in one transaction: a row of the index of facts lies beside the same cell of other
# reports, so sixteen reports change few more pages of the database than one.
AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report with what is stored of it beside it.

    `row` is the report's own, with the whole report in its `body`; `tokens` are those of each chunk,
    joined by spaces, empty where nobody has found them; `embedded` is None where no model made
    vectors. `left_out` says what of the file is not in the report.
    """

    row: Row
    facts: list[Line]
    figures: list[Line]
    chunks: list[Line]
    tokens: list[str]
    embedded: Embedded | None
    left_out: str = ""

    def report(self) -> Report:
        """The report, made from its body."""
        return body_to_report(self.row["body"])

    def texts(self) -> list[str]:
        """What of each chunk is embedded."""
        return [searched_text(context, text) for _, text, context, _ in self.chunks]


def prepare(report: Report, embedder: Embedder | None) -> Prepared:
    """The report ready to be stored, with the vectors of `embedder` where there is one.

    Raises NotAnAnnualReport, saying what helps, for a report of nobody or of no year.
    """
    refuse_nameless(report)
    pieces = report_to_chunks(report)
    texts = [searched_text(piece.context, piece.text) for piece in pieces]
    tokens = [text_to_tokens(text) for text in texts]
    prepared = prepared_of(report, pieces, _embedded(embedder, texts, tokens))
    return replace(prepared, tokens=[" ".join(each) for each in tokens])


def prepared_of(report: Report, pieces: Iterable[Chunk], embedded: Embedded | None) -> Prepared:
    """The report with these chunks and vectors; their tokens are left to the keyword index."""
    return Prepared(
        report_row(report),
        fact_lines(report),
        figure_lines(report),
        chunk_lines(pieces),
        [],
        embedded,
        left_out(report),
    )


def shown(report: Report) -> Report:
    """The report under the name that its file is shown by."""
    return replace(report, source=display_name(report.source))


def prepare_many(
    paths: Sequence[Path],
    embedder: Embedder | None,
    workers: int = 1,
    limits: Limits | None = None,
) -> Generator[list[Done[Prepared]], None, None]:
    """Reads files and prepares their reports, in the order of `paths`; a failure is its file's own.

    They come in groups, to be stored together. Many are prepared in the workers that read them; for
    a few it takes longer to load the model there a second time. Closing the iterator early ends the
    workers.
    """
    if len(paths) < WORTH_A_MODEL:
        with closing(work_in_groups(paths, AS_REPORT, workers, limits, most=AT_ONCE)) as read:
            for group in read:
                yield [_prepared_here(done, embedder) for done in group]
        return
    step = in_workers(embedder)
    with closing(work_in_groups(paths, step, workers, limits, most=AT_ONCE)) as prepared:
        for each in prepared:
            yield [
                replace(done, result=done.result and _with_vectors(done.result, embedder))
                for done in each
            ]


def in_workers(embedder: Embedder | None) -> Step[Prepared]:
    """What workers do with each report they read: prepare it, with vectors if they can make them.

    They know the model that ships. The vectors of another are left to the library, which has it.
    """
    with_vectors = isinstance(embedder, StaticEmbedder) and embedder is default_embedder()
    function = prepare_with_vectors if with_vectors else prepare_without_vectors
    return Step(f"{__name__}:{function.__name__}", prepared_from_dict)


def prepare_with_vectors(report: Report) -> Mapping[str, object]:
    """The report prepared with the model that ships, as JSON; runs in a worker."""
    return prepared_to_dict(prepare(shown(report), default_embedder()))


def prepare_without_vectors(report: Report) -> Mapping[str, object]:
    """The report prepared, as JSON; runs in a worker."""
    return prepared_to_dict(prepare(shown(report), None))


def prepared_to_dict(prepared: Prepared) -> Mapping[str, object]:
    """As JSON can carry it; the report is in its body."""
    made, row = prepared.embedded, prepared.row
    signed_on = row["signed_on"]
    return {
        "row": row
        | {
            "body": b64encode(row["body"]).decode(),
            "signed_on": signed_on.isoformat() if signed_on else None,
        },
        "facts": prepared.facts,
        "figures": prepared.figures,
        "chunks": prepared.chunks,
        "tokens": prepared.tokens,
        "embedder": made.embedder if made else None,
        "vectors": b64encode(made.vectors.tobytes()).decode() if made else None,
        "left_out": prepared.left_out,
    }


def prepared_from_dict(data: Mapping[str, Any]) -> Prepared:
    """What `prepared_to_dict` wrote."""
    row, chunks = data["row"], list(map(tuple, data["chunks"]))
    row["body"] = b64decode(row["body"])
    if row["signed_on"] is not None:
        row["signed_on"] = date.fromisoformat(row["signed_on"])
    embedded = None
    if data["embedder"] is not None:
        vectors = np.frombuffer(b64decode(data["vectors"]), dtype=np.float32)
        embedded = Embedded(data["embedder"], vectors.reshape(len(chunks), -1))
    return Prepared(
        row,
        list(map(tuple, data["facts"])),
        list(map(tuple, data["figures"])),
        chunks,
        data["tokens"],
        embedded,
        data["left_out"],
    )


def _prepared_here(done: Done[Report], embedder: Embedder | None) -> Done[Prepared]:
    if done.result is None:
        return Done(done.path, None, done.error)
    try:
        return Done(done.path, prepare(shown(done.result), embedder), None)
    except NianbaoError as error:
        return Done(done.path, None, error)


def _with_vectors(prepared: Prepared, embedder: Embedder | None) -> Prepared:
    if prepared.embedded is not None or embedder is None or not prepared.chunks:
        return prepared
    made = Embedded(embedder.name, embedder.encode(prepared.texts()))
    return replace(prepared, embedded=made)


def _embedded(
    embedder: Embedder | None, texts: Sequence[str], tokens: Sequence[Sequence[str]]
) -> Embedded | None:
    if embedder is None or not texts:
        return None
    if isinstance(embedder, StaticEmbedder):
        return Embedded(embedder.name, embedder.encode_tokens(tokens))
    return Embedded(embedder.name, embedder.encode(texts))
