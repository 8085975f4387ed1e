"""Passwords and tokens as they are kept: never in clear.

A password goes through scrypt, which costs whoever guesses 32 MB and some tens of milliseconds a
guess. A token is 256 bits of chance, which nobody guesses: a plain hash keeps it.
"""

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from typing import Final

from ingest.errors import NianbaoError

SHORTEST_PASSWORD: Final = 10
_LONGEST_PASSWORD: Final = 200
TOKEN_PREFIX: Final = "nb_"
# OWASP's first choice of scrypt parameters for 32 MB: N = 2^15, r = 8, p = 3 costs thrice the time.
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
_MEMORY_BYTES = 64 * 1024 * 1024


def hash_password(password: str) -> str:
    """The password as it is kept: `scrypt$N$r$p$salt$hash`.

    Raises NianbaoError for one that is too short, too long, or one character over and over.
    """
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST_PASSWORD or len(set(password)) < 4:
        raise NianbaoError(
            f"密码要 {SHORTEST_PASSWORD} 到 {_LONGEST_PASSWORD} 个字符，且不能只是几个字符的重复。"
        )
    salt = secrets.token_bytes(16)
    derived = _derive(password, salt, _COST, _BLOCK, _PARALLEL)
    parts = ("scrypt", str(_COST), str(_BLOCK), str(_PARALLEL), _text(salt), _text(derived))
    return "$".join(parts)


def is_password(password: str, kept: str) -> bool:
    """Whether this is the password that was kept; takes the same time for either answer."""
    _, cost, block, parallel, salt, derived = kept.split("$")
    again = _derive(
        password[:_LONGEST_PASSWORD], b64decode(salt), int(cost), int(block), int(parallel)
    )
    return hmac.compare_digest(again, b64decode(derived))


def new_token() -> str:
    """A token for a program; shown once, kept only as its hash."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """The token as it is kept."""
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()


def _derive(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    secret = password.encode("utf-8", errors="surrogatepass")
    return hashlib.scrypt(
        secret, salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY_BYTES, dklen=32
    )


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")
