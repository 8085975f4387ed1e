"""Questions that lead on from an answer, each complete in itself and within what the library holds.

Pure.
"""

from collections.abc import Iterator
from itertools import islice

from assistant.asking import Asked
from assistant.query import Known, Query
from ingest.report import Report

MOST = 3


def follow_ups(asked: Asked, known: Known) -> list[str]:
    """Up to three further questions; none after an answer that leads nowhere."""
    query = asked.query
    if query is None or asked.answer.status != "answered":
        return []
    said = asked.answer.question.strip("？? ")
    questions = dict.fromkeys(_questions(asked, query, known))
    return list(islice((text for text in questions if text.strip("？") != said), MOST))


def about_upload(report: Report) -> list[str]:
    """Questions to begin with about a report that was uploaded."""
    named = f"{report.agency}{report.year}年"
    return [
        f"{named}的报告有没有问题？",
        f"{named}新收到多少件申请，办理结果怎么样？",
        f"{named}存在哪些主要问题？",
    ]


def _questions(asked: Asked, query: Query, known: Known) -> Iterator[str]:
    # Of one agency's reports, an upload's or a library's, nobody asks which agency has most.
    named = query.agencies or known.agencies
    agency = named[0] if len(named) == 1 else None
    years = {value.year for value in asked.answer.values if value.year in known.years}
    year = query.years[0] if len(query.years) == 1 else None
    if year is None and len(years) == 1:
        year = years.pop()
    if query.kind == "lookup" and len(query.measures) == 1:
        yield from _about_measure(query, query.measures[0].name, agency, year, known)
    elif agency:
        yield from _about_agency(query, agency, year or known.newest_year((agency,)))


def _about_measure(
    query: Query, measure: str, agency: str | None, year: int | None, known: Known
) -> Iterator[str]:
    held = [held_year for name, held_year in known.reports if name == agency]
    if agency and len(held) > 1 and query.operation != "trend":
        yield f"{agency}历年{measure}有什么变化？"
    if year and query.operation != "rank" and len(known.agencies) > 1:
        yield f"{year}年各单位{measure}从多到少排一下"
    if agency and year and year - 1 in held:
        yield f"{agency}{year - 1}年{measure}是多少？"
    if year and agency is None and query.operation != "average":
        yield f"{year}年各单位{measure}平均是多少？"
    if year and agency is None and year - 1 in known.years:
        yield f"{year - 1}年各单位{measure}从多到少排一下"
    if agency:
        yield from _about_agency(query, agency, year or known.newest_year((agency,)))


def _about_agency(query: Query, agency: str, year: int | None) -> Iterator[str]:
    if query.kind != "check" and year:
        yield f"{agency}{year}年的报告有没有问题？"
    if query.kind != "retrieval":
        yield f"{agency}{year or ''}{'年' if year else ''}存在哪些主要问题？"
    if year and not query.measures:
        yield f"{agency}{year}年新收到多少件申请？"
