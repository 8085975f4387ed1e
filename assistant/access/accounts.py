"""The accounts of one installation, in a JSON file that only its owner can read.

The file is read again when it changed, so that `nianbao users …` works while the page runs. There
is no account and no password until somebody makes one. A write replaces the file as a whole.
"""

import os
import tempfile
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock
from pydantic import TypeAdapter, ValidationError

from assistant.access.passwords import hash_password, hash_token, is_password, new_token
from assistant.access.roles import Role
from ingest.errors import NianbaoError, os_reason

FILE_NAME: Final = "accounts.json"
_LONGEST_NAME: Final = 40
# Who works here without an account is called so in the audit log and in what is kept.
_TAKEN: Final = frozenset({"本机", "命令行"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token of an account, known only by its hash."""

    hash: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in: `password` and `tokens` are hashes."""

    name: str
    role: Role
    password: str
    tokens: tuple[Token, ...] = ()


_FILE: Final = TypeAdapter(list[Account])


class Accounts:
    """The accounts in a file; a file that is not there holds none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._read_at: tuple[int, int] | None = None
        self._known: Mapping[str, Account] = {}
        # Verified in place of an account that does not exist, so that both take the same time.
        self._nobody = hash_password("没有这个账号的人也要等同样久")

    def all(self) -> Sequence[Account]:
        """Every account, by name."""
        return sorted(self._current().values(), key=lambda account: account.name)

    def find(self, name: str) -> Account | None:
        """The account of this name, if there is one."""
        return self._current().get(plain_name(name))

    def with_password(self, name: str, password: str) -> Account | None:
        """The account whose name and password these are; None for any other pair."""
        account = self.find(name)
        is_right = is_password(password, account.password if account else self._nobody)
        return account if is_right else None

    def with_token(self, token: str) -> Account | None:
        """The account that a token was made for."""
        hashed = hash_token(token)
        for account in self._current().values():
            if any(kept.hash == hashed for kept in account.tokens):
                return account
        return None

    def add(self, name: str, role: Role, password: str) -> Account:
        """Makes an account; raises NianbaoError for a name in use or one that is unfit."""
        plain = _fit(name)
        account = Account(plain, role, hash_password(password))

        def put(known: dict[str, Account]) -> None:
            if plain in known:
                raise NianbaoError(f"已有名为“{plain}”的账号；改密码用 nianbao users password。")
            known[plain] = account

        self._change(put)
        return account

    def set_password(self, name: str, password: str) -> None:
        """Gives an account another password, which ends its sessions."""
        hashed = hash_password(password)
        self._replace(name, lambda account: replace(account, password=hashed))

    def set_role(self, name: str, role: Role) -> None:
        """Gives an account another role, at once."""
        self._replace(name, lambda account: replace(account, role=role))

    def remove(self, name: str) -> None:
        """Removes an account, its tokens and its sessions with it."""

        def drop(known: dict[str, Account]) -> None:
            if known.pop(plain_name(name), None) is None:
                raise _unknown(name)

        self._change(drop)

    def make_token(self, name: str) -> str:
        """A new token for an account; it cannot be shown again."""
        token = new_token()
        made = Token(hash_token(token), datetime.now(UTC).isoformat(timespec="seconds"))
        self._replace(name, lambda account: replace(account, tokens=(*account.tokens, made)))
        return token

    def drop_tokens(self, name: str) -> None:
        """Makes every token of an account useless."""
        self._replace(name, lambda account: replace(account, tokens=()))

    def _replace(self, name: str, change: Callable[[Account], Account]) -> None:
        def put(known: dict[str, Account]) -> None:
            account = known.get(plain_name(name))
            if account is None:
                raise _unknown(name)
            known[account.name] = change(account)

        self._change(put)

    def _current(self) -> Mapping[str, Account]:
        """What the file says now; it is read again only after it changed."""
        with self._lock:
            stamp = _stamp(self.path)
            if stamp != self._read_at:
                self._known = _read(self.path)
                self._read_at = stamp
            return self._known

    def _change(self, change: Callable[[dict[str, Account]], None]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock")):
                known = dict(_read(self.path))
                change(known)
                _write(self.path, list(known.values()))
        except OSError as error:
            raise NianbaoError(
                f"账号文件 {self.path} 写不了（{os_reason(error)}），请检查目录权限。"
            ) from error


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino


def _read(path: Path) -> Mapping[str, Account]:
    try:
        accounts = _FILE.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        raise NianbaoError(f"账号文件 {path} 读不了：请恢复备份，或删去它重建账号。") from error
    return {account.name: account for account in accounts}


def _write(path: Path, accounts: list[Account]) -> None:
    """Puts the new file in place of the old one in one step; `mkstemp` makes it 0600."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(_FILE.dump_json(accounts, indent=1))
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def plain_name(name: str) -> str:
    """A name as accounts are known by, however it was typed: composed, without space around it."""
    return unicodedata.normalize("NFC", name).strip()


def _fit(name: str) -> str:
    plain = plain_name(name)
    if not plain or len(plain) > _LONGEST_NAME or not plain.isprintable():
        raise NianbaoError(f"账号名要 1 到 {_LONGEST_NAME} 个字，不含控制字符。")
    if plain in _TAKEN:
        raise NianbaoError(f"“{plain}”是程序自己用的名称，请换一个账号名。")
    return plain


def _unknown(name: str) -> NianbaoError:
    return NianbaoError(f"没有名为“{name}”的账号；用 nianbao users list 查看。")
