"""Whether a model's sentence says of whom and of what its numbers are as the passages do. Pure.

`verify` holds that each number stands in a cited passage. Here each is held to the agency and the
year that the sentence names beside it, to the words that the passage counts with it, and to what
the passage says around it (约, 超过, 没有). The invariant: in doubt a sentence does not hold; what
is dropped is said, and the quotes stay.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.additions import adds_of_its_own
from assistant.answer import Citation
from assistant.grounding import MEASURE_WORDS, numbers_in
from assistant.question.agencies import Named, directory
from ingest.numbers import CHINESE_NUMERAL, chinese_numeral

_UNITS = f"户次|万元|亿元|{MEASURE_WORDS}|册|处|分|天|轮|批|届|张|倍|成"
_NUMBER = re.compile(
    r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>[十百千万亿]*)[余多]?\s*"
    rf"(?P<unit>{_UNITS})?"
    rf"|(?P<words>{CHINESE_NUMERAL}{{2,}}|{CHINESE_NUMERAL}(?=[余多]?(?:{_UNITS})|[至到—~-]))[余多]?"
    rf"(?P<counted>{_UNITS})?"
)
# A sign or a point before a digit makes it another number.
_SIGNED = re.compile(r"(?<!\d)[-−.·点负]\s*\d")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年(?:度)?")
_YEAR_IN_WORDS = re.compile("二[〇零○][〇零○一二三四五六七八九]{2}(?=年)")
_RELATIVE_YEAR = re.compile("去年|上一?年|今年|本年|前年|次年|同期")
# What says how a number is meant: it must stand beside it in the passage too.
_BOUND_BEFORE = re.compile(
    r"(?:大约|约|将近|接近|近|超过?|逾|突破|不足|不到|至少|最多|低于|高于|多于|少于|不少于|不超过)(?:有|为|达|是|占|共)?\d[\d,.]*"
)
_BOUND_AFTER = re.compile(rf"\d[\d,.]*[十百千万亿]*(?:{_UNITS})?(?:以上|以下|以内|左右|上下|余|多)")
# What sets numbers against each other or names a share: never reckoned by a model.
_RECKONED = re.compile(
    "增加|增多|增长|增幅|减少|下降|降幅|上升|翻番|翻了|最多|最少|最高|最低|最大|最小|首位|第一|领先|落后"
    "|高于|低于|多于|少于|更多|更少|半数|过半|多数|大部分|绝大|一半|分之|[一二两三四五六七八九]成|[倍番]|[数几上近][十百千万]"
    "|比[^，。；、]{1,16}?[多少高低大小好差快慢]"
)
# How far something goes is never a model's to say.
_EXTENT = re.compile(
    "全部|所有|完全|彻底|一律|唯一|首次|始终|从不|专职|兼职|非常|十分|极其|严重|显著|明显|大幅|圆满|已经|已经?解决"
)
_LATIN = re.compile("[A-Za-z]{2,}")
_QUOTED = re.compile("[‘'\"](?P<quote>[^‘’'\"]{3,})[’'\"]")
_NEGATION = re.compile("未|没|无(?![障])|不(?![断仅但同动良])|非|拒")
_DENIAL = re.compile(
    "(?:没有|尚未|并未|未|没|无(?![障法论力])|不(?![断仅但同动良足少予]))(?P<what>[一-龥]{3,4})"
)
# Words that a sentence on any report may have.
_FRAME = re.compile(
    "存在|主要|问题|不足|改进|措施|整改|报告|年报|提到|指出|提出|写明|列为|包括|分别|方面|情况|采取|通过|其中|此外|同时|以及|并且|例如|比如|具体|两家|各家|单位"
)
# A clause of fewer pairs says too little to be held to its words.
FEWEST_PAIRS = 3
LEAST_OF_CLAUSE = 0.4
# The comma of 1,247 parts no clauses.
_CLAUSE = re.compile("[，。；;、：:！？\n]|,(?!\\d{3}(?!\\d))")
_SENTENCE_CLAUSE = re.compile("[，,。；;：:！？\n]")
_CONNECTIVE = re.compile("[、和与及跟以同,，年度]*")
# Words that count nothing themselves.
_IDLE = re.compile(f"[的了为是有共计达到约其中各分别均都也并以在于]|{CHINESE_NUMERAL}|\\d|\\W")
LEAST_SHARED_WORDS = 0.6
# A clause of a passage that a sentence repeats so far speaks of the same thing.
LEAST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of a text with the words of its clause, and of the clause before."""

    value: Decimal | None
    unit: str
    words: frozenset[str]
    before: frozenset[str] = frozenset()


