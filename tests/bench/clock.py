"""How long calls take: percentiles of many, and their ratios beside what they may be."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Times:
    """Percentiles of one call's time, in milliseconds."""

    p50: float
    p95: float

    def __str__(self) -> str:
        return f"p50 {self.p50:9.3f} ms   p95 {self.p95:9.3f} ms"


def timed(
    calls: Sequence[Callable[[], object]],
    *,
    warm: int = 3,
    clock: Callable[[], float] = time.perf_counter,
) -> Times:
    """The times of these calls, one after the other; the first `warm` are made once before.

    `clock` tells seconds: on a machine that does other work, `time.process_time` says what a call
    costs where the clock on the wall says how long others were let go before it.
    """
    for call in calls[:warm]:
        call()
    taken = []
    for call in calls:
        start = clock()
        call()
        taken.append(1000 * (clock() - start))
    return Times(float(np.percentile(taken, 50)), float(np.percentile(taken, 95)))


def least(calls: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The least processor time of each call in milliseconds, the calls made in turn.

    Other work on the machine can only add to what a call costs, and adds to all of them alike.
    """
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, times in zip(calls, taken, strict=True):
            start = time.process_time()
            call()
            times.append(1000 * (time.process_time() - start))
    return [min(times) for times in taken]


def bound(label: str, ratio: float, most: float) -> None:
    """One ratio beside what it may be."""
    say(f"{label:42} {ratio:7.2f}   at most {most:g}   {'ok' if ratio <= most else 'MISSED'}")


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
