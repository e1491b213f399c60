"""Who may change what the site has decided (the roles themselves live in a room above)."""

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import RuleBroken

CONFIGURE = "site.configure"
PLACES = "site.place"
_HOLDERS = {CONFIGURE: ("admin",), PLACES: ("admin", "hse")}


def permit(by: Actor, right: str) -> None:
    """Refuse, naming who could, when the actor may not."""
    if not by.roles:
        raise RuleBroken("nobody_is_writing")
    if right not in by.rights and "system" not in by.roles:
        raise RuleBroken("not_allowed", right=right, lifted_by=_HOLDERS[right])