def is_attributed(text: str, cited: Sequence[Citation], given: Sequence[Citation]) -> bool:
    """Whether a sentence on the `cited` passages says nothing else of whom, when and how much.

    `given` are all passages that the model had: their agencies are known by name.
    """
    plain = _YEAR_IN_WORDS.sub(_year_in_digits, unicodedata.normalize("NFKC", text))
    quotes = [_plain(c.place.quote or "") for c in cited]
    whole = "\n".join(quotes)
    if not _words_stand(plain, whole) or not _denies_alike(plain, quotes):
        return False
    segments = _segments(plain, cited, given, whole)
    if segments is None or not all(_counts_stand(*segment) for segment in segments):
        return False
    told = "，".join(words for words, _ in segments)
    return all(_clauses_stand(words, whole) for words, _ in segments) and not adds_of_its_own(
        told, quotes
    )


def _year_in_digits(match: re.Match[str]) -> str:
    return str(chinese_numeral(match.group()))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _words_stand(text: str, passages: str) -> bool:
    """Whether bounds, comparisons, foreign words, relative years and quotations are the passages'."""
    bare = "".join(text.split())
    if _SIGNED.search(text):
        return False
    patterns = (_BOUND_BEFORE, _BOUND_AFTER, _RECKONED, _EXTENT, _LATIN, _RELATIVE_YEAR)
    said = [match.group() for pattern in patterns for match in pattern.finditer(bare)]
    said += [match["quote"] for match in _QUOTED.finditer(bare)]
    return all(words in passages for words in said)


def _denies_alike(text: str, quotes: Sequence[str]) -> bool:
    """Whether no clause denies what its passage affirms, or affirms what it denies."""
    known = [clause for quote in quotes for clause in _SENTENCE_CLAUSE.split(quote) if clause]
    for clause in _SENTENCE_CLAUSE.split("".join(text.split())):
        alike = [(_share(clause, other), other) for other in known]
        share, nearest = max(alike, default=(0.0, ""))
        if share >= LEAST_ALIKE and bool(_NEGATION.search(clause)) != bool(
            _NEGATION.search(nearest)
        ):
            return False
    denials = [pairs for quote in quotes for pairs in _denied(quote)]
    return all(any(2 * len(said & k) >= len(said) for k in denials) for said in _denied(text))


def _clauses_stand(text: str, passages: str) -> bool:
    """Whether every clause is made of the passages' words, names and years left out.

    So no clause of a model's own is carried along by the one beside it.
    """
    for clause in _SENTENCE_CLAUSE.split(_FRAME.sub("", "".join(text.split()))):
        pairs = [clause[i : i + 2] for i in range(len(clause) - 1)]
        told = [pair for pair in pairs if not _IDLE.search(pair)]
        shared = sum(pair in passages for pair in told)
        if len(told) >= FEWEST_PAIRS and shared < LEAST_OF_CLAUSE * len(told):
            return False
    return True


def _denied(text: str) -> Iterator[frozenset[str]]:
    """What each denial of a text denies: the pairs of the characters that follow it."""
    for match in _DENIAL.finditer("".join(text.split())):
        what = match["what"]
        yield frozenset(what[i : i + 2] for i in range(len(what) - 1))


def _share(clause: str, other: str) -> float:
    """The share of the other clause's character pairs that a clause has, names left out."""
    pairs = {other[i : i + 2] for i in range(len(other) - 1)}
    return sum(pair in clause for pair in pairs) / len(pairs) if pairs else 0.0


# --- Of whom and when ------------------------------------------------------------------------------


