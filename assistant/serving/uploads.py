"""Uploads of the page: each user's in a folder whose name only the server and its owner know.

Gradio's own route puts files under an address computed from their content, without a limit on how
many. Here each upload lies under 128 bits of chance, counts and bytes are limited while they stream
in, and what is older than half a day is swept away.
"""

import secrets
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from fastapi import APIRouter, HTTPException, Request
from gradio.route_utils import MultiPartException, upload_fn
from gradio.routes import file_upload_statuses
from starlette.types import Message

from assistant.access.visitor import Visitor

OLD_AFTER_S = 12 * 3600
MEGABYTE = 1024 * 1024
# What a multipart body holds beside the files.
_SLACK_BYTES = MEGABYTE


class Uploads:
    """The upload folders below `root`, one a user, and what each may hold."""

    def __init__(self, root: Path, *, files: int, megabytes: int, file_megabytes: int) -> None:
        self.root = root
        self.most_files = files
        self.most_bytes = megabytes * MEGABYTE
        self.most_file_bytes = file_megabytes * MEGABYTE
        self._folders: dict[str, Path] = {}
        # Bytes by user, of requests that are not finished and of all that were kept: what several
        # send at once counts together, also against one that goes on when another has finished.
        self._arriving: Counter[str] = Counter()
        self._arrived: Counter[str] = Counter()
        self._lock = Lock()

    def folder_of(self, user: str) -> Path:
        """The folder of a user's uploads, made on first use."""
        with self._lock:
            if user not in self._folders:
                self._folders[user] = self.root / secrets.token_hex(16)
                self._folders[user].mkdir(mode=0o700, parents=True)
            return self._folders[user]

    def held(self, user: str) -> tuple[int, int]:
        """How many files a user holds, and their bytes."""
        sizes = [path.stat().st_size for path in self.folder_of(user).rglob("*") if path.is_file()]
        return len(sizes), sum(sizes)

    @contextmanager
    def arriving(self, user: str, request: Request) -> Iterator[Request]:
        """The request of a user, cut off when all that they send now is more than there is room for.

        Raises HTTPException at once for a length that is too much, else as the bytes arrive.
        """
        before = self._arrived[user] - self._arriving[user]
        room = self.most_bytes - self.held(user)[1]
        own = 0

        def take(size: int) -> None:
            nonlocal own
            own += size
            self._arriving[user] += size
            self._arrived[user] += size
            _refuse_large(self._arrived[user] - before, room)

        async def receive() -> Message:
            message = await request.receive()
            take(len(message.get("body", b"")))
            return message

        try:
            _refuse_large(int(request.headers.get("content-length") or 0), room)
            yield Request(request.scope, receive)
        except BaseException:
            self._arrived[user] -= own
            raise
        finally:
            self._arriving[user] -= own

    def sweep(self) -> None:
        """Removes what was uploaded, or copied by Gradio, half a day ago."""
        old = time.time() - OLD_AFTER_S
        for path in self.root.rglob("*"):
            if path.is_file() and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)


def upload_routes(uploads: Uploads) -> APIRouter:
    """The page's upload route, in place of Gradio's."""
    router = APIRouter()

    @router.post("/gradio_api/upload", include_in_schema=False)
    async def upload(request: Request, upload_id: str | None = None) -> list[str]:
        visitor: Visitor = request.state.visitor
        uploads.sweep()
        files, _ = uploads.held(visitor.name)
        folder = uploads.folder_of(visitor.name) / secrets.token_hex(16)
        try:
            with uploads.arriving(visitor.name, request) as counted:
                paths, _, _ = await upload_fn(
                    counted,
                    folder,
                    uploads.most_file_bytes,
                    upload_id,
                    upload_progress=file_upload_statuses if upload_id else None,
                )
            if files + len(paths) > uploads.most_files:
                raise HTTPException(
                    413, f"每人最多留存 {uploads.most_files} 个上传的文件，请分批上传。"
                )
        except MultiPartException as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise _unreadable(error, uploads.most_file_bytes) from error
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise HTTPException(507, "服务器的临时目录写不下了，请联系管理员。") from error
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return [str(path) for path in paths]

    return router


def _refuse_large(size: int, room: int) -> None:
    if size > room + _SLACK_BYTES:
        raise HTTPException(
            413,
            f"上传的文件超过每人 {max(room, 0) // MEGABYTE} MB 的余量，请减少文件或稍后再传。",
        )


def _unreadable(error: MultiPartException, most: int) -> HTTPException:
    if "maximum allowed size" in str(error.message):
        return HTTPException(413, f"单个文件不能超过 {most // MEGABYTE} MB，请压缩后再传。")
    return HTTPException(400, "上传的内容不合规，请刷新页面后重新上传。")
