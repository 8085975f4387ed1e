"""The keyword index: tantivy over characters, bigrams and domain words; BM25 over any of them.

Derived from the records and made again whenever it is missing, damaged or made from another
version of the tokens; otherwise it follows the records' journal. Only the process that holds the
library's writer lock changes it; everyone may search it. Results are chunk numbers, never text.
"""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from math import log
from pathlib import Path

import tantivy

from vectorstore.builds import Builds, Manifest, StoreBroken
from vectorstore.chunks import NOTHING_FORETOLD, ChunkStore, Foretold, Held, Scope
from vectorstore.rows import searched_text
from vectorstore.tokens import TOKENS_VERSION, text_to_tokens

# The part of the format that is ours: raise it when the fields below change.
FORMAT = "2"

# A question is a sentence; a pasted page must not become a query of thousands of terms.
MOST_TERMS = 256

# What another word for a term counts beside the question's own.
OTHER_WORD = 0.4

# So many other words are looked for, the rarest first; one that stands in more chunks than these,
# and in more than one of so many, tells little and takes longest.
MOST_OTHERS = 32
MANY_CHUNKS = 1_000
COMMON_ONE_IN = 20

# Memory of one writer; tantivy wants 15 MB a thread at least.
WRITER_BYTES = 64_000_000

PAGE = 2_000

_TOKENS = "tokens"
_PANIC = "PanicException"


