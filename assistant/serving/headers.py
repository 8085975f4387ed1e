"""The headers that every answer carries, and what an address in a header says.

Pure.
"""

from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

# Gradio's page needs inline scripts and builds event code from text; nothing may come from, or be
# sent to, another host, and nobody may frame the page.
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "connect-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
# A year, as browsers' preload lists ask; sent over https only.
STRICT_TRANSPORT: Final = "max-age=31536000"

# What a browser says of a request that a page of another site sends.
FOREIGN_SITES: Final = frozenset({"cross-site", "same-site"})
# Gradio takes its own address from these, whoever sends them; Host and the scheme say it truly.
_HEARSAY: Final = frozenset({b"x-forwarded-host", b"x-gradio-server"})

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def without_hearsay(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers of a request without those by which anybody could give the page another address."""
    return [(name, value) for name, value in headers if name.lower() not in _HEARSAY]


def host_name(netloc: str) -> str:
    """The name in a Host header or an origin, without port, in lower case; "" for none."""
    try:
        return (urlsplit(netloc if "//" in netloc else f"//{netloc}").hostname or "").lower()
    except ValueError:
        return ""


def is_foreign(origin: str, host: str, hosts: frozenset[str]) -> bool:
    """Whether a request's Origin is another page than ours.

    Ours has the name and port of the Host header, or is one of the named hosts, behind a proxy that
    does not pass the port on. An opaque origin ("null") is foreign.
    """
    if not origin:
        return False
    try:
        parts = urlsplit(origin)
        same = parts.netloc.lower() == host.lower() and parts.scheme in {"http", "https"}
    except ValueError:
        return True
    return not same and (parts.hostname or "") not in hosts
