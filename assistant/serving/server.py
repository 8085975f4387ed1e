"""`nianbao serve`: opens the library, makes the application, and runs it until interrupted."""

import logging
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import uvicorn

from assistant.opening import open_library, open_model
from assistant.settings import Settings
from ingest import samples
from vectorstore.library import Library

# Streams that stay open count; beyond these the answer is 503 at once.
_MOST_CONNECTIONS = 2_000
# Open pages hold streams that never end by themselves.
_GRACE_S = 3


def serve(settings: Settings, *, host: str, port: int, with_samples: bool = False) -> None:
    """Serves the page and the doors until interrupted; `with_samples` fills an empty library first.

    Raises NianbaoError when the library cannot be used, or others could reach a page without accounts.
    """
    from assistant.serving.application import Place, accounts_for, application

    # Before the libraries of the doors set up logging in their own way, for everything.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    accounts_for(settings, host)
    with (
        open_library(settings, _say) as library,
        tempfile.TemporaryDirectory(prefix="nianbao-page-", ignore_cleanup_errors=True) as folder,
    ):
        if with_samples:
            _fill(library, settings)
        _prepare_gradio(folder)
        place = Place(host, port, Path(folder).resolve())
        app = application(library, settings, open_model(settings), place)
        _say(f"网页已就绪：http://{host}:{port}{settings.root_path}（按 Ctrl+C 结束）")
        uvicorn.run(
            app,
            host=host,
            port=port,
            log_level="warning",
            proxy_headers=True,
            forwarded_allow_ips=settings.proxies,
            server_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=_GRACE_S,
        )


def _prepare_gradio(folder: str) -> None:
    """Sets what Gradio reads where it makes its components and its queue."""
    os.environ["GRADIO_TEMP_DIR"] = folder
    # After each event it would sum up all events so far, with pandas, for a page that is shut here:
    # twice the time of a look-up.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = "1000000000"
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    if find_spec("matplotlib") is None:
        # Around each handler it looks for this on the whole path; None says at once that it is not.
        sys.modules["matplotlib"] = None  # type: ignore[assignment]


def _fill(library: Library, settings: Settings) -> None:
    if library.entries():
        return
    _say("资料库是空的，先存入随附的示例年报……")
    for item in library.ingest(samples.paths(), workers=settings.workers):
        _say(item.message)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
