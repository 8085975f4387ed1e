"""Cut-outs of PDF pages for citations and findings, drawn once each."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from ingest.page_picture import picture_of
from ingest.report import Place, Report

PDF = "application/pdf"
# Drawing takes a third of a second each; the table rows of the others stand as text.
MOST_PICTURES = 4


def pictures_of(places: Iterable[tuple[Place, Report | None, Path | None]]) -> Mapping[int, bytes]:
    """PNG cut-outs by index for the first places that stand in a PDF; each with its report, file."""
    drawable = [
        (index, path, place)
        for index, (place, report, path) in enumerate(places)
        if report is not None and report.media_type == PDF and path is not None
    ]
    drawn = {index: _drawn(path, place) for index, path, place in drawable[:MOST_PICTURES]}
    return {index: picture for index, picture in drawn.items() if picture}


@lru_cache(maxsize=128)
def _drawn(path: Path, place: Place) -> bytes | None:
    return picture_of(path, place)