def _segments(
    text: str, cited: Sequence[Citation], given: Sequence[Citation], passages: str
) -> list[tuple[str, Sequence[Citation]]] | None:
    """The stretches of a sentence, each with the passages of the agency and year named before it.

    None where it names an agency or a year that no cited passage is of.
    """
    known = tuple(dict.fromkeys(c.agency for c in given if c.agency))
    named = directory(known).find(text)
    marks = _marks(named, cited, passages)
    if marks is None:
        return None
    text = named.text
    agencies: set[str] = set()
    years: set[int] = set()
    starts = [mark.start for mark in marks]
    segments: list[tuple[str, Sequence[Citation]]] = [(text[: (*starts, len(text))[0]], cited)]
    end = 0
    for mark, following in zip(marks, (*starts, len(text))[1:], strict=True):
        goes_on = bool(_CONNECTIVE.fullmatch(text[end : mark.start]))
        if mark.agencies:
            agencies = {*agencies, *mark.agencies} if goes_on and end else set(mark.agencies)
            has_its_year = any(m.year and m.start == mark.end for m in marks)
            years = set() if has_its_year else years
        if mark.year:
            years = {*years, mark.year} if goes_on and end and not mark.agencies else {mark.year}
        end = mark.end
        meant = tuple(c for c in cited if _is_of(c, agencies, years))
        if {c.agency for c in meant} < agencies or not meant:
            return None
        segments.append((text[mark.end : following], meant))
    return segments


def _is_of(citation: Citation, agencies: set[str], years: set[int]) -> bool:
    is_theirs = not agencies or citation.agency in agencies
    return is_theirs and (not years or citation.year in years)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a sentence names an agency, or a year that a cited report is of."""

    start: int
    end: int
    agencies: tuple[str, ...] = ()
    year: int = 0


def _marks(named: Named, cited: Sequence[Citation], passages: str) -> list[_Mark] | None:
    """The agencies and years that a sentence names, in order; None where one is not cited."""
    theirs = {c.agency for c in cited}
    marks: list[_Mark] = []
    for mention in named.mentions:
        meant = tuple(a for a in mention.agencies if a in theirs)
        if not meant and mention.text not in passages:
            return None
        if meant:
            marks.append(_Mark(mention.start, mention.end, meant))
    years = {c.year for c in cited}
    for match in _YEAR.finditer(named.text):
        if int(match["year"]) in years:
            marks.append(_Mark(match.start(), match.end(), (), int(match["year"])))
        elif match.group().rstrip("度") not in passages:
            return None
    return sorted(marks, key=lambda mark: mark.start)


# --- How much, and of what -------------------------------------------------------------------------


def _counts_stand(text: str, meant: Sequence[Citation]) -> bool:
    """Whether every number of a stretch is one of each report meant, and counts the same there."""
    counts = [c for c in _counts(text) if c.value is None or c.unit != "年" or c.value < 1900]
    by_report: dict[object, list[_Count]] = {}
    for citation in meant:
        theirs = by_report.setdefault((citation.agency, citation.year), [])
        theirs += _counts(citation.place.quote or "")
    return all(
        any(_is_same(count, other) for other in theirs)
        for theirs in by_report.values()
        for count in counts
    )


def _counts(text: str) -> Iterator[_Count]:
    before: frozenset[str] = frozenset()
    for clause in _CLAUSE.split(unicodedata.normalize("NFKC", text.replace("，", "、"))):
        words = frozenset(_IDLE.sub("", _NUMBER.sub("", clause)))
        for match in _NUMBER.finditer(clause):
            yield _Count(_value(match), match["unit"] or match["counted"] or "", words, before)
        before = words or before


def _value(match: re.Match[str]) -> Decimal | None:
    """The number at its full scale, None where words are no one number."""
    if match["digits"]:
        numbers = numbers_in(match["digits"] + match["scale"])
        return numbers[0].value if len(numbers) == 1 else None
    number = chinese_numeral(match["words"])
    return None if number is None else Decimal(number)


def _is_same(said: _Count, known: _Count) -> bool:
    if said.value is None or said.value != known.value:
        return False
    if said.unit and known.unit and said.unit != known.unit:
        return False
    if not said.words or not known.words:
        return True
    shared = len(said.words & known.words)
    of_all = len(said.words & (known.words | known.before)) / len(said.words)
    return shared >= min(2, len(said.words), len(known.words)) and of_all >= LEAST_SHARED_WORDS
