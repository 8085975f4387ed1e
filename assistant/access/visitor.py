"""The person behind a request: name, role, and where what they do is noted."""

from dataclasses import dataclass, field
from typing import Final

from assistant.access.audit import AuditLog
from assistant.access.roles import Role, allows

# The one visitor of a page without sign-in, which only answers on this machine.
LOCAL_NAME: Final = "本机"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who sends a request: an account that is signed in, or the one user of this machine."""

    name: str
    role: Role
    address: str = ""
    audit: AuditLog | None = field(default=None, repr=False)

    def may(self, needed: Role) -> bool:
        """Whether this visitor may do what asks for a role."""
        return allows(self.role, needed)

    def note(self, action: str, detail: str = "", *, content: str = "") -> None:
        """Writes a line in the audit log, where there is one."""
        if self.audit:
            self.audit.write(
                self.name, action, detail=detail, content=content, address=self.address
            )


LOCAL: Final = Visitor(LOCAL_NAME, Role.ADMIN)
