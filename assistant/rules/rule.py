"""What a rule is, what it can say, and how its verdict is decided.

A rule is a pure function of reports that yields `Finding` (something is wrong) and `Undecided`
(something needed could not be read). Decided here and nowhere else:

- the verdict: another edition or no last year → not_applicable; any finding → fail; else anything
  undecided → undecided; else pass. A blank cell neither hides a wrong one nor counts as right;
- an error cannot rest on a guess: a finding whose evidence is doubtful is at most a warning and
  says 疑似;
- a finding may be milder than its rule, never graver;
- a rule that says nothing of a report in which there was nothing for it to read has not passed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, TypeAlias, overload

from assistant.rules.page import Page, docstring_to_page
from ingest.report import Doubt, Number, Place, Report

Severity: TypeAlias = Literal["error", "warning", "notice"]
Verdict: TypeAlias = Literal["pass", "fail", "not_applicable", "undecided"]
Needs: TypeAlias = Literal["last_year", "peers"]
Reads: TypeAlias = Literal["text", "tables", "anything", "identity"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "S": "结构",
        "P": "表二 主动公开",
        "R": "表三 依申请公开",
        "D": "表四 复议诉讼",
        "N": "文表、文文一致",
        "Y": "跨年与雷同",
        "I": "身份与日期",
        "W": "文字与格式",
        "V": "隐私",
    }
)
"""Family letter → its name, in the order of the catalogue."""


# What the rules of a family read, unless one says otherwise. Title, agency, year and signature are
# the identity: they are missing or not, there is nothing to be undecided about.
_READS: Mapping[str, Reads] = {"P": "tables", "R": "tables", "D": "tables", "Y": "anything"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding stands on: a table cell (`place.table` is set) or words of the text.

    `report` and `year` are set when it stands in another report than the one checked.
    """

    place: Place
    value: Number | None = None
    doubt: Doubt | None = None
    report: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. Rules leave `rule` empty; `severity` only says how much milder it is.

    `expected` and `actual` are the two sides, where there are two. `consequences` are findings
    that would vanish if this one were put right.
    """

    message: str
    evidence: tuple[Evidence, ...] = ()
    expected: Number | str | None = None
    actual: Number | str | None = None
    suggestion: str = ""
    severity: Severity = "error"
    rule: str = ""
    consequences: tuple["Finding", ...] = ()


@dataclass(frozen=True, slots=True)
class Undecided:
    """A rule could not be decided here: what is missing, and where."""

    message: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""


Outcome: TypeAlias = Finding | Undecided
Outcomes: TypeAlias = Iterator[Outcome]


@dataclass(frozen=True, slots=True)
class Checked:
    """What one rule said of one report."""

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue. `formats` are the editions it speaks of, empty for all."""

    id: str
    name: str
    severity: Severity
    page: Page
    formats: tuple[str, ...]
    needs: Needs | None
    reads: Reads
    body: Callable[..., Outcomes] = field(repr=False)

    @property
    def family(self) -> str:
        """The family's letter."""
        return self.id[0]

    def check(
        self, report: Report, last_year: Report | None = None, peers: Sequence[Report] = ()
    ) -> Checked:
        """The verdict on `report`, with what was found and what could not be decided."""
        arguments = self._arguments(report, last_year, peers)
        if arguments is None:
            return Checked("not_applicable")
        outcomes = tuple(self.body(*arguments)) or _nothing_to_read(report, self.reads)
        findings = tuple(self._signed(o) for o in outcomes if isinstance(o, Finding))
        undecided = tuple(replace(o, rule=self.id) for o in outcomes if isinstance(o, Undecided))
        return Checked(_verdict(findings, undecided), findings, undecided)

    def _arguments(
        self, report: Report, last_year: Report | None, peers: Sequence[Report]
    ) -> tuple[object, ...] | None:
        """What the body is called with; None when the rule does not apply."""
        if self.formats and report.format not in self.formats:
            return None
        if self.needs == "last_year":
            return None if last_year is None else (report, last_year)
        if self.needs == "peers":
            return (report, tuple(peers)) if peers else None
        return (report,)

    def _signed(self, finding: Finding) -> Finding:
        """The finding with the rule's id, its severity settled and its remedy filled in."""
        severity = max(self.severity, finding.severity, key=SEVERITIES.index)
        message = finding.message
        doubts = [e.doubt.message for e in finding.evidence if e.doubt]
        if doubts:
            severity = max(severity, "warning", key=SEVERITIES.index)
            doubt = doubts[0].removesuffix("，请对照原件")
            message = f"疑似：{message}（读取时存疑：{doubt}，请先与原件核对）"
        return replace(
            finding,
            rule=self.id,
            severity=severity,
            message=message,
            evidence=_told_once(finding.evidence),
            suggestion=finding.suggestion or self.page.remedy,
            consequences=tuple(map(self._signed, finding.consequences)),
        )


