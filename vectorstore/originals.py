"""The files themselves, as they were given: stored once, under the hash of their content.

A file's own name never becomes a path; it is kept, cleaned, for showing. Everything is on the disk
(fsync) before the record that names it is written.
"""

import hashlib
import os
import re
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import LibraryError
from ingest.sandbox import Limits
from vectorstore.faults import as_library_errors

# In bytes, and with room for a suffix: Linux takes 255.
LONGEST_FILE_NAME = 200

# The suffix is kept so that a PDF opens as one; nothing else of the name is.
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")
_PART = ".part"


class Originals:
    """The folder of original files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path:
        """Where an original stands; raises LibraryError when it is gone."""
        path = self._folder / Path(name).name
        if not path.is_file():
            raise LibraryError(f"原件 {name} 不在资料库目录里，可能被移走了。请从备份找回。")
        return path

    def store_all(self, files: Iterable[tuple[Path, str]]) -> list[str | None]:
        """Copies files in; the name of each here, None where its content is not that of the hash.

        They reach the disk together: the first that is waited for takes most of the others along.
        """
        names: list[str | None] = []
        with as_library_errors():
            self._folder.mkdir(exist_ok=True)
            try:
                names.extend(self._written(source, sha256) for source, sha256 in files)
                for name in filter(None, names):
                    _sync(self._folder / (name + _PART))
                for name in filter(None, names):
                    (self._folder / (name + _PART)).replace(self._folder / name)
                _sync(self._folder)
            except BaseException:
                for name in filter(None, names):
                    self.remove(name + _PART)
                    self.remove(name)
                raise
        return names

    def _written(self, source: Path, sha256: str) -> str | None:
        suffix = source.suffix.lower()
        name = sha256 + (suffix if _SUFFIX.fullmatch(suffix) else "")
        content = source.read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            return None
        (self._folder / (name + _PART)).write_bytes(content)
        return name

    @contextmanager
    def under_own_names(self, names: Iterable[tuple[str, str]]) -> Iterator[list[Path]]:
        """Links, for the block, under the names that the files came with: (name here, own name).

        What is read from a file may rest on its name. A link to an original that is gone leads
        nowhere.
        """
        with as_library_errors(), TemporaryDirectory(prefix="nianbao-") as place:
            links = []
            for number, (name, own) in enumerate(names):
                link = Path(place) / str(number) / _short(own)
                link.parent.mkdir()
                link.symlink_to((self._folder / Path(name).name).resolve())
                links.append(link)
            yield links

    def remove(self, name: str) -> None:
        """Removes an original; nothing happens when it is gone already."""
        with as_library_errors():
            (self._folder / Path(name).name).unlink(missing_ok=True)

    def sweep(self, keep: Container[str]) -> None:
        """Removes what no record names: the rest of an addition that did not get to its end."""
        with as_library_errors():
            for path in self._folder.glob("*"):
                if path.name not in keep:
                    path.unlink(missing_ok=True)


def hash_file(path: Path) -> str | None:
    """The SHA-256 of a file's content; None for what the parser would refuse unread."""
    try:
        if not path.is_file() or path.stat().st_size > Limits().file_bytes:
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _short(name: str) -> str:
    """A name that a file system takes: shown names may be longer, counted in bytes."""
    suffix = Path(name).suffix
    stem = os.fsencode(name.removesuffix(suffix))[:LONGEST_FILE_NAME]
    return stem.decode("utf-8", "ignore") + suffix


def _sync(path: Path) -> None:
    """Has a file or a folder on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
