"""The assistant for LangChain: tools with citations as artifacts, and a loader of report files.

The retriever is `vectorstore.retriever.LibraryRetriever`. No tool writes: whatever a model makes of
a document's text, it can change nothing here.
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import Field

from assistant.answer import Answer
from assistant.doors.described import PARAMETERS
from assistant.doors.work import Json, Work
from assistant.opening import open_report
from assistant.render import answer_to_markdown
from assistant.settings import Settings
from ingest.chunk import report_to_chunks
from ingest.errors import NianbaoError
from ingest.report_json import place_to_dict

Question = Annotated[str, Field(description=PARAMETERS["question"])]
FilePath = Annotated[str, Field(description=PARAMETERS["path"])]
ConceptName = Annotated[str, Field(description=PARAMETERS["concept"])]
Agencies = Annotated[list[str] | None, Field(description=PARAMETERS["agencies"])]
Years = Annotated[list[int] | None, Field(description=PARAMETERS["years"])]


def langchain_tools(work: Work) -> list[BaseTool]:
    """The tools: each gives text for the model, and the contract's JSON as its artifact."""

    def ask(question: Question) -> tuple[str, Json]:
        """向年报资料库提问（中文）；回答里的每个数都注明出处。"""
        answer: Answer = work.answer(question)
        return answer_to_markdown(answer), answer.to_dict()

    def check(path: FilePath) -> tuple[str, Json]:
        """核查本机的一份年报文件，列出问题、依据和改法。"""
        return _as_text(partial(work.check, Path(path)))

    def parse(path: FilePath) -> tuple[str, Json]:
        """读取本机的一份年报文件：单位、年度、六个部分和三张表格。"""
        return _as_text(partial(work.parse, Path(path)))

    def library() -> tuple[str, Json]:
        """资料库里有哪些单位、哪些年度的年报。"""
        return _as_text(work.holdings)

    def facts(
        concept: ConceptName, agencies: Agencies = None, years: Years = None
    ) -> tuple[str, Json]:
        """某一格（写作 表/行/列，如 requests/new/total）在每份年报里的值；null 不是零。"""
        return _as_text(lambda: {"facts": work.facts(concept, agencies or (), years or ())})

    return [_tool(each) for each in (ask, check, parse, library, facts)]


def _tool(function: Any) -> BaseTool:
    return StructuredTool.from_function(
        function, response_format="content_and_artifact", handle_tool_error=True
    )


def _as_text(work: Any) -> tuple[str, Json]:
    """Some work as JSON text and as it is; what is told to people becomes the tool's error."""
    try:
        made: Json = work()
    except NianbaoError as error:
        raise ToolException(str(error)) from error
    return json.dumps(made, ensure_ascii=False), made


class ReportLoader(BaseLoader):
    """Report files as documents: a passage each, its place in the metadata.

    Raises NianbaoError for a file that is no report.
    """

    def __init__(self, *paths: Path | str, settings: Settings | None = None) -> None:
        self._paths = [Path(path) for path in paths]
        self._settings = settings or Settings()

    def lazy_load(self) -> Iterator[Document]:
        """The passages of each file, in reading order."""
        for path in self._paths:
            report = open_report(path, self._settings)
            for chunk in report_to_chunks(report):
                yield Document(
                    page_content=chunk.text,
                    metadata={
                        "source": str(path),
                        "report": report.id,
                        "agency": report.agency,
                        "year": report.year,
                        "context": chunk.context,
                        "place": place_to_dict(chunk.place),
                    },
                )
