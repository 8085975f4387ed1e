"""The scores of a retrieval set as people read them: all ways side by side, the worst misses.

Pure text: what is measured, and how, stands in vectorstore/evaluation.py.
"""

from collections.abc import Iterator
from dataclasses import asdict

from vectorstore.evaluation import DEPTHS, GAIN_DEPTH, Measures, Miss, RetrievalScores, Way

_WORDINGS = {"same": "用原文的词", "other": "换了说法"}
_QUOTED = 60


def retrieval_to_markdown(scores: RetrievalScores) -> str:
    """The table of all ways, their recall by wording, and the worst misses with why."""
    return "\n".join(_lines(scores))


def retrieval_to_dict(scores: RetrievalScores) -> dict[str, object]:
    """The scores as `nianbao eval --json` prints them."""
    return asdict(scores)


def _lines(scores: RetrievalScores) -> Iterator[str]:
    yield f"{scores.cases} 个问题，{scores.chunks} 个片段。"
    yield ""
    heads = [*(f"recall@{depth}" for depth in DEPTHS), "MRR", f"nDCG@{GAIN_DEPTH}"]
    yield f"| 检索方式 | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 1) + "|"
    for way in scores.ways:
        yield f"| {way.name} | {' | '.join(_cells(way.total))} |"
    yield ""
    yield from _by_wording(scores.ways)
    for sentence in scores.missing:
        yield f"没有比较的同类方法——{sentence}（随开发依赖安装）。"
    if scores.misses:
        yield f"混合检索最差的 {len(scores.misses)} 题："
        for number, miss in enumerate(scores.misses, start=1):
            yield f"{number}. {_missed(miss)}"


def _cells(measures: Measures) -> list[str]:
    numbers = [*(measures.recall[depth] for depth in DEPTHS), measures.mrr, measures.ndcg]
    return [f"{number:.3f}" for number in numbers]


def _by_wording(ways: tuple[Way, ...]) -> Iterator[str]:
    """Recall@5 apart for questions in the words of the text and in others."""
    wordings = list(ways[0].by_wording) if ways else []
    heads = [
        f"{_WORDINGS.get(wording, wording)}（{ways[0].by_wording[wording].cases} 题）"
        for wording in wordings
    ]
    yield f"| recall@{DEPTHS[1]} | {' | '.join(heads)} |"
    yield "|---" * (len(heads) + 1) + "|"
    for way in ways:
        cells = [f"{way.by_wording[wording].recall[DEPTHS[1]]:.3f}" for wording in wordings]
        yield f"| {way.name} | {' | '.join(cells)} |"
    yield ""


def _missed(miss: Miss) -> str:
    case = miss.case
    places = "，".join(
        f"{name}{f'第{place}' if place else '未进前二十'}"
        for name, place in (
            ("混合", miss.place),
            ("关键词", miss.place_by_word),
            ("向量", miss.place_by_meaning),
        )
    )
    return (
        f"{case.question}（{case.agency}{case.year}年；{places}）：{miss.why}。"
        f"应为“{_short(miss.answer)}”，排第一的是“{_short(miss.first)}”"
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTED else f"{plain[:_QUOTED]}…"
