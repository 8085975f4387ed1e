"""Signing in and out: a page of our own, without script or foreign parts, and its two routes.

A wrong name and a wrong password are answered alike and take the same time. Five wrong passwords a
minute for an account from one address, then it is to wait; the address and the account have wider
bounds of their own against guessing over many accounts, or from many addresses.
"""

from collections.abc import Hashable, Sequence
from html import escape
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.access.accounts import Account, Accounts, plain_name
from assistant.access.attempts import Attempts
from assistant.access.roles import MEANINGS
from assistant.access.visitor import Visitor
from assistant.serving.identity import COOKIE, Identity, address_of, network_of

WRONG_A_MINUTE = 5
_WRONG_FROM_ADDRESS = 20
_WRONG_FOR_ACCOUNT = 30
# scrypt takes 32 MB and a core: whoever sends many passwords must not take all of both.
_AT_ONCE = 2

_STYLE = """
:root { color-scheme: light dark; --ink: #1e293b; --paper: #f8fafc; --card: #fff; --line: #cbd5e1;
  --blue: #1d4ed8; --bad: #b91c1c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e2e8f0; --paper: #0f172a; --card: #1e293b;
  --line: #475569; --blue: #3b6fe0; --bad: #fca5a5; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper);
  color: var(--ink); font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { width: min(24rem, 92vw); padding: 2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; } p { margin: 0 0 1rem; }
label { display: block; margin: .75rem 0 .25rem; }
input { width: 100%; padding: .6rem; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: 6px; }
button { width: 100%; margin-top: 1.25rem; padding: .65rem; font: inherit; color: #fff;
  background: var(--blue); border: 0; border-radius: 6px; cursor: pointer; }
:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.bad { color: var(--bad); } a { color: var(--blue); }
"""


class SignIn:
    """Names and passwords against the accounts, with guesses held back."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._pair = Attempts(WRONG_A_MINUTE)
        self._address = Attempts(_WRONG_FROM_ADDRESS)
        self._account = Attempts(_WRONG_FOR_ACCOUNT)
        self._verifying = CapacityLimiter(_AT_ONCE)

    def wait(self, name: str, address: str) -> float:
        """Seconds until a password may be tried for this account from this address."""
        return max(attempts.wait(key) for attempts, key in self._counted(name, address))

    async def account(self, name: str, password: str, address: str) -> Account | None:
        """The account whose password this is; a wrong one is counted before it is tried.

        Counting first keeps many guesses sent at once from passing together.
        """
        counted = self._counted(name, address)
        for attempts, key in counted:
            attempts.add(key)
        account = await to_thread.run_sync(
            self._accounts.with_password, name, password, limiter=self._verifying
        )
        for attempts, key in counted if account else ():
            attempts.take_back(key)
        return account

    def _counted(self, name: str, address: str) -> Sequence[tuple[Attempts, Hashable]]:
        network = network_of(address)
        return (
            (self._pair, (name, network)),
            (self._address, network),
            (self._account, name),
        )


def sign_in_routes(identity: Identity) -> APIRouter:
    """The sign-in page and its form, and signing out."""
    router = APIRouter(include_in_schema=False)
    desk = SignIn(identity.accounts) if identity.accounts else None

    @router.get("/signin")
    def show(request: Request, next: str = "") -> Response:
        if desk is None or identity.visitor(request):
            return RedirectResponse(_local(request, next), 303)
        return _page(sign_in_form(next, ""))

    @router.post("/signin")
    async def sign_in(
        request: Request,
        name: Annotated[str, Form(max_length=200)] = "",
        password: Annotated[str, Form(max_length=500)] = "",
        next: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:
        if desk is None:
            return RedirectResponse(_local(request, next), 303)
        name, address = plain_name(name), address_of(request)
        wait = desk.wait(name, address)
        if wait > 0:
            identity.audit.write(name, "登录", detail="尝试过多，未验密码", address=address)
            sentence = f"输错次数过多，请 {int(wait) + 1} 秒后再试。"
            answer = _page(sign_in_form(next, sentence), 429)
            answer.headers["retry-after"] = str(int(wait) + 1)
            return answer
        account = await desk.account(name, password, address)
        if account is None:
            identity.audit.write(name, "登录", detail="账号或密码不对", address=address)
            return _page(sign_in_form(next, "账号或密码不对，请重新输入。"), 401)
        identity.audit.write(account.name, "登录", address=address)
        # A cookie that was there before is of no use to whoever put it there.
        identity.sessions.end(request.cookies.get(COOKIE, ""))
        return _signed_in(request, identity.sessions.begin(account), next)

    @router.get("/account")
    def account(request: Request) -> Response:
        return _page(account_card(request.state.visitor, has_accounts=desk is not None))

    @router.post("/signout")
    def sign_out(request: Request) -> Response:
        identity.sessions.end(request.cookies.get(COOKIE, ""))
        request.state.visitor.note("退出登录")
        answer = RedirectResponse(_root(request) + "/signin", 303)
        answer.delete_cookie(COOKIE, path=_root(request) or "/")
        return answer

    return router


def sign_in_form(target: str, wrong: str) -> str:
    """The card with the form; `wrong` says what was wrong with the last attempt."""
    said = f"<p class='bad' role='alert'>{escape(wrong)}</p>" if wrong else ""
    return (
        "<h1>年报助手</h1><p>请登录后使用。</p>"
        f"{said}<form method='post' action='signin'>"
        f"<input type='hidden' name='next' value='{escape(target)}'>"
        "<label for='name'>账号</label>"
        "<input id='name' name='name' autocomplete='username' required autofocus>"
        "<label for='password'>密码</label><input id='password' name='password' type='password' "
        "autocomplete='current-password' required>"
        "<button type='submit'>登录</button></form>"
        "<p style='margin:1rem 0 0'><small>没有账号或忘了密码，请联系管理员。</small></p>"
    )


def account_card(visitor: Visitor, *, has_accounts: bool) -> str:
    """The card that says who is signed in, what they may do, and lets them sign out."""
    leave = (
        "<form method='post' action='signout'><button type='submit'>退出登录</button></form>"
        if has_accounts
        else "<p>这个网页只供本机使用，不须登录。</p>"
    )
    return (
        f"<h1>{escape(visitor.name)}</h1><p>可以：{escape(MEANINGS[visitor.role])}。</p>{leave}"
        "<p style='margin:1rem 0 0'><a href='./'>返回年报助手</a></p>"
    )


def _page(card: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        "<!doctype html><html lang='zh-CN'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>年报助手</title><style>{_STYLE}</style></head><body><main>{card}</main></body></html>",
        status,
        {"cache-control": "no-store"},
    )


def _signed_in(request: Request, cookie: str, target: str) -> Response:
    answer = RedirectResponse(_local(request, target), 303)
    answer.set_cookie(
        COOKIE,
        cookie,
        path=_root(request) or "/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")).rstrip("/")


def _local(request: Request, target: str) -> str:
    """Where to go after signing in: a place of this page only, never another host."""
    is_ours = target.startswith("/") and not target.startswith(("//", "/\\"))
    return _root(request) + (target if is_ours and target.isprintable() else "/")
