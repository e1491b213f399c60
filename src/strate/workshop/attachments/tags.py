"""Whether a file is really in the cupboard: a page never frames one that is not."""

from typing import Any

from django import template

from strate.workshop.attachments import queries

register = template.Library()


@register.filter
def is_here(digest: Any) -> bool:
    """`{% if lot.certificate|is_here %}`: a digest may be known whose file never came."""
    return bool(digest) and queries.holds(str(digest))
