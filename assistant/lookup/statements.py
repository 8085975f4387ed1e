"""What a report states or leaves out: the fee, the signature, the documents it cites.

Pure. The invariant: a statement found comes with the sentence that makes it; none found means that
the text does not say it, not that it is untrue.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assistant.measure import Measure
from assistant.question.text_words import CITATION
from ingest.characters import for_matching
from ingest.report import Place, Report, Section

_SENTENCE = re.compile(r"[^。！？\n；;]+[。！？；;]?")
_TITLE = re.compile("《[^》]*》|“[^”]*标准[^”]*”")
# 未收取信息处理费 · 收取信息处理费200元 · 无信息处理费; 收取信息处理费情况 is a heading.
_FEE = re.compile(
    "(?:处理费|信息费).{0,24}?(?:收|产生|发生|无|没有|元|减免)|(?:收|产生|发生|无|没有|减免).{0,24}?(?:处理费|信息费)"
)
_HEADING = re.compile("(?:情况|事项|办法)[。:]?$")
# 收费通知2件，总金额1800元 says what was collected without naming the fee a second time.
_COLLECTED = re.compile("收|费|元|未|无|没有")
_NO_FEE = re.compile("未|没有|无|零|不(?:收|产生|涉及)|(?<!\\d)0元")


@dataclass(frozen=True, slots=True)
class Stated:
    """A sentence that makes a statement. `says_no` when it states that there was nothing."""

    text: str
    place: Place
    says_no: bool = False


def find_statement(report: Report, measure: Measure) -> tuple[Stated, ...]:
    """Every sentence of a report that makes the statement; empty when it is left out."""
    kind, *rest = measure.figures
    if kind == CITATION:
        return tuple(_citing(report, rest[0]))
    return tuple(_FINDERS[kind](report))


def _fee(report: Report) -> Iterator[Stated]:
    """The sentences about the fee, and the one that follows a heading which names it."""
    for section in report.texts:
        is_headed = False
        for text in _sentences(section):
            plain = _TITLE.sub("", for_matching(text))
            if _is_fee_heading(plain):
                is_headed = True
                continue
            if _FEE.search(plain) or (is_headed and _COLLECTED.search(plain)):
                yield Stated(text, _place(section, text), bool(_NO_FEE.search(plain)))
            is_headed = False


def _is_fee_heading(plain: str) -> bool:
    """Whether words name the fee as a subject: 收取信息处理费情况, but not 未发生信息处理费收取事项."""
    named = "处理费" in plain or "信息费" in plain
    return named and bool(_HEADING.search(plain)) and not _NO_FEE.search(plain)


def _signed_on(report: Report) -> Iterator[Stated]:
    if report.signed_on:
        day = report.signed_on
        yield Stated(f"{day.year}年{day.month}月{day.day}日", Place())


def _signed_by(report: Report) -> Iterator[Stated]:
    if report.signed_by:
        yield Stated(report.signed_by, Place(quote=report.signed_by))


def _title(report: Report) -> Iterator[Stated]:
    if report.title:
        yield Stated(report.title, Place(quote=report.title))


def _citing(report: Report, number: str) -> Iterator[Stated]:
    """The sentences that name a document; 30号 alone is that number of any year."""
    wanted = re.compile(r"(?<!\d)" + re.escape(for_matching(number)))
    for section in report.texts:
        for text in _sentences(section):
            if wanted.search(for_matching(text)):
                yield Stated(text, _place(section, text))


def _sentences(section: Section) -> Iterator[str]:
    for match in _SENTENCE.finditer(section.text):
        text = match.group().strip()
        if text:
            yield text


def _place(section: Section, text: str) -> Place:
    return Place(section=section.number, page=section.page, quote=text)


_FINDERS: Mapping[str, Callable[[Report], Iterator[Stated]]] = {
    "fee": _fee,
    "signed_on": _signed_on,
    "signed_by": _signed_by,
    "title": _title,
}
