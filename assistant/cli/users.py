"""`nianbao users …`: the accounts that may sign in, and the tokens of programs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.access.accounts import Accounts
from assistant.access.audit import AuditLog
from assistant.access.roles import MEANINGS, Role
from assistant.cli.application import Data, Json, app, notify, settings_for, show
from assistant.opening import open_accounts
from ingest.errors import NianbaoError

users = typer.Typer(help="管理账号：谁可以登录网页，谁可以用接口。", no_args_is_help=True)
app.add_typer(users, name="users")

Name = Annotated[str, typer.Argument(metavar="账号", help="账号名，可用中文", show_default=False)]
# Who changes accounts here has a shell on this machine; the log says so.
_BY = "命令行"


@users.command()
def add(
    name: Name,
    role: Annotated[
        Role, typer.Option(help="；".join(f"{r}：{meaning}" for r, meaning in MEANINGS.items()))
    ] = Role.READER,
    data: Data = None,
) -> None:
    """新建账号；密码从键盘（或标准输入的第一行）读入，没有默认密码。"""
    accounts, audit = _open(data)
    account = accounts.add(name, role, _new_password())
    audit.write(_BY, "新建账号", detail=f"{account.name}（{role}）")
    notify(f"已建立账号“{account.name}”（{role}：{MEANINGS[role]}）。")


@users.command("list")
def list_users(as_json: Json = False, data: Data = None) -> None:
    """列出账号、角色和令牌的数目。"""
    accounts, _ = _open(data)
    rows = [
        {"name": account.name, "role": account.role.value, "tokens": len(account.tokens)}
        for account in accounts.all()
    ]
    if as_json:
        show(rows)
    elif rows:
        show("\n".join(f"{row['name']}\t{row['role']}\t令牌 {row['tokens']} 个" for row in rows))
    else:
        notify("还没有账号；用 nianbao users add 姓名 --role admin 建立第一个。")


@users.command()
def password(name: Name, data: Data = None) -> None:
    """给账号换密码；它已登录的地方须重新登录。"""
    accounts, audit = _open(data)
    _must_exist(accounts, name)
    accounts.set_password(name, _new_password())
    audit.write(_BY, "换密码", detail=name)
    notify(f"“{name}”的密码已换。")


@users.command()
def role(
    name: Name,
    role: Annotated[Role, typer.Argument(metavar="角色", help="新的角色")],
    data: Data = None,
) -> None:
    """给账号换角色，立即生效。"""
    accounts, audit = _open(data)
    accounts.set_role(name, role)
    audit.write(_BY, "换角色", detail=f"{name}（{role}）")
    notify(f"“{name}”现在是 {role}：{MEANINGS[role]}。")


@users.command()
def remove(name: Name, data: Data = None) -> None:
    """删去账号，它的登录和令牌一并失效。"""
    accounts, audit = _open(data)
    accounts.remove(name)
    audit.write(_BY, "删去账号", detail=name)
    notify(f"已删去账号“{name}”。")


@users.command()
def token(
    name: Name,
    drop: Annotated[bool, typer.Option("--drop", help="不新建，而是作废此账号的全部令牌")] = False,
    data: Data = None,
) -> None:
    """给程序新建一个令牌，只显示这一次；程序以 Authorization: Bearer 令牌 的形式带上它。"""
    accounts, audit = _open(data)
    if drop:
        accounts.drop_tokens(name)
        audit.write(_BY, "作废令牌", detail=name)
        notify(f"“{name}”的令牌已全部作废。")
        return
    made = accounts.make_token(name)
    audit.write(_BY, "新建令牌", detail=name)
    notify("令牌如下，请妥善保存；它不会再显示。")
    show(made)


@users.command()
def log(
    count: Annotated[int, typer.Option(min=1, help="最近多少条")] = 50,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """显示最近的操作记录：谁、何时、从哪里、做了什么。"""
    _, audit = _open(data)
    for line in reversed(audit.last(count)):
        shown = "  ".join(str(line.get(key, "")) for key in ("at", "user", "address", "action"))
        show(line if as_json else f"{shown}  {line.get('detail', '')}".rstrip())


def _open(data: Path | None) -> tuple[Accounts, AuditLog]:
    settings = settings_for(data)
    accounts = open_accounts(settings)
    if accounts is None:
        raise NianbaoError("NIANBAO_AUTH 设成了 off，不用账号；请先去掉这个设置。")
    settings.data.mkdir(parents=True, exist_ok=True)
    return accounts, AuditLog(settings.data)


def _must_exist(accounts: Accounts, name: str) -> None:
    if accounts.find(name) is None:
        raise NianbaoError(f"没有名为“{name}”的账号；用 nianbao users list 查看。")


def _new_password() -> str:
    """The new password: asked for twice at a keyboard, else the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("密码", hide_input=True, confirmation_prompt="再输一次"))
    return sys.stdin.readline().rstrip("\r\n")
