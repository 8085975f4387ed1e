"""The whole application in a process of its own, over a few of the sample reports."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from ingest import samples
from tests.page_server import served_page
from vectorstore.library import Library

# Enough for a ranking, a year before and a PDF to be cut out of; few, so that a module starts soon.
FEW = (
    "education-2022.txt",
    "education-2023.md",
    "education-2024.docx",
    "market-regulation-2024.pdf",
)


@contextmanager
def served_library(
    data: Path,
    *,
    names: Sequence[str] = FEW,
    environment: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """The address, without a slash at its end, of an application over these samples."""
    with Library(data) as library:
        paths = [path for path in samples.paths() if path.name in names]
        assert all(item.report for item in library.ingest(paths))
    with served_page(data, samples=False, environment=environment) as address:
        yield address.removesuffix("/")
