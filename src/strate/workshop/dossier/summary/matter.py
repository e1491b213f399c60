"""The powder: which lots were in the machine, how used they were, and where every gram went."""

from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import mass, percent
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.summary.words import line
from strate.workshop.dossier.wording import BALANCE_LINES
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.site import queries as site


def feedstock_lot(code: str, mass_mg: int) -> dict[str, str]:
    """A lot with who supplied it, or of what it is made."""
    lot = feedstock.lot(code)
    origin = " · ".join(part for part in (lot.supplier, lot.supplier_lot, lot.heat) if part)
    if not origin:
        made_of = feedstock.composition(code)
        origin = ", ".join(f"{parent} {percent(share.decimal)}" for parent, share in made_of.items())
    return {
        "code": code,
        "supplier": origin or "—",
        "mass": mass(mass_mg) if mass_mg else "—",
        "used_share": percent(lot.used_share.decimal),
        "released_by": hooks.name_of(lot.released_by) if lot.released_by else "—",
    }


def lots(gathered: Gathered) -> dict[str, int]:
    """How much of each lot the builds had in their machine, as the weighing back told."""
    masses = dict.fromkeys(gathered.lots, 0)
    for _fact, told in gathered.of_kind("feedstock.weighed_back"):
        for ref, portion in told["data"].get("portions", {}).items():
            code = ref.removeprefix("lot:")
            masses[code] = masses.get(code, 0) + int(portion["mass_mg"])
    return masses


def balances(gathered: Gathered) -> list[dict[str, str]]:
    """The mass balance of each build, line by line."""
    found = []
    for build in gathered.made:
        suffix = f" · {build.code}" if len(gathered.made) > 1 else ""
        for name, word in BALANCE_LINES.items():
            if build.balance.get(name):
                found.append(line(f"{word}{suffix}", mass(int(build.balance[name]))))
        if build.balance:
            gap = _("%(mass)s, that is %(share)s of what went in") % {
                "mass": mass(int(build.balance["unexplained_mg"])),
                "share": percent(build.balance["unexplained_share"]),
            }
            found.append(line(f"{_('Unexplained')}{suffix}", gap))
            limit = build.balance.get("tolerance_share")
            if limit is not None:
                rule = _("%(share)s, a decision of %(site)s")
                told = rule % {"share": percent(limit), "site": site.value("name")}
                found.append(line(f"{_('Tolerance')}{suffix}", told))
    return found


def of(gathered: Gathered) -> dict[str, Any]:
    """Lots and balance, as the pages show them."""
    return {"lots": [feedstock_lot(c, mg) for c, mg in lots(gathered).items()], "balance": balances(gathered)}