def _told_once(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Evidence without repetitions, by where it stands: to compare all of it takes long."""
    first: dict[tuple[object, ...], Evidence] = {}
    for one in evidence:
        place = one.place
        where = (place.table, place.row, place.column, place.section, place.quote, place.line)
        first.setdefault((*where, one.report), one)
    return tuple(first.values())


def _verdict(findings: tuple[Finding, ...], undecided: tuple[Undecided, ...]) -> Verdict:
    if findings:
        return "fail"
    return "undecided" if undecided else "pass"


def _nothing_to_read(report: Report, reads: Reads) -> tuple[Undecided, ...]:
    """Why nothing was said where nothing could be read; empty where something could."""
    if reads == "text" and not _has_text(report):
        return (Undecided("没有读到正文，无法判断。"),)
    if reads == "tables" and not _has_cells(report):
        return (Undecided("没有读到法定表格，无法判断。"),)
    if reads == "anything" and not _has_text(report) and not _has_cells(report):
        return (Undecided("正文和表格都没有读到，无法判断。"),)
    return ()


def _has_text(report: Report) -> bool:
    return any(section.text and not section.text.isspace() for section in report.texts)


def _has_cells(report: Report) -> bool:
    tables = report.tables.values()
    return any(cell.text is not None for table in tables for cell in table.cells.values())


_CATALOGUE: dict[str, Rule] = {}

Alone: TypeAlias = Callable[[Report], Outcomes]
WithLastYear: TypeAlias = Callable[[Report, Report], Outcomes]
WithPeers: TypeAlias = Callable[[Report, tuple[Report, ...]], Outcomes]


@overload
def rule(
    id: str,
    name: str,
    severity: Severity,
    *,
    formats: tuple[str, ...] = (),
    reads: Reads | None = None,
) -> Callable[[Alone], Alone]: ...
@overload
def rule(
    id: str,
    name: str,
    severity: Severity,
    *,
    formats: tuple[str, ...] = (),
    needs: Literal["last_year"],
    reads: Reads | None = None,
) -> Callable[[WithLastYear], WithLastYear]: ...
@overload
def rule(
    id: str,
    name: str,
    severity: Severity,
    *,
    formats: tuple[str, ...] = (),
    needs: Literal["peers"],
    reads: Reads | None = None,
) -> Callable[[WithPeers], WithPeers]: ...
def rule(
    id: str,
    name: str,
    severity: Severity,
    *,
    formats: tuple[str, ...] = (),
    needs: Needs | None = None,
    reads: Reads | None = None,
) -> Callable[[Callable[..., Outcomes]], Callable[..., Outcomes]]:
    """Enter a function into the catalogue; raises ValueError for an id used twice or a bad page."""

    def enter(body: Callable[..., Outcomes]) -> Callable[..., Outcomes]:
        if id in _CATALOGUE:
            raise ValueError(f"rule {id} is defined twice")
        if id[:1] not in FAMILIES or not (id[1:].isdecimal() and len(id) == 4):
            raise ValueError(f"{id!r} is no rule id: a family letter and three digits")
        page = docstring_to_page(body.__doc__)
        material = reads or _READS.get(id[0], "text")
        _CATALOGUE[id] = Rule(id, name, severity, page, formats, needs, material, body)
        return body

    return enter


def catalogue() -> tuple[Rule, ...]:
    """Every rule entered so far, family by family in the order of the report, then by number."""
    order = list(FAMILIES)
    return tuple(sorted(_CATALOGUE.values(), key=lambda r: (order.index(r.family), r.id)))
