"""What a program may ask of the assistant, whichever door it came through: the contract's JSON.

Nothing here changes the library. Files are read in a child process under the settings' limits.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

from assistant.answer import Answer
from assistant.asking import ask, explain_and_stream
from assistant.checking.check import check, check_to_dict
from assistant.drafting.draft import DRAFTED, draft, draft_to_dict
from assistant.listing import library_to_dict
from assistant.model import Model, Turn
from assistant.opening import open_report
from assistant.settings import Settings
from ingest.errors import NianbaoError
from ingest.report import Concept
from ingest.report_json import place_to_dict, report_to_dict
from vectorstore.holdings import Fact
from vectorstore.library import Library

Json: TypeAlias = Mapping[str, Any]


class Work:
    """The assistant over one library."""

    def __init__(self, library: Library, settings: Settings, model: Model | None = None) -> None:
        self.library = library
        self._settings = settings
        self._model = model

    def answer(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """The answer to a question after the conversation so far."""
        return ask(question, self.library, history=history, model=self._model)

    def answers(self, question: str, history: Sequence[Turn] = ()) -> Generator[Answer, None, None]:
        """The answer as it grows; the last one counts. Closing this ends a model's reply."""
        stream = explain_and_stream(question, self.library, history=history, model=self._model)
        with closing(stream):
            for asked in stream:
                yield asked.answer

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Json:
        """The answer as `nianbao ask --json` prints it."""
        return self.answer(question, history).to_dict()

    def parse(self, path: Path) -> Json:
        """The report in a file as `nianbao parse --json` prints it. Raises NianbaoError."""
        return report_to_dict(open_report(path, self._settings))

    def check(self, path: Path) -> Json:
        """The findings in a file as `nianbao check --json` prints them. Raises NianbaoError."""
        report = open_report(path, self._settings)
        return check_to_dict(report, check(report, self.library))

    def draft(
        self,
        agency: str,
        year: int,
        *,
        tables: Path | None = None,
        last_year: Path | None = None,
        notes: str = "",
        sections: Sequence[int] = (),
    ) -> Json:
        """The draft as `nianbao draft --json` prints it; sections 1, 5 and 6 when none is named.

        Raises NianbaoError.
        """
        if not set(sections) <= set(DRAFTED):
            raise NianbaoError("只能起草第 1、5、6 部分。")
        written = draft(
            agency,
            year,
            tables=open_report(tables, self._settings) if tables else None,
            last_year=open_report(last_year, self._settings) if last_year else None,
            notes=notes,
            sections=tuple(sorted(set(sections))) or DRAFTED,
            library=self.library,
            model=self._model,
        )
        return draft_to_dict(written)

    def holdings(self) -> Json:
        """What the library holds, as `nianbao library --json` prints it, without its path here."""
        return {**library_to_dict(self.library), "folder": self.library.folder.name}

    def facts(
        self, concept: str, agencies: Iterable[str] = (), years: Iterable[int] = ()
    ) -> Sequence[Json]:
        """The cell at a concept (`requests/new/total`) in each current report, blanks included.

        Raises NianbaoError for a concept that neither form has.
        """
        try:
            found = self.library.facts(Concept.parse(concept), agencies=agencies, years=years)
        except (ValueError, KeyError) as error:
            raise NianbaoError(
                f"没有“{concept}”这个指标；写作 表/行/列，如 requests/new/total，见 docs/reference.md。"
            ) from error
        return [fact_to_dict(fact) for fact in found]


def fact_to_dict(fact: Fact) -> Json:
    """A cell of one report: `value` is None unless `state` is "number"; `doubt` says why it is a guess."""
    return {
        "report": fact.report_id,
        "agency": fact.agency,
        "year": fact.year,
        "concept": str(fact.concept),
        "value": fact.value,
        "state": fact.state,
        "unit": fact.unit,
        "text": fact.text,
        "doubt": fact.doubt.message if fact.doubt else None,
        "place": place_to_dict(fact.place),
    }
