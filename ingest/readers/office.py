""".doc, .wps, .rtf, .odt → Layout, by having LibreOffice write a DOCX of it.

LibreOffice is optional. It runs with a profile of its own in a temporary folder, which also keeps
its macros off, and ends with the worker that started it. A Word document written as one XML file
needs none of this.
"""

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path, PurePath

from ingest.errors import UnreadableFile
from ingest.readers import word
from ingest.readers.layout import Layout
from ingest.readers.word_flat import is_flat_package, zipped

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 60
# LibreOffice maps more than the parser's own limit before it reads a byte.
_MEMORY = 4 * 1024**3


def read(data: bytes, name: str) -> Layout:
    """The layout of an office document other than DOCX.

    Raises UnreadableFile, also when LibreOffice is not installed: the message then says so.
    """
    if is_flat_package(data):
        return word.read(zipped(data, name), name)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableFile(
            f"《{name}》是旧版 Word、WPS、RTF 或 ODT 文档，需要 LibreOffice 才能读取。"
            "请安装 libreoffice-writer，或用 Word、WPS 另存为 .docx 后再试。"
        )
    return word.read(_convert(program, data, name), name)


def _convert(program: str, data: bytes, name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        suffix = PurePath(name).suffix.lower()
        source = Path(folder, f"report{suffix if suffix.isascii() else ''}")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            f"{folder}/out",
            str(source),
        ]
        try:
            subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=True,
                preexec_fn=_widen_limits,
            )
            return Path(folder, "out", f"{source.stem}.docx").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise UnreadableFile(
                f"《{name}》无法由 LibreOffice 转换，可能已损坏或有密码。"
                "请用 Word 或 WPS 另存为 .docx 后再试。"
            ) from error


def _widen_limits() -> None:
    """Lift what is set for readers: a fresh LibreOffice takes more, and has a deadline of its own."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    memory = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (memory, hard))
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
