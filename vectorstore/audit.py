"""Does a vector store still find what was put into it? Asked from a child process.

A damaged store opens silently and finds a twentieth of its vectors, or ends the process that opens
it; its own count says nothing about either. So a child opens it first and looks for a sample of
vectors under their own numbers. A child that dies has answered too.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from vectorstore.embedding import Vectors
from vectorstore.neighbours import Neighbours, open_neighbours

# Faults measured on Chroma 1.5: an intact store finds every one, a truncated one 5 of 100.
SAMPLE = 200
ENOUGH = 0.98

# Opening a million vectors takes seconds; a store that takes minutes is not to be waited for.
LONGEST_S = 120

# Boilerplate sentences are word for word the same in many reports, and so are their vectors: any
# of the equals is the right answer.
_NEIGHBOURS = 5
_SAME = 1e-3


def passes_audit(folder: Path, ids: list[int], vectors: Vectors) -> bool:
    """Whether a child process opens the store and finds these vectors under their numbers."""
    if not ids:
        return True
    package = str(Path(__file__).parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    with tempfile.TemporaryDirectory(prefix="nianbao-") as place:
        sample = Path(place) / "sample.npz"
        np.savez(sample, ids=np.asarray(ids), vectors=vectors)
        try:
            child = subprocess.run(
                [sys.executable, "-m", "vectorstore.audit", str(folder), str(sample)],
                capture_output=True,
                timeout=LONGEST_S,
                check=False,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
            return child.returncode == 0 and json.loads(child.stdout)["found"] >= ENOUGH * len(ids)
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return False


def answers_well(neighbours: Neighbours, ids: list[int], vectors: Vectors) -> bool:
    """Whether an open store, one that cannot end this process, finds these vectors."""
    return not ids or count_found(neighbours, ids, vectors) >= ENOUGH * len(ids)


def count_found(neighbours: Neighbours, ids: list[int], vectors: Vectors) -> int:
    """How many of these vectors the store finds under their numbers, or under equal ones."""
    answers = neighbours.nearest(vectors, _NEIGHBOURS)
    return sum(
        any(number == own or similarity > 1 - _SAME for number, similarity in answer)
        for own, answer in zip(ids, answers, strict=True)
    )


def main(folder: str, sample: str) -> None:
    """The child: prints how many of the sample were found."""
    with np.load(sample) as stored:
        ids, vectors = stored["ids"].tolist(), stored["vectors"]
    neighbours = open_neighbours(Path(folder))
    found = count_found(neighbours, ids, vectors)
    neighbours.close()
    sys.stdout.write(json.dumps({"found": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])
