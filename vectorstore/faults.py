"""What goes wrong underneath, in words: foreign errors of disk and database → `LibraryError`.

No exception of the operating system or of SQLAlchemy leaves this package; the sentence says what
happened and what to do.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from ingest.errors import LibraryError, os_reason

DISK_FULL = "磁盘空间不足，资料库没有改动。请腾出空间后重试。"
READ_ONLY = "资料库目录只读，可以查询，不能收入或移除报告。请检查目录权限。"
DAMAGED = "资料库的记录文件已损坏。请用最近的备份恢复，不要继续写入。"

# What is raised for the values of one report, while the library itself is in order.
UNSTORABLE = (ValueError, OverflowError, IntegrityError, ProgrammingError, DataError)

_OS_SENTENCES = {
    errno.ENOSPC: DISK_FULL,
    errno.EDQUOT: DISK_FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}

# What the SQLite and PostgreSQL drivers print, lower case → what we say.
_DATABASE_SENTENCES = (
    ("database is locked", "资料库正被另一个程序占用，等候超时。请稍后重试。"),
    ("disk is full", DISK_FULL),
    ("no space left", DISK_FULL),
    ("readonly database", READ_ONLY),
    ("read-only transaction", READ_ONLY),
    ("disk i/o error", "读写资料库时磁盘出错。请检查磁盘后重试。"),
    ("malformed", DAMAGED),
    ("not a database", DAMAGED),
    ("unable to open database file", "打不开资料库的记录文件。请检查目录是否存在、是否有权限。"),
    ("connection", "连不上记录数据库。请检查数据库地址和服务是否在运行。"),
)


@contextmanager
def as_library_errors() -> Iterator[None]:
    """Turns what disk and database raise inside the block into a LibraryError."""
    try:
        yield
    except OSError as error:
        raise LibraryError(os_sentence(error)) from error
    except (IntegrityError, ProgrammingError, DataError):
        # Mistakes of this program, not of the disk.
        raise
    except DBAPIError as error:
        raise LibraryError(_database_sentence(error)) from error


def os_sentence(error: OSError) -> str:
    """What to tell people about an error of the operating system."""
    known = _OS_SENTENCES.get(error.errno or 0)
    return known or f"读写资料库时出错（{os_reason(error)}）。请检查目录和磁盘后重试。"


def _database_sentence(error: DBAPIError) -> str:
    cause = str(error.orig)
    for mark, sentence in _DATABASE_SENTENCES:
        if mark in cause.lower():
            return sentence
    return f"资料库的记录读写失败（{cause.partition(chr(10))[0]}）。请稍后重试。"
