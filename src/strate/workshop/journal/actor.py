"""Who acts: the person (or machine) in whose name the next fact is written."""

from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Signature:
    """A person has just proved again who they are, to sign: `method` says how ("badge+pin", "password")."""

    method: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """In whose name an act is done. `person` is a pseudonymous id, never a name; empty for a machine."""

    person: str
    roles: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()
    station: str = ""
    session: str = ""
    source: str = "page"
    on_behalf_of: str = ""
    signature: Signature | None = None
    training: bool = field(default=False)

    def signing(self, method: str, at: datetime) -> "Actor":
        """The same person, having just proved who they are."""
        return replace(self, signature=Signature(method, at))


def machine_actor(code: str) -> Actor:
    """The gateway speaking for a machine."""
    return Actor(person="", roles=frozenset({"machine"}), station=f"machine:{code}", source="machine")


SYSTEM = Actor(person="", roles=frozenset({"system"}), source="system")
