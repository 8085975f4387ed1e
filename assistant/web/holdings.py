"""What the library holds, as a grid of agencies and years in which the gaps are seen.

Pure; all text is escaped. A cell is a button that carries its report's identifier.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

from vectorstore.holdings import Entry

# Which agencies are listed: all, without the newest year, with a gap, with doubts in the reading.
Only: TypeAlias = Literal["all", "late", "gaps", "doubts"]
ONLY: tuple[tuple[str, Only], ...] = (
    ("全部", "all"),
    ("缺最新年度", "late"),
    ("有缺年", "gaps"),
    ("读取有存疑", "doubts"),
)

# A longer list is narrowed by the search box rather than scrolled.
MOST_AGENCIES = 200

NO_REPORTS = (
    "<div class='nb-empty'>资料库是空的。把年报（PDF、Word、网页、Markdown、文本）放进下面的框，"
    "点“存入资料库”；存入后就能在“问答”里提问。</div>"
)


@dataclass(frozen=True, slots=True)
class Holdings:
    """The entries of the agencies whose name was searched, by agency."""

    by_agency: dict[str, list[Entry]]
    years: Sequence[int]

    def gaps(self, agency: str) -> list[int]:
        """The years without a report from the agency's first one to the library's newest."""
        held = {entry.year for entry in self.by_agency[agency]}
        return [year for year in self.years if year > min(held) and year not in held]


def entries_to_holdings(entries: Sequence[Entry], wanted: str = "", only: Only = "all") -> Holdings:
    """The entries in order; `wanted` is part of an agency's name, empty for all."""
    by_agency: dict[str, list[Entry]] = {}
    for entry in entries:
        if wanted.strip() in entry.agency:
            by_agency.setdefault(entry.agency, []).append(entry)
    years = [entry.year for entry in entries]
    held = Holdings(by_agency, range(min(years), max(years) + 1) if years else ())
    listed = {
        agency: held.by_agency[agency] for agency in by_agency if _is_meant(held, agency, only)
    }
    return Holdings(listed, held.years)


def _is_meant(holdings: Holdings, agency: str, only: Only) -> bool:
    gaps = holdings.gaps(agency)
    return {
        "all": True,
        "late": bool(gaps) and gaps[-1] == holdings.years[-1],
        "gaps": bool(gaps),
        "doubts": any(e.warning_count and e.current for e in holdings.by_agency[agency]),
    }[only]


def grid_to_html(
    entries: Sequence[Entry], wanted: str = "", chosen: str = "", only: Only = "all"
) -> str:
    """The grid; `chosen` is the identifier of the report that is shown beside it."""
    holdings = entries_to_holdings(entries, wanted, only)
    if not entries:
        return NO_REPORTS
    if not holdings.by_agency:
        return f"<div class='nb-empty'>{_nobody(wanted.strip(), only)}</div>"
    heads = "".join(f"<th scope='col'>{year}</th>" for year in holdings.years)
    agencies = list(holdings.by_agency)
    rows = "".join(_row(holdings, agency, chosen) for agency in agencies[:MOST_AGENCIES])
    return (
        f"{_summary(holdings)}<div class='nb-table'><table class='nb-form nb-grid'>"
        f"<tr><th scope='col'>单位</th>{heads}</tr>{rows}</table></div>{_LEGEND}"
    )


_LEGEND = (
    "<p class='nb-note'>✓ 读取没有存疑　3疑 有3处要对照原件　旧1 同年的旧版　"
    "缺 首份年报之后缺的年度　· 首份年报之前</p>"
)


def _nobody(wanted: str, only: Only) -> str:
    words = {"late": "缺最新年度", "gaps": "有缺年", "doubts": "读取有存疑"}.get(only, "")
    if wanted:
        return f"没有名称含“{escape(wanted)}”{'而且' + words if words else ''}的单位。"
    return f"没有{words}的单位。"


def _summary(holdings: Holdings) -> str:
    agencies = list(holdings.by_agency)
    gaps = sum(len(holdings.gaps(agency)) for agency in agencies)
    reports = sum(len(entries) for entries in holdings.by_agency.values())
    more = (
        f"　只列出前{MOST_AGENCIES}家，请用上面的框缩小范围。"
        if len(agencies) > MOST_AGENCIES
        else ""
    )
    lacking = f"，中间缺{gaps}个年度" if gaps else "，年度连续"
    return f"<p class='nb-note'>{len(agencies)}家单位，{reports}份年报{lacking}。{more}</p>"


def _row(holdings: Holdings, agency: str, chosen: str) -> str:
    cells = "".join(
        f"<td>{''.join(_buttons(holdings.by_agency[agency], year, chosen))}</td>"
        if any(entry.year == year for entry in holdings.by_agency[agency])
        else _gap(agency, year, year in holdings.gaps(agency))
        for year in holdings.years
    )
    return f"<tr><th scope='row'>{escape(agency)}</th>{cells}</tr>"


def _gap(agency: str, year: int, is_gap: bool) -> str:
    if not is_gap:
        return "<td class='nb-before' aria-label='无'>·</td>"
    return f"<td class='nb-gap' title='{escape(agency)}{year}年的年报不在资料库里'>缺</td>"


def _buttons(entries: Sequence[Entry], year: int, chosen: str) -> Iterator[str]:
    for entry in (entry for entry in entries if entry.year == year):
        doubts = f"{entry.warning_count}疑" if entry.warning_count else "✓"
        words = doubts if entry.current else f"旧{entry.edition}"
        state = "存疑" if entry.warning_count else "无存疑"
        label = f"{entry.agency}{year}年，{words}，{state}"
        pressed = "true" if entry.id == chosen else "false"
        kind = (
            f"{' nb-doubtful' if entry.warning_count else ''}{'' if entry.current else ' nb-older'}"
        )
        yield (
            f"<button type='button' class='nb-held{kind}' data-report='{escape(entry.id)}' "
            f"aria-pressed='{pressed}' aria-label='{escape(label)}' "
            f"title='{escape(entry.source)}'>{words}</button>"
        )
