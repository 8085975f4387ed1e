"""Settings → what the program works with: the library, the model, the limits of parsing.

The one place that knows which setting goes where; the command line and the page both open here.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.model import Model
    from ingest.sandbox import Limits
    from vectorstore.library import Library


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
        cpu_seconds=settings.parse_seconds,
        file_bytes=settings.max_megabytes * 1024 * 1024,
    )
