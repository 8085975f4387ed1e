"""`make eval`: the question sets asked of the reports they are about, and their scores.

samples52.jsonl and heldout_real.jsonl ask about real published reports and are left out where these
are not present; every other set asks about the invented samples that ship with the program. What
they come to together stands at the end, by kind.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from assistant.evaluation import Evaluation, Scores, evaluate, score
from assistant.render import scores_to_markdown
from ingest import samples
from tests.conftest import REAL_REPORTS
from tests.hash_embedder import HashEmbedder
from vectorstore.library import Library

QUESTIONS = Path(__file__).parent / "questions"
_STUDIED = (
    *("xuecheng-2023.txt", "zhaoyuan-2023.txt", "jiangle-2023.txt", "boshan-2021.txt"),
    "weidong-2024.txt",
)
# Which published files a set asks about: another file would change its sums.
REAL_FILES: Mapping[str, tuple[str, ...]] = {
    "samples52": _STUDIED,
    "heldout_real": (
        *_STUDIED,
        *("hongze-2023.pdf", "shanghai-office-2019.html", "shuyang-fgj-2023.html"),
    ),
}


def reports_for(questions: Path) -> list[Path]:
    """The reports that a set asks about; empty where they are not on this machine."""
    names = REAL_FILES.get(questions.stem)
    if names is None:
        return list(samples.paths())
    return [REAL_REPORTS / name for name in names] if REAL_REPORTS.is_dir() else []


def evaluate_over(questions: Path, reports: Sequence[Path], folder: Path) -> Evaluation:
    """The set asked of a library of these reports, made new in `folder`."""
    with Library(folder, embedder=HashEmbedder()) as library:
        for report in reports:
            library.add(report)
        return evaluate(questions, library)


def main() -> None:
    """Print the scores of every set that can be asked here, and of all together."""
    evaluations = []
    with ExitStack() as opened:
        libraries: dict[tuple[Path, ...], Library] = {}
        for questions in sorted(QUESTIONS.glob("*.jsonl")):
            reports = tuple(reports_for(questions))
            if not reports:
                sys.stdout.write(f"## {questions.name}：真实年报样本不在本机，略过。\n\n")
                continue
            if reports not in libraries:
                libraries[reports] = _library(reports, opened)
            evaluation = evaluate(questions, libraries[reports])
            evaluations.append(evaluation)
            scores = scores_to_markdown(evaluation.scores)
            sys.stdout.write(f"## {questions.name}\n\n{scores}\n\n")
    sys.stdout.write(f"## 全部题集\n\n{scores_to_markdown(_together(evaluations))}\n")


def _library(reports: Sequence[Path], opened: ExitStack) -> Library:
    """A new library of these reports, gone when `opened` closes."""
    folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
    library = opened.enter_context(Library(folder, embedder=HashEmbedder()))
    for report in reports:
        library.add(report)
    return library


def _together(evaluations: Sequence[Evaluation]) -> Scores:
    return score(
        [case for e in evaluations for case in e.cases],
        [answer for e in evaluations for answer in e.answers],
        [latency for e in evaluations for latency in e.latencies_ms],
    )


if __name__ == "__main__":
    main()
