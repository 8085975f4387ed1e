"""The recogniser behind one seam: Tesseract, a program of its own, run once for each picture.

Knows its command line and its output and nothing of pages. Nothing is written to disk: pictures go
in on its standard input. It may be missing; whoever asks is told what to install.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Literal, TypeAlias

from ingest.readers.page_image import DPI, Gray

Script: TypeAlias = Literal["chinese", "digits"]

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"
"""What a person on Debian types to have pictures recognised."""

# Its English model tells digits apart far better than its Chinese one.
_LANGUAGES: dict[Script, str] = {"chinese": "chi_sim", "digits": "eng"}
_LINE_OR_CHARACTER = re.compile(
    r"<span class='ocr_(?:line|caption|header|textfloat)'[^>]*?bbox \d+ (?P<top>\d+) \d+ "
    r"(?P<bottom>\d+)|<span class='ocrx_cinfo' title='x_bboxes (?P<left>\d+) \d+ (?P<right>\d+) "
    r"\d+; x_conf (?P<sure>[\d.]+)'>(?P<text>[^<]*)</span>"
)


_TURN = re.compile(r"Rotate: (?P<turn>\d+)\s+Orientation confidence: (?P<sure>[\d.]+)")
# Pages of few words are told by less than this, and as often wrong as right.
_SURE_OF_TURN = 1.5


class RecogniserFailed(Exception):
    """The program ended with an error or was too slow; what it was given stays unread."""


@dataclass(frozen=True, slots=True)
class Character:
    """A recognised character; as tall as its line, in pixels. `sure` is 0 to 100."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float


@cache
def is_installed() -> bool:
    """Whether the program and both of its models are on this machine."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return False
    return set(_LANGUAGES.values()) <= set(listed.stdout.decode("utf-8", "replace").split())


def recognise(gray: Gray, script: Script, *, mode: int, seconds: float) -> list[Character]:
    """The characters in a picture, in reading order. `mode` is the program's segmentation mode.

    Raises RecogniserFailed.
    """
    command = ["tesseract", "stdin", "stdout", "-l", _LANGUAGES[script], "--psm", str(mode)]
    command += ["--dpi", str(DPI), "-c", "hocr_char_boxes=1", "hocr"]
    return _characters(_run(command, gray, seconds))


def clockwise_turn(gray: Gray, *, seconds: float) -> int:
    """By how many degrees a picture must be turned clockwise to be upright: 0, 90, 180 or 270.

    0 also where the program cannot tell. The picture has half as many pixels to the inch as others.
    """
    command = ["tesseract", "stdin", "stdout", "-l", "osd", "--psm", "0", "--dpi", str(DPI // 2)]
    try:
        said = _run(command, gray, seconds)
    except RecogniserFailed:
        return 0
    match = _TURN.search(said)
    return int(match["turn"]) if match and float(match["sure"]) >= _SURE_OF_TURN else 0


def _run(command: Sequence[str], gray: Gray, seconds: float) -> str:
    height, width = gray.shape
    try:
        done = subprocess.run(
            command,
            input=b"P5 %d %d 255\n" % (width, height) + gray.tobytes(),
            capture_output=True,
            timeout=max(seconds, 0.1),
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise RecogniserFailed from error
    return done.stdout.decode("utf-8", "replace")


def _characters(hocr: str) -> list[Character]:
    found: list[Character] = []
    top = bottom = 0
    for match in _LINE_OR_CHARACTER.finditer(hocr):
        if match["top"]:
            top, bottom = int(match["top"]), int(match["bottom"])
            continue
        text = unescape(match["text"]).strip()
        if text:
            left, right = int(match["left"]), int(match["right"])
            found.append(Character(text, left, top, right, bottom, float(match["sure"])))
    return found
