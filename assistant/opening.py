"""Settings → what the program works with: the library, the model, the limits of parsing.

The one place that knows which setting goes where; the command line and the page both open here.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.settings import Settings
from ingest.errors import UnreadableFile, os_reason

if TYPE_CHECKING:
    from assistant.access.accounts import Accounts
    from assistant.model import Model
    from ingest.report import Report
    from ingest.sandbox import Limits
    from vectorstore.library import Library

# The value of NIANBAO_AUTH that asks for no sign-in.
NO_AUTH = "off"
# A file that hangs its reader is given up after this part of the time that a scan may take.
_READING_SHARE = 5


def open_library(settings: Settings, notify: Callable[[str], None]) -> "Library":
    """The library in the data directory; `notify` is told, in a line each, what takes time."""
    from vectorstore.embedding import load_embedder
    from vectorstore.library import Library

    return Library(
        settings.data,
        database_url=settings.database,
        embedder=load_embedder(settings.embedding) if settings.embedding else None,
        notify=notify,
        limits=parse_limits(settings),
        chroma_url=settings.chroma,
    )


def open_accounts(settings: Settings) -> "Accounts | None":
    """The accounts to sign in with, maybe none yet; None where the settings ask for no sign-in."""
    from assistant.access.accounts import FILE_NAME, Accounts

    if settings.auth and settings.auth.lower() == NO_AUTH:
        return None
    return Accounts(Path(settings.auth) if settings.auth else settings.data / FILE_NAME)


def open_model(settings: Settings) -> "Model | None":
    """The language model that is configured, None when there is none."""
    if not settings.model:
        return None
    from assistant.model import load_model

    key = settings.api_key.get_secret_value() if settings.api_key else ""
    return load_model(settings.model, settings.base_url or "", key, settings.timeout)


def parse_limits(settings: Settings) -> "Limits":
    """What parsing one file may cost."""
    from ingest.sandbox import Limits

    return Limits(
        wall_seconds=settings.parse_seconds,
        cpu_seconds=max(1, settings.parse_seconds // _READING_SHARE),
        file_bytes=settings.max_megabytes * 1024 * 1024,
    )


def open_report(path: Path, settings: Settings) -> "Report":
    """The report in a file of any kind that is read, or in the JSON that `nianbao parse` prints.

    Raises what parsing raises, and UnreadableFile for JSON of another shape.
    """
    from ingest.report_json import report_from_dict
    from ingest.sandbox import parse_safely

    if path.suffix.lower() != ".json":
        return parse_safely(path, parse_limits(settings))
    try:
        return report_from_dict(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise UnreadableFile(f"{path.name}：打不开（{os_reason(error)}）。") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(
            f"{path.name}：不是 nianbao parse --json 输出的年报，请重新导出。"
        ) from error
