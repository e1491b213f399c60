"""What the doors need from rooms above them; `people` fills these when the program starts."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from strate.workshop.journal.actor import Actor


class Hooks:
    """The few places where a lower room asks a higher one."""

    # (request, secret typed) -> the same actor having proved who they are; raises Refused.
    prove: "Callable[[HttpRequest, str], Actor]"
    # pseudonymous id -> the name to show; an unknown or erased person has one too.
    name_of: Callable[[str], str] = staticmethod(lambda person: person)
    # reference `kind:code` -> what to show for it.
    title_of: Callable[[str], str] = staticmethod(lambda ref: ref.partition(":")[2] or ref)
    # role code -> its name in the user's language.
    role_label: Callable[[str], Any] = staticmethod(lambda role: role)


hooks = Hooks()
