"""The one place where a failure becomes a sentence on the page."""

import functools
import inspect
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar, cast

import gradio as gr

from ingest.errors import NianbaoError

P = ParamSpec("P")
R = TypeVar("R")

logger = logging.getLogger(__name__)


def told(handler: Callable[P, R]) -> Callable[P, R]:
    """The handler with its failures shown to the user as one sentence; the log has the rest.

    A handler that yields is told of as well as one that returns.
    """
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def yielding(*args: P.args, **kwargs: P.kwargs) -> Iterator[object]:
            with _failures_told():
                yield from cast("Iterator[object]", handler(*args, **kwargs))

        return cast("Callable[P, R]", yielding)

    @functools.wraps(handler)
    def returning(*args: P.args, **kwargs: P.kwargs) -> R:
        with _failures_told():
            return handler(*args, **kwargs)

    return returning


def asked_wrongly(sentence: str, title: str) -> gr.Error:
    """What a handler raises when something is missing that only the user can give."""
    return gr.Error(sentence, title=title, print_exception=False)


@contextmanager
def _failures_told() -> Iterator[None]:
    try:
        yield
    except NianbaoError as error:
        raise gr.Error(str(error), title="未能完成", print_exception=False) from error
    except gr.Error:
        raise
    except Exception as error:
        logger.exception("a handler of the page failed")
        raise gr.Error(
            "程序出错，请重试；若再次出现，请把服务端记录反馈给维护者。", title="未能完成"
        ) from error
