"""The REST door: `/api/v1`, described by its own OpenAPI document at `/api/v1/openapi.json`.

Every answer is the contract's JSON, letter for letter what the command line prints; every refusal is
`{"detail": one Chinese sentence}` with the status that fits.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, File, Form, Query, Request, UploadFile
from fastapi import Path as PathParameter
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.access.roles import Role
from assistant.access.visitor import LOCAL, Visitor
from assistant.doors.contract_models import (
    AskIn,
    AskOut,
    CheckOut,
    DraftOut,
    ErrorOut,
    FactOut,
    IngestedOut,
    LibraryOut,
    ReportOut,
)
from assistant.doors.described import PARAMETERS
from assistant.doors.lanes import LaneFull, Lanes
from assistant.doors.refusals import FAILED, malformed, sentence_of, status_of
from assistant.doors.uploaded import stored
from assistant.doors.work import Json, Work
from assistant.listing import ingested_to_dict
from assistant.model import Turn
from assistant.settings import Settings
from ingest.errors import NianbaoError

_REFUSALS: dict[int | str, dict[str, Any]] = {
    401: {"model": ErrorOut, "description": "没有登录，也没有带有效的令牌"},
    403: {"model": ErrorOut, "description": "账号的角色不允许"},
    413: {"model": ErrorOut, "description": "文件或请求太大"},
    422: {"model": ErrorOut, "description": "请求或文件不能用，一句话说明原因和办法"},
    429: {"model": ErrorOut, "description": "排队的人太多，过一会儿再试"},
    503: {"model": ErrorOut, "description": "资料库或语言模型暂时用不了"},
}
_MEGABYTE = 1024 * 1024
_MOST_AUDIT_LINES = 1_000

Sent = Annotated[UploadFile, File(description=PARAMETERS["file"])]
ReportId = Annotated[
    str, PathParameter(description="年报的编号，见 GET /library", examples=["071f50481ea08ec7"])
]
Tables = Annotated[
    UploadFile | None, File(description="有今年三张表的文件：年报、Excel 工作簿或 parse 的 JSON")
]
LastYear = Annotated[UploadFile | None, File(description="上一年的年报文件")]


def visitor_of(request: Request) -> Visitor:
    """Who sends the request, as the gate found."""
    return getattr(request.state, "visitor", LOCAL)


Who = Annotated[Visitor, Depends(visitor_of)]


def rest_application(work: Work, settings: Settings, lanes: Lanes) -> FastAPI:
    """The application to mount at `/api/v1`."""
    app = FastAPI(
        title="年报助手接口",
        version="1",
        description="问答、核查、起草、解析、文库与数据；返回值即 docs/contracts.md 所载的 JSON。",
        docs_url=None,
        redoc_url=None,
        responses=_REFUSALS,
    )
    _refuse_in_one_sentence(app)
    _add_reading(app, work, lanes)
    _add_files(app, work, lanes, settings.max_megabytes * _MEGABYTE)
    _add_changes(app, work, lanes, settings.max_megabytes * _MEGABYTE)
    return app


def _add_reading(app: FastAPI, work: Work, lanes: Lanes) -> None:
    @app.post("/ask", response_model=AskOut, summary="提问", response_description="回答")
    async def ask(body: AskIn, who: Who) -> JSONResponse:
        """向资料库提问；每个数都带出处。"""
        who.note("提问", content=body.question)
        turns = [Turn(turn.role, turn.content) for turn in body.history]
        return JSONResponse(await lanes.asking(lambda: work.ask(body.question, turns)))

    @app.get(
        "/library", response_model=LibraryOut, summary="文库", response_description="文库里的年报"
    )
    async def library(who: Who) -> JSONResponse:
        """资料库里有哪些单位、哪些年度的年报。"""
        who.note("看文库")
        return JSONResponse(await lanes.asking(work.holdings))

    @app.get(
        "/facts",
        response_model=list[FactOut],
        summary="数据",
        response_description="每份年报的这一格",
    )
    async def facts(
        who: Who,
        concept: Annotated[
            str,
            Query(
                description=PARAMETERS["concept"],
                max_length=100,
                examples=["requests/new/total"],
            ),
        ],
        agency: Annotated[
            list[str],
            Query(description=PARAMETERS["agencies"], examples=[["云江市青槐区教育局"]]),
        ] = [],  # noqa: B006
        year: Annotated[
            list[int], Query(description=PARAMETERS["years"], examples=[[2023, 2024]])
        ] = [],  # noqa: B006
    ) -> JSONResponse:
        """某一格在每份年报里的值，空白、划线、缺行都如实列出。"""
        who.note("取数据", concept)
        found = await lanes.asking(lambda: work.facts(concept, agency, year))
        return JSONResponse(list(found))


def _add_files(app: FastAPI, work: Work, lanes: Lanes, most: int) -> None:
    @app.post("/parse", response_model=ReportOut, summary="解析", response_description="读到的年报")
    async def parse(file: Sent, who: Who) -> JSONResponse:
        """读取一份年报：单位、年度、六个部分、三张表格，读不准的一一说明。"""
        who.note("解析", file.filename or "")
        return JSONResponse(await lanes.reading(lambda: _on(file, most, work.parse)))

    @app.post("/check", response_model=CheckOut, summary="核查", response_description="核查结果")
    async def check(file: Sent, who: Who) -> JSONResponse:
        """核查一份年报；文库里有上一年的年报时，一并核对跨年数据。"""
        who.note("核查", file.filename or "")
        return JSONResponse(await lanes.reading(lambda: _on(file, most, work.check)))

    @app.post("/draft", response_model=DraftOut, summary="起草", response_description="草稿")
    async def draft(
        who: Who,
        agency: Annotated[
            str, Form(max_length=100, description="单位全称", examples=["云江市青槐区教育局"])
        ],
        year: Annotated[int, Form(ge=2008, le=2100, description="年度", examples=[2024])],
        notes: Annotated[
            str,
            Form(
                max_length=20_000,
                description="写作要点，一行一条",
                examples=["开展培训3次"],
            ),
        ] = "",
        section: Annotated[
            list[int],
            Form(description="起草哪些部分：1、5、6；不给则三部分", examples=[[1, 5]]),
        ] = [],  # noqa: B006
        tables: Tables = None,
        last_year: LastYear = None,
    ) -> JSONResponse:
        """起草第一、五、六部分；数字只取自表格、要点和上年年报。"""
        who.note("起草", f"{agency}{year}年")

        def write() -> Json:
            with _stored_or_none(tables, most) as this, _stored_or_none(last_year, most) as last:
                return work.draft(
                    agency, year, tables=this, last_year=last, notes=notes, sections=section
                )

        return JSONResponse(await lanes.reading(write))


def _add_changes(app: FastAPI, work: Work, lanes: Lanes, most: int) -> None:
    @app.post(
        "/library",
        response_model=IngestedOut,
        summary="存入年报（editor）",
        response_description="存入的结果",
    )
    async def ingest(file: Sent, who: Who) -> JSONResponse:
        """把一份年报存入资料库；同一文件重复存入不起变化。"""
        _admit(who, Role.EDITOR, "存入年报", file.filename or "")

        def take_in(path: Path) -> Json:
            [item] = work.library.ingest([path])
            return {**ingested_to_dict(item), "source": path.name}

        return JSONResponse(await lanes.storing(lambda: _on(file, most, take_in)))

    @app.delete(
        "/library/{report_id}",
        status_code=204,
        summary="移除年报（editor）",
        response_description="已移除",
    )
    async def remove(report_id: ReportId, who: Who) -> None:
        """移除一份年报，原件和数据一并删去。"""
        _admit(who, Role.EDITOR, "移除年报", report_id)
        await lanes.storing(lambda: work.library.remove(report_id))

    @app.get("/audit", summary="操作记录（admin）", response_description="操作记录")
    def audit(
        who: Who,
        count: Annotated[
            int, Query(ge=1, le=_MOST_AUDIT_LINES, description="最近多少条", examples=[20])
        ] = 100,
    ) -> list[dict[str, str]]:
        """最近的操作记录，新的在前。"""
        _admit(who, Role.ADMIN, "看操作记录", "")
        return [dict(line) for line in who.audit.last(count)] if who.audit else []


def _admit(who: Visitor, role: Role, action: str, detail: str) -> None:
    if not who.may(role):
        who.note("拒绝", action)
        raise HTTPException(403, f"您的账号不能{action}，请联系管理员。")
    who.note(action, detail)


def _on(file: UploadFile, most: int, work: Callable[[Path], Json]) -> Json:
    """What some work makes of a file that was sent."""
    with stored(file.filename or "", file.file, most) as path:
        return work(path)


@contextmanager
def _stored_or_none(file: UploadFile | None, most: int) -> Iterator[Path | None]:
    """`stored` for a file that may not have been sent."""
    if file is None:
        yield None
        return
    with stored(file.filename or "", file.file, most) as path:
        yield path


def _refuse_in_one_sentence(app: FastAPI) -> None:
    @app.exception_handler(NianbaoError)
    def unusable(_: Request, error: NianbaoError) -> JSONResponse:
        headers = {"retry-after": "5"} if isinstance(error, LaneFull) else None
        return JSONResponse({"detail": str(error)}, status_of(error), headers)

    @app.exception_handler(RequestValidationError)
    def unfit(_: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"detail": malformed(error.errors())}, 422)

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"detail": sentence_of(error)}, error.status_code, error.headers)

    @app.exception_handler(Exception)
    def failed(_: Request, __: Exception) -> JSONResponse:
        return JSONResponse({"detail": FAILED}, 500)
