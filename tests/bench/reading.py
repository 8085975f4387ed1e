"""What reading a report costs over what the bare libraries cost, on generated files, in one run.

`python -m tests.bench.reading [--documents 9]`. Parsing a five-page PDF should take at most 1.3 times
what pdfplumber's `extract_words` and `find_tables` take over the same pages; Word files and web
pages at most twice what opening and walking them with lxml takes, every element with its attributes
and texts. "Read" is the way to the `Layout`, "parse" the whole way to
the `Report`. Both are processor time, the medians over documents of one length, no two of them alike,
each read once in every way: what a process remembers of one document is no gain on the next. How
long many files take with one worker and with two is measured by `tests.bench.batch`.
"""

import argparse
import io
import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import partial

import pdfplumber
from lxml import etree, html

from ingest.parse import parse_bytes
from ingest.readers import read
from ingest.report import Report
from tests.invented import invented_report
from tests.render_files import as_cms_page, as_docx, as_html, as_pdf

PAGES = 5
_FILLER = (
    "本机关把公开工作同数据治理一道部署、一道检查，逐项核对目录{}遍，按月通报进度，并听取意见。"
)


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading")
    parser.add_argument("--documents", type=int, default=9)
    options = parser.parse_args(arguments)
    reports = [_long_report(seed) for seed in range(options.documents + 1)]
    say("what", "bare", "read", "parse", "read", "parse", "bound")
    for name, file, render, bare, bound in (
        ("PDF, five pages", "年报.pdf", as_pdf, bare_pdf, 1.3),
        ("Word", "年报.docx", as_docx, bare_docx, 2.0),
        ("web page", "年报.html", as_html, bare_html, 2.0),
        ("page of a government site", "年报.html", as_cms_page, bare_html, 2.0),
    ):
        ways = (bare, partial(read, name=file), partial(parse_bytes, name=file))
        alone, layout, whole = compared(ways, [render(report) for report in reports])
        times = [f"{seconds * 1000:.1f} ms" for seconds in (alone, layout, whole)]
        say(name, *times, f"{layout / alone:.2f}", f"{whole / alone:.2f}", bound)


def say(*cells: object) -> None:
    """One line of the table."""
    first, *rest = map(str, cells)
    sys.stdout.write(f"{first:<30}" + "".join(f"{cell:>10}" for cell in rest) + "\n")


def compared(ways: Sequence[Callable[[bytes], object]], documents: Sequence[bytes]) -> list[float]:
    """The median processor seconds of each way to read; the first document only warms up."""
    taken: list[list[float]] = [[] for _ in ways]
    for number, data in enumerate(documents):
        for way, times in zip(ways, taken, strict=True):
            start = time.process_time()
            way(data)
            if number:
                times.append(time.process_time() - start)
    return [statistics.median(times) for times in taken]


def bare_pdf(data: bytes) -> int:
    """Words and tables of every page, as pdfplumber gives them."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        found = sum(len(page.extract_words()) + len(page.find_tables()) for page in pdf.pages)
        assert len(pdf.pages) == PAGES
    return found


def bare_docx(data: bytes) -> int:
    """Every part of the file that is XML, parsed and walked."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return sum(
            walked(etree.fromstring(package.read(name)))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        )


def bare_html(data: bytes) -> int:
    """The page parsed and walked."""
    return walked(html.fromstring(data))


def walked(root: etree._Element) -> int:
    """Characters in the tree: of every element its attributes, its text and the text behind it.

    A walk that looks at less loses the spans of cells and all text that follows an inline element.
    """
    count = 0
    for element in root.iter():
        count += len(element.text or "") + len(element.tail or "")
        count += sum(len(name) + len(value) for name, value in element.items())
    return count


def _long_report(seed: int) -> Report:
    """A report that fills five pages when it is printed; no sentence stands in that of another seed."""
    paragraphs = 1
    while True:
        text = "\n".join(
            f"第{number}项：{_FILLER.format(10 * number + seed)}"
            f"{_FILLER.format(100 + number + seed)}{_FILLER.format(200 + number * seed)}"
            for number in range(paragraphs)
        )
        report = invented_report(seed=seed, sections={1: text})
        with pdfplumber.open(io.BytesIO(as_pdf(report))) as pdf:
            if len(pdf.pages) >= PAGES:
                return report
        paragraphs += 1


if __name__ == "__main__":
    main(sys.argv[1:])
