"""What the powder plugs in: who may do what with it, how lots, materials and containers are found."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.doors.speech import mass, percent
from strate.workshop.feedstock import gestures as _gestures  # noqa: F401  its rights and decisions join as it is read
from strate.workshop.feedstock import queries, rules, shown, wording
from strate.workshop.feedstock.models import Lot, Material, PowderContainer
from strate.workshop.journal.actor import Actor
from strate.workshop.people import roles
from strate.workshop.people.registry import gated
from strate.workshop.safety import registry as safety
from strate.workshop.safety.registry import Matter
from strate.workshop.things import registry
from strate.workshop.things.registry import Gesture, Kind, Panel, Thing

FLOOR = (roles.OPERATOR, roles.SHIFT_LEADER)
roles.declare("feedstock.new_material", roles.METHODS, roles.ADMIN)
roles.declare("feedstock.announce", roles.SHIFT_LEADER, roles.METHODS, roles.QUALITY)
roles.declare("feedstock.receive", *FLOOR)
roles.declare("feedstock.check", *FLOOR, roles.QUALITY)
roles.declare("feedstock.release", roles.QUALITY)
roles.declare("feedstock.reject", roles.QUALITY)
roles.declare("feedstock.open_lot", *FLOOR)
roles.declare("feedstock.load", *FLOOR)
gated("feedstock.load", _("Pour powder into a machine"))
roles.declare("feedstock.weigh_back", *FLOOR)
roles.declare("feedstock.weigh_again", roles.SHIFT_LEADER, roles.QUALITY)
roles.declare("feedstock.sieve", *FLOOR)
roles.declare("feedstock.certify", *FLOOR, roles.QUALITY, roles.METHODS)
roles.declare("feedstock.measure", *FLOOR, roles.QUALITY, roles.METHODS)
roles.declare("feedstock.specify", roles.METHODS, roles.QUALITY)
roles.declare("feedstock.approve_limits", roles.QUALITY, roles.METHODS)
roles.declare("feedstock.container", *FLOOR, roles.METHODS, roles.ADMIN)
roles.declare("feedstock.import_stock", roles.SHIFT_LEADER, roles.METHODS, roles.QUALITY, roles.ADMIN)

# What comes next in the life of a lot: (page, what it is called).
NEXT = {
    rules.ANNOUNCED: [("receive_announced", _("Receive it"))],
    rules.RECEIVED: [("check", _("Check it"))],
    rules.QUARANTINE: [("check", _("Check it again"))],
    rules.CHECKED: [("release", _("Release it"))],
    rules.RELEASED: [("load", _("Load it in a machine"))],
    rules.OPEN: [("load", _("Load it in a machine"))],
    rules.TO_SIEVE: [("sieve", _("Sieve it"))],
}
OUT_OF_OVEN = ("dry", _("Take it out of the oven"))


def gestures_of(lot: Lot) -> list[Gesture]:
    """What can be done now with this lot: out of the oven first, when some of it is there."""
    next_ones = [*([OUT_OF_OVEN] if queries.in_an_oven(lot) else []), *NEXT.get(lot.state, [])]
    return [Gesture(word, reverse(f"feedstock:{page}", args=[lot.code])) for page, word in next_ones]


def _called(lot: Lot) -> str:
    return f"{lot.code} · {lot.material.title}"


def _lot(lot: Lot) -> Thing:
    word, look = wording.LOT_STATES[lot.state]
    return Thing(
        lot.ref,
        _called(lot),
        url=reverse("feedstock:lot", args=[lot.code]),
        state=look,
        lines=[
            (_("State"), str(word)),
            (_("In stock"), mass(queries.on_hand_mg(lot.code))),
            (_("Used powder"), percent(lot.used_share.decimal)),
        ],
        gestures=gestures_of(lot),
    )


def _find_lot(code: str) -> Thing | None:
    found = Lot.objects.select_related("material").filter(code=code).first()
    return _lot(found) if found else None


def _search_lots(text: str, limit: int) -> list[Thing]:
    return [_lot(each) for each in queries.lots(text=text)[:limit]]


def _material(each: Material) -> Thing:
    return Thing(
        each.ref,
        each.title,
        url=reverse("feedstock:specification", args=[each.code]),
        lines=[(_("Code"), each.code)],
    )


def _find_material(code: str) -> Thing | None:
    found = Material.objects.filter(code=code).first()
    return _material(found) if found else None


def _search_materials(text: str, limit: int) -> list[Thing]:
    return [_material(each) for each in queries.materials(text)[:limit]]


def _find_container(code: str) -> Thing | None:
    found = PowderContainer.objects.filter(code=code).first()
    if not found:
        return None
    inside = queries.content(found.ref)
    lots = [queries.lot(portion.lot) for portion in inside.portions]
    return Thing(
        found.ref,
        found.code,
        url=reverse("feedstock:container", args=[found.code]),
        lines=[
            (_("Lot"), ", ".join(each.code for each in lots) or "—"),
            (_("What it holds"), mass(inside.mass_mg)),
        ],
        gestures=[gesture for each in lots for gesture in gestures_of(each)],
    )


@registry.titled("lot")
def lots_called(codes: list[str]) -> dict[str, str]:
    return {each.code: _called(each) for each in queries.lots_named(codes)}


registry.titled("container")(registry.by_code)
registry.labelled("lot")(shown.lot_labels)
registry.labelled("container")(shown.container_labels)
registry.register(Kind("lot", _("Powder lot"), find=_find_lot, search=_search_lots, icon="powder"))
registry.register(
    Kind("material", _("Material"), find=_find_material, search=_search_materials, icon="powder")
)
registry.register(Kind("container", _("Powder container"), find=_find_container, icon="container"))


@registry.panel
def powder_in(ref: str, by: Actor) -> Panel | None:
    """On the page of a machine: which powder is in it."""
    if not ref.startswith("machine:"):
        return None
    inside = queries.in_machine(ref)
    if not inside.mass_mg:
        return None
    return Panel(
        _("Powder inside"),
        "feedstock/panel_content.html",
        {"inside": inside, "code": ref.partition(":")[2]},
        rank=20,
    )


@safety.matter
def powder_of(ref: str) -> list[Matter]:
    """What a lot, a container or a machine holds: enough to find its safety data sheet."""
    kind, _sep, code = ref.partition(":")
    if kind == "lot":
        lots = queries.lots_named([code])
    elif kind in ("container", "silo", "hopper", "bin", "machine"):
        inside = [portion.lot for portion in queries.content(ref).portions]
        lots = sorted(queries.lots_named(inside), key=lambda each: inside.index(each.code))
    else:
        lots = []
    return [shown.matter_of(each) for each in lots]


@safety.family
def family_of(material: str) -> str:
    found = Material.objects.filter(code=material).values_list("family", flat=True).first()
    return found or ""


@safety.cmr_of
def card_says_cmr(material: str) -> str:
    found = Material.objects.filter(code=material).values_list("cmr", flat=True).first()
    return found or ""


@safety.place
def stands_at(ref: str) -> str:
    """Where a container stands."""
    if not ref.startswith("container:"):
        return ""
    code = ref.removeprefix("container:")
    return PowderContainer.objects.filter(code=code).values_list("place", flat=True).first() or ""
