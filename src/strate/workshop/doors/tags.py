"""What a page asks a higher room while it is drawn: how the floor calls a thing."""

from typing import Any

from django import template

from strate.workshop.doors.hooks import hooks

register = template.Library()


@register.filter
def titled(code: Any, kind: str) -> str:
    """How the floor calls a thing: `{{ order.material|titled:"material" }}`; nothing for no code."""
    return str(hooks.title_of(f"{kind}:{code}")) if code else ""
