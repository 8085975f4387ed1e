"""What a door says when it refuses: one Chinese sentence for each status, whoever raised it."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from starlette.exceptions import HTTPException

from assistant.doors.lanes import LaneFull
from ingest.errors import LibraryError, ModelUnavailable, NianbaoError

FAILED: Final = "程序出错，请重试；若再次出现，请把服务端记录反馈给维护者。"
_SENTENCES: Final = {
    HTTPStatus.BAD_REQUEST: "请求不合规，请检查内容的格式。",
    HTTPStatus.NOT_FOUND: "没有这个地址，请查看 docs/doors.md。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不接受这种方法，请查看 docs/doors.md。",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "请求太大，请减少文件。",
}


def sentence_of(error: HTTPException) -> str:
    """The sentence for a refusal: its own where we wrote it, ours where a library did."""
    detail = str(error.detail)
    return detail if not detail.isascii() else _SENTENCES.get(HTTPStatus(error.status_code), FAILED)


def malformed(errors: Iterable[Mapping[str, Any]]) -> str:
    """The sentence for arguments that do not fit, from pydantic's errors: which ones to look at."""
    wrong = "、".join(dict.fromkeys(str(one["loc"][-1]) for one in errors))
    return f"请求不合规，请检查：{wrong}。"


def status_of(error: NianbaoError) -> int:
    """The HTTP status for an error that is told to people."""
    if isinstance(error, LaneFull):
        return HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(error, ModelUnavailable):
        return HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, LibraryError):
        is_missing = "没有编号" in str(error)
        return HTTPStatus.NOT_FOUND if is_missing else HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.UNPROCESSABLE_ENTITY
