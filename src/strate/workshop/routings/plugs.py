"""What routings plug in: who writes them, who approves them, how they are found."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.people import roles
from strate.workshop.routings import queries, wording
from strate.workshop.routings.models import Routing
from strate.workshop.things.registry import Kind, Thing, register

roles.declare("routings.write", roles.METHODS)
roles.declare("routings.approve", roles.METHODS, roles.QUALITY)


def _thing(each: Routing) -> Thing:
    released = queries.find_released(each.code)
    last = queries.latest(each.code)
    lines = [(_("Version"), str(last.number)), (_("State"), str(wording.ROUTING_STATES[last.state][0]))]
    url = reverse("routings:version", args=[each.code, (released or last).number])
    return Thing(
        each.ref,
        f"{each.code} · {each.title}",
        url=url,
        state=wording.ROUTING_STATES[last.state][1],
        lines=lines,
    )


def _find(code: str) -> Thing | None:
    found = Routing.objects.filter(code=code.partition("/")[0]).first()
    return _thing(found) if found else None


def _search(text: str, limit: int) -> list[Thing]:
    return [_thing(each) for each in queries.routings(text)[:limit]]


register(Kind("routing", _("Routing"), find=_find, search=_search, icon="routing"))
