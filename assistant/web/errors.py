"""The one place where a failure becomes a sentence on the page."""

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gradio as gr

from ingest.errors import NianbaoError

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger(__name__)


def told(handler: Callable[P, R]) -> Callable[P, R]:
    """The handler with its failures shown to the user as one sentence; the log has the rest."""

    @functools.wraps(handler)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return handler(*args, **kwargs)
        except NianbaoError as error:
            raise gr.Error(str(error), title="未能完成", print_exception=False) from error
        except gr.Error:
            raise
        except Exception as error:
            logger.exception("a handler of the page failed")
            raise gr.Error(
                "程序出错，请重试；若再次出现，请把服务端记录反馈给维护者。", title="未能完成"
            ) from error

    return wrapped
