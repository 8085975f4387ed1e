"""Files that programs send: stored under their own name for as long as one request lasts."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ingest.errors import UnreadableFile
from vectorstore.judging import display_name

_PIECE_BYTES = 1024 * 1024
# Characters that fit into the 255 bytes of a file name, whatever they are; the suffix stays.
_LONGEST_NAME = 60


@contextmanager
def stored(name: str, content: BinaryIO, most_bytes: int) -> Iterator[Path]:
    """The content as a file under its own name, removed again with the block.

    Raises UnreadableFile for more than `most_bytes`.
    """
    folder = Path(tempfile.mkdtemp(prefix="nianbao-door-"))
    try:
        path = folder / (display_name(name).lstrip(".")[-_LONGEST_NAME:] or "年报")
        with path.open("wb") as out:
            _copy(content, out, path.name, most_bytes)
        yield path
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(content: BinaryIO, out: BinaryIO, name: str, most_bytes: int) -> None:
    written = 0
    while piece := content.read(_PIECE_BYTES):
        written += len(piece)
        if written > most_bytes:
            raise UnreadableFile(f"《{name}》超过 {most_bytes // 1024 // 1024} MB 的上限。")
        out.write(piece)
