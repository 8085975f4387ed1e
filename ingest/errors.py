"""The errors that are shown to people, as one small tree.

    NianbaoError                 one Chinese sentence: what happened, to which file, what to do
    ├─ UnreadableFile            cannot be opened: encrypted, damaged, too large, of an unknown kind
    ├─ NotAnAnnualReport         opened, but there is no annual report in it
    ├─ LibraryError              the library on disk is locked, damaged, full or newer than this program
    └─ ModelUnavailable          no language model answers

Doubt about *data* is never an exception: it is a `Doubt`, a `Finding`, an `Undecided` or an
`Answer.status`. Errors of the program itself (an unknown concept, a missing prompt variable) are
`ValueError` and `KeyError` and are allowed to crash.
"""

import errno
import re
from collections.abc import Mapping
from typing import Final

# Marks that turn the direction of text, and control characters: a file's name may hold them.
_UNSEEMLY = re.compile("[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")

_OS_REASONS: Final[Mapping[int, str]] = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘已满",
    errno.ENAMETOOLONG: "名称太长",
}


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in a few Chinese words."""
    return _OS_REASONS.get(error.errno or 0, f"系统错误{error.errno or ''}")


class NianbaoError(Exception):
    """An error whose text is shown to the user as it stands: one line, in Chinese."""

    def __str__(self) -> str:
        return _UNSEEMLY.sub("", super().__str__())


class UnreadableFile(NianbaoError):
    """The file cannot be opened as a document."""


class NotAnAnnualReport(NianbaoError):
    """The file was opened, but what it holds is no annual report."""


class LibraryError(NianbaoError):
    """The library on disk cannot be used as asked."""


class ModelUnavailable(NianbaoError):
    """The language model does not answer, or answers nothing that can be used."""
