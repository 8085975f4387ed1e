"""What an account may do: three roles, each of which may do what the former may, and more.

Pure.
"""

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """A role; `reader` may do least."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


# What each role may do, in the words of the people who give it.
MEANINGS: Final = {
    Role.READER: "提问、核查、起草",
    Role.EDITOR: "另可存入、移除、重读年报",
    Role.ADMIN: "另可看设置、重建索引、管理账号、看操作记录",
}

_ORDER: Final = tuple(Role)


def allows(role: Role, needed: Role) -> bool:
    """Whether an account of this role may do what `needed` is asked for."""
    return _ORDER.index(role) >= _ORDER.index(needed)
