"""What people hand over at once, files, folders and zips, as single files to read.

Knows zip and file names, nothing of reports. The invariant: whatever an archive promises, no more
than the limits below is ever written, and only inside the folder given, under names made here.
"""

import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.batch import files_under
from ingest.readers import SUFFIXES

_MEBIBYTE = 1024 * 1024
MOST_MEMBERS = 2_000
LARGEST_MEMBER = 100 * _MEBIBYTE
LARGEST_TOTAL = 1_000 * _MEBIBYTE
# Ext4 and NTFS hold 255; a member's name is shown and its year read, so its end is kept.
_LONGEST_NAME = 60  # characters
_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
# What archivers and office programs leave behind.
_LEFTOVERS = ("__MACOSX", "~$", ".~", ".")


@dataclass(frozen=True, slots=True)
class Uploads:
    """The files to read, and a sentence for each thing that is left out."""

    files: tuple[Path, ...]
    refused: tuple[str, ...]


def unpacked(paths: Iterable[Path], into: Path) -> Uploads:
    """The files named, those in the folders named, and those in zips, written into a folder."""
    files: list[Path] = []
    refused: list[str] = []
    for number, path in enumerate(_with_archives(paths)):
        if path.is_file() and path.suffix.lower() == ".zip":
            members = list(_members(path, into / str(number)))
            files += [member for member in members if isinstance(member, Path)]
            refused += [member for member in members if isinstance(member, str)]
        else:
            files += files_under([path])
    return Uploads(tuple(files), tuple(refused))


def _with_archives(paths: Iterable[Path]) -> Iterator[Path]:
    """What was named, and the zips that lie in the folders named; one in a zip is left alone."""
    for path in paths:
        yield path
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix.lower() == ".zip")


def _members(path: Path, folder: Path) -> Iterator[Path | str]:
    """Each document of a zip as a file, or a sentence that says why not."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_MEMBERS:
                yield f"《{path.name}》内含 {MOST_MEMBERS} 个以上的文件，没有读取。请分批压缩。"
                return
            yield from _written(archive, infos, folder)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        yield f"《{path.name}》已损坏或不完整，无法解压。请重新压缩后再传。"


def _written(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], folder: Path
) -> Iterator[Path | str]:
    left = LARGEST_TOTAL
    for number, info in enumerate(infos):
        name = _shown_name(info)
        if _is_leftover(info):
            continue
        if PurePosixPath(name).suffix.lower() not in SUFFIXES:
            yield f"《{name}》不是可以读取的文件，没有核查。"
            continue
        data = _inflated(archive, info, min(LARGEST_MEMBER, left))
        if isinstance(data, str):
            yield f"《{name}》{data}"
            continue
        left -= len(data)
        file = folder / str(number) / name
        file.parent.mkdir(parents=True)
        file.write_bytes(data)
        yield file


def _inflated(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | str:
    """The bytes of a member, never more than `most`; or what is wrong with it."""
    if info.flag_bits & _ENCRYPTED:
        return "加了密码，没有核查。请去掉密码后再传。"
    try:
        with archive.open(info) as member:
            data = member.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return "已损坏，无法解压。请重新压缩后再传。"
    return data if len(data) <= most else "解压后过大，没有核查。"


def _is_leftover(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    return any(part.startswith(_LEFTOVERS) for part in parts if part not in {".", ".."})


def _shown_name(info: zipfile.ZipInfo) -> str:
    """The member's own name without folders and without characters that deceive or do harm."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAMES:
        # Chinese Windows writes names in GBK and does not say so; zipfile takes them for CP437.
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    base = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    return kept[-_LONGEST_NAME:].lstrip(".~- ") or "未命名"
