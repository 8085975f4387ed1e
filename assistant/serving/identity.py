"""Request → visitor: by the cookie of a session, by a bearer token, or the one user of this machine."""

from dataclasses import replace
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import HTTPConnection

from assistant.access.accounts import Account, Accounts
from assistant.access.attempts import Attempts
from assistant.access.audit import AuditLog
from assistant.access.sessions import Sessions
from assistant.access.visitor import LOCAL, Visitor

COOKIE = "nianbao_session"
# Wrong tokens from one address; a right one is 256 bits of chance, so this only spares the machine.
_WRONG_TOKENS_A_MINUTE = 30


class Identity:
    """Who sends requests; `accounts` is None where no sign-in is asked for."""

    def __init__(self, accounts: Accounts | None, sessions: Sessions, audit: AuditLog) -> None:
        self.accounts = accounts
        self.sessions = sessions
        self.audit = audit
        self._wrong_tokens = Attempts(_WRONG_TOKENS_A_MINUTE)

    def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Who sent this; None for somebody who is not signed in."""
        address = address_of(connection)
        if self.accounts is None:
            return replace(LOCAL, address=address, audit=self.audit)
        account = self._by_cookie(connection) or self._by_token(connection, address)
        if account is None:
            return None
        return Visitor(account.name, account.role, address, self.audit)

    def _by_cookie(self, connection: HTTPConnection) -> Account | None:
        cookie = connection.cookies.get(COOKIE, "")
        name = self.sessions.name_of(cookie) if cookie else None
        account = self.accounts.find(name) if self.accounts and name else None
        return account if account and self.sessions.is_of(cookie, account) else None

    def _by_token(self, connection: HTTPConnection, address: str) -> Account | None:
        kind, _, token = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token or self._wrong_tokens.wait(network_of(address)):
            return None
        account = self.accounts.with_token(token.strip()) if self.accounts else None
        if account is None:
            self._wrong_tokens.add(network_of(address))
            self.audit.write("", "令牌", detail="令牌无效", address=address)
        return account


def address_of(connection: HTTPConnection) -> str:
    """The address of who sent this; that of the proxy where the proxy is not trusted."""
    return connection.client.host if connection.client else ""


def network_of(address: str) -> str:
    """What attempts are counted by: an address, of IPv6 the network, since each has 2^64 of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False))
    return str(parsed)
