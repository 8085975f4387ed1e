"""Who is behind an event of the page, and what they may do; every tab asks here.

`current_user(request)` gives the name under which conversations, uploads and drafts are kept apart:
take `request: gr.Request` as a parameter of the handler and Gradio supplies it. Handlers that change
something carry `@needs(Role.EDITOR, "存入年报")` below `@told`: the role is checked in the handler
itself, through whichever door the event came, and what was done is noted in the audit log.

Files: an upload lies in a folder that only its owner can name; a file that a handler *returns*
(`gr.File`, `gr.DownloadButton`) is not served, because Gradio keeps those under an address that can
be computed from their content: send content as `downloads.download_link` does.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import gradio as gr
from gradio.context import LocalContext

from assistant.access.roles import Role
from assistant.access.visitor import LOCAL, LOCAL_NAME, Visitor

P = ParamSpec("P")
R = TypeVar("R")


def current_user(request: gr.Request | None) -> str:
    """The name of who is signed in; "本机" on a page without sign-in."""
    return visitor_of(request).name


def visitor_of(request: gr.Request | None) -> Visitor:
    """Who sent the request; the user of this machine where no sign-in stands before the page."""
    state = getattr(request.request, "state", None) if request and request.request else None
    return getattr(state, "visitor", LOCAL)


def may(request: gr.Request | None, role: Role) -> bool:
    """Whether who sent the request may do what asks for a role: to show or hide a button."""
    return visitor_of(request).may(role)


def account_to_html(request: gr.Request) -> str:
    """A link to the page of who is signed in; nothing where nobody has to sign in."""
    name = current_user(request)
    if name == LOCAL_NAME:
        return ""
    return f"<a class='nb-account' href='account'>{escape(name)}</a>"


def needs(
    role: Role, action: str = "", about: Callable[..., str] | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A handler that refuses who has not the role, and notes `action` where one is given.

    `about` takes what the handler takes, and says which report or file it is done to.
    """

    def decorate(handler: Callable[P, R]) -> Callable[P, R]:
        if inspect.isgeneratorfunction(handler):

            @functools.wraps(handler)
            def generating(*args: P.args, **kwargs: P.kwargs) -> Iterator[object]:
                _admit(role, action, about(*args, **kwargs) if about else "")
                yield from cast("Iterator[object]", handler(*args, **kwargs))

            return cast("Callable[P, R]", generating)

        @functools.wraps(handler)
        def admitted(*args: P.args, **kwargs: P.kwargs) -> R:
            _admit(role, action, about(*args, **kwargs) if about else "")
            return handler(*args, **kwargs)

        return admitted

    return decorate


def file_names(paths: Iterable[str] | None) -> str:
    """The names of uploaded files, for the log."""
    return "、".join(Path(path).name for path in paths or ())


def _admit(role: Role, action: str, detail: str) -> None:
    visitor = visitor_of(LocalContext.request.get(None))
    if not visitor.may(role):
        visitor.note("拒绝", f"{action} {detail}".strip())
        raise gr.Error(
            f"您的账号不能{action or '这样做'}，请联系管理员。",
            title="没有权限",
            print_exception=False,
        )
    if action:
        visitor.note(action, detail)