class Keywords:
    """The keyword index of one library."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._builds = Builds(folder)
        self._read_only = read_only
        self._manifest: Manifest | None = None
        self._index: tantivy.Index | None = None
        self._copy: tempfile.TemporaryDirectory[str] | None = None

    def is_in_step(self, revision: int) -> bool:
        """Whether the index on disk is ours and has reached this revision of the records."""
        manifest = self._builds.manifest()
        return manifest is not None and (manifest.maker, manifest.revision) == (
            _maker(),
            revision,
        )

    def bring_into_step(
        self, chunks: ChunkStore, foretold: Mapping[int, Foretold] = NOTHING_FORETOLD
    ) -> None:
        """Follows the journal, or builds the index anew; the caller holds the writer lock.

        `foretold` are chunks never indexed before, by the number of a report's first.
        """
        manifest = self._builds.manifest()
        if manifest is None or manifest.maker != _maker():
            self.rebuild(chunks)
            return
        try:
            self._follow(manifest, chunks, foretold)
        except StoreBroken:
            self.rebuild(chunks)

    def rebuild(self, chunks: ChunkStore) -> None:
        """Builds the index anew from the records and puts it into use."""
        self._close_index()
        revision = chunks.revision()
        manifest = self._builds.begin(_maker())
        with _as_broken():
            index = _create(self._builds.path(manifest))
            with _writing(index) as writer:
                for held in _all_held(chunks):
                    writer.add_document(_document_of(held))
        manifest = replace(manifest, revision=revision)
        self._builds.publish(manifest)
        self._builds.sweep(manifest)

    def search(
        self, text: str, scope: Scope, limit: int, *, also: Iterable[str] = ()
    ) -> list[tuple[int, float]]:
        """Chunk numbers and BM25 scores, best first, ties by number.

        `also` are other words for what the text says; they count less than its own.
        """
        index = self._open()
        if index is None or scope.report_ids == ():
            return []
        with _as_broken():
            searcher = index.searcher()
            terms = _terms(text, also, searcher)
            if not terms:
                return []
            hits = searcher.search(_query(index.schema, terms, scope), limit, count=False).hits
            numbers = searcher.fast_field_values("chunk", [address for _, address in hits])
        found = zip((int(n) for n in numbers if n is not None), (s for s, _ in hits), strict=True)
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def weights(self, terms: Iterable[str]) -> Mapping[str, float]:
        """How much each term tells: the logarithm of how rare it is among the chunks."""
        # As the last search saw it, which looked whether another build is in use.
        index = self._index or self._open()
        if index is None:
            return dict.fromkeys(terms, 1.0)
        with _as_broken():
            searcher = index.searcher()
            total = searcher.num_docs
            return {term: log(1 + total / (1 + searcher.doc_freq(_TOKENS, term))) for term in terms}

    def close(self) -> None:
        """Lets go of the files."""
        self._close_index()
        if self._copy:
            self._copy.cleanup()
            self._copy = None

    def _follow(
        self, manifest: Manifest, chunks: ChunkStore, foretold: Mapping[int, Foretold]
    ) -> None:
        changes = chunks.changes_after(manifest.revision)
        if not changes:
            return
        with _as_broken():
            index = tantivy.Index.open(str(self._builds.path(manifest)))
            _register(index)
            with _writing(index) as writer:
                for change in changes:
                    fresh = foretold.get(change.first) if change.present else None
                    if fresh:
                        for document in _documents_of(change.first, fresh):
                            writer.add_document(document)
                        continue
                    for number in range(change.first, change.end):
                        writer.delete_documents_by_term("chunk", number)
                    # What has gone again since is not among the findable chunks.
                    for held in chunks.held_between(change.first, change.end):
                        writer.add_document(_document_of(held))
        self._builds.publish(replace(manifest, revision=changes[-1].revision))

    def _open(self) -> "tantivy.Index | None":
        manifest = self._builds.manifest()
        if manifest is None:
            return None
        if self._index is None or manifest != self._manifest:
            with _as_broken():
                self._index = self._opened(self._builds.path(manifest))
                _register(self._index)
            self._manifest = manifest
        return self._index

    def _opened(self, path: Path) -> tantivy.Index:
        if self._read_only:
            # tantivy makes a lock file even to read; a read-only folder is read through a copy.
            self._copy = self._copy or tempfile.TemporaryDirectory(prefix="nianbao-")
            copied = Path(self._copy.name) / path.name
            if not copied.exists():
                shutil.copytree(path, copied)
            path = copied
        return tantivy.Index.open(str(path))

    def _close_index(self) -> None:
        self._index = None
        self._manifest = None


def content_terms(text: str) -> list[str]:
    """The telling terms of a text, each once, in order: bigrams, words and numbers."""
    terms = dict.fromkeys(text_to_tokens(text))
    return [term for term in terms if len(term) > 1 or term.isdigit()]


def _maker() -> str:
    return f"{FORMAT}/{TOKENS_VERSION}"


def _terms(text: str, also: Iterable[str], searcher: tantivy.Searcher) -> Mapping[str, float]:
    """The terms to look for and what each counts."""
    terms = dict.fromkeys(text_to_tokens(text), 1.0)
    others: dict[str, float] = {}
    for word in also:
        parts = content_terms(word)
        for part in parts:
            if part not in terms:
                others.setdefault(part, OTHER_WORD / len(parts) ** 0.5)
    common = max(MANY_CHUNKS, searcher.num_docs // COMMON_ONE_IN)
    counts = {term: searcher.doc_freq(_TOKENS, term) for term in others}
    rare = sorted((term for term in others if 0 < counts[term] <= common), key=counts.__getitem__)
    terms.update((term, others[term]) for term in rare[:MOST_OTHERS])
    return dict(islice(terms.items(), MOST_TERMS))


def _create(path: Path) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("chunk", stored=True, indexed=True, fast=True)
    builder.add_text_field("agency", tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("year", indexed=True)
    builder.add_integer_field("section", indexed=True)
    builder.add_text_field(_TOKENS, tokenizer_name="spaces", index_option="freq")
    index = tantivy.Index(builder.build(), path=str(path))
    _register(index)
    return index


def _register(index: tantivy.Index) -> None:
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaces", spaces)


def _document_of(held: Held) -> tantivy.Document:
    # What names the report counts as text: "甲局 2023" in a question finds its chunks.
    tokens = " ".join(text_to_tokens(searched_text(held.chunk.context, held.chunk.text)))
    return _document(held.id, held.agency, held.year, held.chunk.place.section, tokens)


def _documents_of(first: int, fresh: Foretold) -> Iterator[tantivy.Document]:
    for place, (section, tokens) in enumerate(zip(fresh.sections, fresh.tokens, strict=True)):
        yield _document(first + place, fresh.agency, fresh.year, section, tokens)


def _document(
    number: int, agency: str, year: int, section: int | None, tokens: str
) -> tantivy.Document:
    return tantivy.Document(
        chunk=number,
        agency=agency,
        year=year,
        section=-1 if section is None else section,
        tokens=tokens,
    )


def _query(schema: tantivy.Schema, terms: Mapping[str, float], scope: Scope) -> tantivy.Query:
    make, occur = tantivy.Query, tantivy.Occur

    def term_query(term: str, weight: float) -> tantivy.Query:
        query = make.term_query(schema, _TOKENS, term, "freq")
        return query if weight == 1 else make.boost_query(query, weight)

    wanted = make.boolean_query(
        [(occur.Should, term_query(term, weight)) for term, weight in terms.items()]
    )
    filters = []
    if scope.agencies:
        filters.append(make.term_set_query(schema, "agency", list(scope.agencies)))
    if scope.years:
        filters.append(make.term_set_query(schema, "year", list(scope.years)))
    if scope.sections:
        filters.append(make.term_set_query(schema, "section", list(scope.sections)))
    # A filter decides, it does not rank.
    musts = [(occur.Must, make.const_score_query(query, 0.0)) for query in filters]
    return make.boolean_query([(occur.Must, wanted), *musts])


def _all_held(chunks: ChunkStore) -> Iterator[Held]:
    ids = chunks.chunk_ids()
    for start in range(0, len(ids), PAGE):
        yield from chunks.held(ids[start : start + PAGE])


@contextmanager
def _writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    writer = index.writer(WRITER_BYTES, 1)
    try:
        yield writer
        writer.commit()
    finally:
        # Also lets go of tantivy's own lock file; no writing is possible after it.
        writer.wait_merging_threads()


@contextmanager
def _as_broken() -> Iterator[None]:
    """What tantivy raises for files it cannot read are ValueError and OSError, or a panic."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise StoreBroken(str(error)) from error
    except BaseException as error:
        # A file too short for its own footer: Rust panics, which is no Exception and has no module.
        if type(error).__name__ != _PANIC:
            raise
        raise StoreBroken(str(error)) from error
