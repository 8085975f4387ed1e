"""What reading a report costs over what the bare libraries cost, on generated files, in one run.

`python -m tests.bench.reading [--files 200]`. Parsing a five-page PDF should take at most 1.3 times
what pdfplumber's `extract_words` and `find_tables` take over the same pages; Word files and web
pages at most twice what opening and walking them with lxml takes; two workers should read many
files at least 1.7 times as fast as one. "Read" is the way to the `Layout`, "parse" the whole way to
the `Report`. Both are processor time, the medians of runs made in turn; the workers' is time by the
clock, and says little while the machine does other work.
"""

import argparse
import io
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pdfplumber
from lxml import etree, html

from ingest.batch import parse_many
from ingest.parse import parse_bytes
from ingest.readers import read
from ingest.report import Report
from tests.invented import invented_report
from tests.render_files import as_cms_page, as_docx, as_html, as_pdf
from tests.render_text import as_cells, as_markdown

PAGES = 5
_FILLER = "本机关把公开工作同数据治理一道部署、一道检查，逐项核对目录，按月通报进度，并听取意见。"


def main(arguments: Sequence[str]) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading")
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args(arguments)
    report = _long_report()
    say("what", "bare", "read", "parse", "read", "parse", "bound")
    for name, file, data, bare, bound in (
        ("PDF, five pages", "年报.pdf", as_pdf(report), bare_pdf, 1.3),
        ("Word", "年报.docx", as_docx(report), bare_docx, 2.0),
        ("web page", "年报.html", as_html(report), bare_html, 2.0),
        ("page of a government site", "年报.html", as_cms_page(report), bare_html, 2.0),
    ):
        calls = (partial(bare, data), partial(read, data, file), partial(parse_bytes, data, file))
        alone, layout, whole = compared(calls, options.runs)
        times = [f"{seconds * 1000:.1f} ms" for seconds in (alone, layout, whole)]
        say(name, *times, f"{layout / alone:.2f}", f"{whole / alone:.2f}", bound)
    one, two, peak = batches(options.files)
    say(
        f"{options.files} files, 1 | 2 workers",
        f"{one:.1f} s",
        f"{two:.1f} s",
        f"{one / two:.2f}",
        1.7,
    )
    say("peak memory of a worker", "", f"{peak / 1024:.0f} MiB", "", "")


def say(*cells: object) -> None:
    """One line of the table."""
    first, *rest = map(str, cells)
    sys.stdout.write(f"{first:<30}" + "".join(f"{cell:>10}" for cell in rest) + "\n")


def compared(calls: Sequence[Callable[[], object]], runs: int) -> list[float]:
    """The median processor seconds of calls made in turn."""
    taken: list[list[float]] = [[] for _ in calls]
    for run in range(runs + 1):
        for call, times in zip(calls, taken, strict=True):
            start = time.process_time()
            call()
            if run:
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
    count = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                tree = etree.fromstring(package.read(name))
                count += sum(len(element.text or "") for element in tree.iter())
    return count


def bare_html(data: bytes) -> int:
    """The page parsed and walked."""
    return sum(len(element.text or "") for element in html.fromstring(data).iter())


def batches(count: int) -> tuple[float, float, int]:
    """Seconds to read `count` mixed files with one worker and with two, and peak KiB of a worker."""
    import resource

    with tempfile.TemporaryDirectory(prefix="nianbao-bench-") as folder:
        paths = list(_files(Path(folder), count))
        seconds = []
        for workers in (1, 2):
            start = time.perf_counter()
            failed = [parsed.path for parsed in parse_many(paths, workers) if parsed.error]
            seconds.append(time.perf_counter() - start)
            assert not failed, failed
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return seconds[0], seconds[1], peak


def _files(folder: Path, count: int) -> Iterator[Path]:
    renderers: dict[str, Callable[[Report], bytes | str]] = {
        "pdf": as_pdf,
        "docx": as_docx,
        "html": as_html,
        "txt": as_cells,
        "md": as_markdown,
    }
    for number in range(count):
        suffix, render = list(renderers.items())[number % len(renderers)]
        content = render(invented_report(seed=number))
        path = folder / f"{number}.{suffix}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        yield path


def _long_report() -> Report:
    """A report that fills five pages when it is printed."""
    paragraphs = 1
    while True:
        text = "\n".join(f"第{n}项：{_FILLER * 3}" for n in range(paragraphs))
        report = invented_report(sections={1: text})
        with pdfplumber.open(io.BytesIO(as_pdf(report))) as pdf:
            if len(pdf.pages) >= PAGES:
                return report
        paragraphs += 1


if __name__ == "__main__":
    main(sys.argv[1:])
