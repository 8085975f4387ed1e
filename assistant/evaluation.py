"""Question sets → answers and scores; one pure function a metric.

A set is JSON Lines: {"question": …, "history": […], "expect": {…}}. What `expect` may say, all of
it optional:

- "kind": the name under which the question is counted;
- "status": the answer's status; "method": how it was found;
- "values": what the answer's values must be, in order; each a number, a name, or an object with
  some of value, unit, agency, year. "any_order": true compares them as a set;
- "citations": each an object that one citation must match: agency, year, section, table, row,
  column, page, source, and "quote" for words that its quote contains;
- "contains", "lacks": words that the answer's text must and must not have.

An agency matches when the expected name is part of the real one.
"""

import json
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from assistant.answer import Answer, citation_to_dict, ungrounded
from assistant.asking import ask
from assistant.model import Model, Turn
from ingest.errors import NianbaoError, os_reason
from vectorstore.library import Library

Expected: TypeAlias = Mapping[str, object]

TOLERANCE = 0.005  # expected values are written with two decimals


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a question set."""

    question: str
    history: tuple[Turn, ...] = ()
    expect: Expected | None = None

    @property
    def kind(self) -> str:
        """The name under which the case is counted."""
        return str((self.expect or {}).get("kind", "其他"))


@dataclass(frozen=True, slots=True)
class KindScore:
    """How many questions of one kind there were, and how many were answered right."""

    kind: str
    cases: int
    right: int


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a question set; a share is None where there was nothing to share.

    `citations_right` of `citations_expected` citations were given. `refusal_precision`: of the
    refusals, those that were due; `refusal_recall`: of those due, the ones made. `ungrounded`
    counts statements with a number that stands nowhere. Latency is in milliseconds.
    """

    cases: int
    right: int
    citations_expected: int
    citations_right: int
    refusal_precision: float | None
    refusal_recall: float | None
    ungrounded: int
    latency_p50_ms: float
    latency_p95_ms: float
    kinds: tuple[KindScore, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The answers in the order of the file, how long each took, and what they score."""

    cases: tuple[Case, ...]
    answers: tuple[Answer, ...]
    scores: Scores
    latencies_ms: tuple[float, ...] = ()


def evaluate(path: Path | str, library: Library, model: Model | None = None) -> Evaluation:
    """Every question of the set asked of the library; raises NianbaoError for a bad file."""
    cases = read_cases(Path(path))
    answers: list[Answer] = []
    latencies: list[float] = []
    for case in cases:
        start = time.perf_counter()
        answers.append(ask(case.question, library, history=case.history, model=model))
        latencies.append((time.perf_counter() - start) * 1000)
    scores = score(cases, answers, latencies)
    return Evaluation(tuple(cases), tuple(answers), scores, tuple(latencies))


def read_cases(path: Path) -> list[Case]:
    """The cases of a JSON Lines file; raises NianbaoError that names the line it cannot read."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise NianbaoError(f"题集 {path} 打不开（{os_reason(error)}）。") from error
    except UnicodeDecodeError as error:
        raise NianbaoError(f"题集 {path} 读不了：应为 UTF-8 的文本。") from error
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cases.append(_line_to_case(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise NianbaoError(
                f"题集 {path} 第{number}行不对：应为含 question 的 JSON 对象。"
            ) from error
    return cases


def _line_to_case(row: Mapping[str, object]) -> Case:
    question, history, expect = row["question"], row.get("history", []), row.get("expect")
    if not isinstance(question, str) or not isinstance(history, list):
        raise TypeError("question must be text and history a list")
    if expect is not None and not isinstance(expect, dict):
        raise TypeError("expect must be an object")
    return Case(question, tuple(Turn(t["role"], t["content"]) for t in history), expect)


def score(
    cases: Sequence[Case], answers: Sequence[Answer], latencies_ms: Sequence[float]
) -> Scores:
    """The scores of answers to cases, one by one in the same order."""
    pairs = list(zip(cases, answers, strict=True))
    expected = sum(len(_listed(case.expect, "citations")) for case in cases)
    missing = sum(len(missing_citations(case.expect, answer)) for case, answer in pairs)
    refused = [(_status(case), answer.status) for case, answer in pairs if _status(case)]
    return Scores(
        cases=len(cases),
        right=sum(is_right(case.expect, answer) for case, answer in pairs),
        citations_expected=expected,
        citations_right=expected - missing,
        refusal_precision=_share([due for due, made in refused if made == "unanswerable"]),
        refusal_recall=_share([made for due, made in refused if due == "unanswerable"]),
        ungrounded=sum(len(ungrounded(answer, case.question)) for case, answer in pairs),
        latency_p50_ms=round(statistics.median(latencies_ms), 1) if latencies_ms else 0.0,
        latency_p95_ms=round(_percentile_95(latencies_ms), 1) if latencies_ms else 0.0,
        kinds=_by_kind(pairs),
        failed=tuple(case.question for case, answer in pairs if not is_right(case.expect, answer)),
    )


def scores_to_dict(scores: Scores) -> Mapping[str, object]:
    """The scores as `nianbao eval --json` prints them."""
    return asdict(scores)


def is_right(expect: Expected | None, answer: Answer) -> bool:
    """Whether an answer is all that was expected of it."""
    if not expect:
        return True
    return (
        expect.get("status", answer.status) == answer.status
        and expect.get("method", answer.method) == answer.method
        and values_match(expect, answer)
        and not missing_citations(expect, answer)
        and all(str(words) in answer.text for words in _listed(expect, "contains"))
        and not any(str(words) in answer.text for words in _listed(expect, "lacks"))
    )


def values_match(expect: Expected, answer: Answer) -> bool:
    """Whether the answer's values are the expected ones, in order unless any order will do."""
    if "values" not in expect:
        return True
    left = [
        {"value": v.value, "unit": v.unit, "agency": v.agency, "year": v.year}
        for v in answer.values
    ]
    wanted = _listed(expect, "values")
    if len(wanted) != len(left):
        return False
    if not expect.get("any_order"):
        return all(_value_matches(w, v) for w, v in zip(wanted, left, strict=True))
    for value in wanted:
        found = next((v for v in left if _value_matches(value, v)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _value_matches(wanted: object, value: Mapping[str, object]) -> bool:
    if isinstance(wanted, dict):
        return all(_same(expected, value.get(key), key) for key, expected in wanted.items())
    return _same(wanted, value["value"], "agency" if isinstance(wanted, str) else "value")


def missing_citations(expect: Expected | None, answer: Answer) -> tuple[object, ...]:
    """The expected citations that the answer does not have."""
    given = [citation_to_dict(citation) for citation in answer.citations]
    return tuple(
        wanted
        for wanted in _listed(expect, "citations")
        if not any(_citation_matches(wanted, citation) for citation in given)
    )


def _citation_matches(wanted: object, citation: Mapping[str, object]) -> bool:
    if not isinstance(wanted, dict):
        return False
    return all(_same(expected, citation.get(key), key) for key, expected in wanted.items())


def _same(expected: object, actual: object, key: str) -> bool:
    if key in ("agency", "quote", "source") and expected is not None:
        return _bare(expected) in _bare(actual)
    numbers = (int, float)
    if isinstance(expected, numbers) and isinstance(actual, numbers):
        return abs(expected - actual) <= TOLERANCE
    return expected == actual


def _bare(text: object) -> str:
    return "".join(str(text).split())


def _listed(expect: Expected | None, key: str) -> list[object]:
    listed = (expect or {}).get(key, [])
    return listed if isinstance(listed, list) else [listed]


def _status(case: Case) -> str:
    return str((case.expect or {}).get("status", ""))


def _share(statuses: Sequence[str]) -> float | None:
    if not statuses:
        return None
    return round(sum(status == "unanswerable" for status in statuses) / len(statuses), 4)


def _percentile_95(latencies_ms: Sequence[float]) -> float:
    ordered = sorted(latencies_ms)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def _by_kind(pairs: Sequence[tuple[Case, Answer]]) -> tuple[KindScore, ...]:
    kinds = dict.fromkeys(case.kind for case, _ in pairs)
    groups = ((kind, [p for p in pairs if p[0].kind == kind]) for kind in kinds)
    return tuple(
        KindScore(kind, len(group), sum(is_right(case.expect, answer) for case, answer in group))
        for kind, group in groups
    )
