"""Cut-outs of PDF pages and scanned pictures for citations and findings, drawn once each."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from ingest.page_picture import picture_of
from ingest.report import Place, Report

_WITH_PAGES = ("application/pdf", "image/")
# Drawing takes a third of a second each; the table rows of the others stand as text.
MOST_PICTURES = 4


def pictures_of(
    places: Iterable[tuple[Place, Report | None, Path | None]], more: int | None = None
) -> Mapping[int, bytes]:
    """PNG cut-outs by index for the first places that stand on pages; each with report and file.

    `more` is the index of one that is wanted beyond these.
    """
    drawable = [
        (index, path, place)
        for index, (place, report, path) in enumerate(places)
        if is_drawable(report) and path is not None
    ]
    wanted = [*drawable[:MOST_PICTURES], *(each for each in drawable if each[0] == more)]
    drawn = {index: _drawn(path, place) for index, path, place in wanted}
    return {index: picture for index, picture in drawn.items() if picture}


def is_drawable(report: Report | None) -> bool:
    """Whether a report's pages can be shown as pictures."""
    return report is not None and report.media_type.startswith(_WITH_PAGES)


@lru_cache(maxsize=128)
def _drawn(path: Path, place: Place) -> bytes | None:
    return picture_of(path, place)
