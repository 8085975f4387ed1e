"""`make eval`: the question sets asked of the reports they are about, and their scores.

samples52.jsonl asks about real published reports and is left out where these are not present;
every other set asks about the invented samples that ship with the program.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.evaluation import Evaluation, evaluate
from assistant.render import scores_to_markdown
from ingest import samples
from tests.conftest import REAL_REPORTS
from tests.hash_embedder import HashEmbedder
from vectorstore.library import Library

QUESTIONS = Path(__file__).parent / "questions"
REAL_SET = QUESTIONS / "samples52.jsonl"
# The five text samples that domain.md studies; the other published files would change sums.
REAL_FILES = ("xuecheng-2023", "zhaoyuan-2023", "jiangle-2023", "boshan-2021", "weidong-2024")


def real_paths() -> list[Path]:
    """The published reports that the set of 52 asks about."""
    return [REAL_REPORTS / f"{name}.txt" for name in REAL_FILES]


def evaluate_over(questions: Path, reports: Sequence[Path], folder: Path) -> Evaluation:
    """The set asked of a library of these reports, made new in `folder`."""
    with Library(folder, embedder=HashEmbedder()) as library:
        for report in reports:
            library.add(report)
        return evaluate(questions, library)


def main() -> None:
    """Print the scores of every set that can be asked here."""
    for questions in sorted(QUESTIONS.glob("*.jsonl")):
        if questions == REAL_SET and not REAL_REPORTS.is_dir():
            sys.stdout.write(f"## {questions.name}：真实年报样本不在本机，略过。\n\n")
            continue
        reports = real_paths() if questions == REAL_SET else samples.paths()
        with tempfile.TemporaryDirectory() as folder:
            evaluation = evaluate_over(questions, reports, Path(folder))
        sys.stdout.write(f"## {questions.name}\n\n{scores_to_markdown(evaluation.scores)}\n\n")


if __name__ == "__main__":
    main()
