"""The hall of the demo shop: machines, tools, powder, procedures."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from strate.web.demo import hse, matter, skills
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.inspection import actions as inspection
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.machines import actions as machines
from strate.workshop.maintenance import actions as maintenance
from strate.workshop.procedures import actions as procedures
from strate.workshop.site import actions as site

PRINTER = "LPBF-1"
KG = 1_000_000
Team = dict[str, Actor]


def furnish(team: Team, endpoint: str) -> None:
    """Everything that stands in the hall before the first order."""
    _places(team["hugo"])
    _machines(team, endpoint)
    _procedures(team)
    _powder(team)
    hse.furnish(team)
    skills.give(team, PRINTER)


def _places(hugo: Actor) -> None:
    site.add_place(by=hugo, code="hall", title="Hall de fabrication", zone="none")
    site.add_place(by=hugo, code="poudres", title="Salle des poudres", zone="atex_22", parent="hall")
    for key, value in (("pick_name", "yes"), ("badge_anywhere", "yes")):
        site.set_setting(by=hugo, key=key, value=value)


MACHINES: tuple[dict[str, Any], ...] = (
    {
        "code": PRINTER,
        "title": "Imprimante LPBF 1",
        "kind": "printer",
        "model": "Simulateur LPBF 250",
        "serial": "SIM-0001",
        "place": "hall",
        "width_mm": 250,
        "depth_mm": 250,
        "height_mm": 325,
        "material": "ti64",
        "driver": "opcua",
        # Nothing is made on it: what is done there is training, never evidence of real work.
        "simulated": True,
    },
    {
        "code": "FOUR-1",
        "title": "Four sous argon 1",
        "kind": "furnace",
        "model": "Four fictif 1100",
        "place": "hall",
    },
    {
        "code": "TAMIS-1",
        "title": "Tamis inerté 1",
        "kind": "sieve",
        "model": "Tamis fictif 63",
        "place": "poudres",
        "material": "ti64",
    },
)
# Label, kind, name, unit of its life, used, at most.
ITEMS: tuple[tuple[str, str, str, str, int, int | None], ...] = (
    ("PL-07", "plate", "Plateau titane PL-07", "", 0, None),
    ("PL-08", "plate", "Plateau titane PL-08", "", 0, None),
    ("RA-21", "recoater", "Racleur HSS 21", "builds", 7, 12),
    ("RA-19", "recoater", "Racleur HSS 19 (usé)", "builds", 12, 12),
    ("FI-03", "filter", "Filtre de procédé 3", "h", 212, 400),
)


def _machines(team: Team, endpoint: str) -> None:
    for card in MACHINES:
        machines.enter(by=team["driss"], endpoint=endpoint if card.get("driver") else "", **card)
    for code, kind, title, unit, used, most in ITEMS:
        plate: dict[str, Any] = {"material": "ti64", "thickness_um": 24_800} if kind == "plate" else {}
        machines.enter_item(
            by=team["farid"],
            code=code,
            kind=kind,
            title=title,
            life_unit=unit,
            life_used=Decimal(used),
            life_max=None if most is None else Decimal(most),
            **plate,
        )
    machines.fit(by=team["farid"], machine=PRINTER, item="filter:FI-03")
    _gauges(team["elsa"])


def _gauges(elsa: Actor) -> None:
    """One caliper in calibration, one that no longer is."""
    today = timezone.localdate(clock.now())
    for code, title, since, left in (
        ("PAC-4", "Pied à coulisse numérique 4", 120, 245),
        ("PAC-2", "Pied à coulisse 2 (étalonnage dépassé)", 400, -35),
    ):
        inspection.enter_gauge(
            by=elsa,
            code=code,
            title=title,
            kind="caliper",
            resolution=Decimal("0.01"),
            calibrated_on=today - timedelta(days=since),
            due_on=today + timedelta(days=left),
        )


def _procedures(team: Team) -> None:
    """The default procedures, proposed by one process engineer and approved by another."""
    for draft in procedures.load_defaults(by=team["driss"]):
        code, number = draft.procedure.code, draft.number
        procedures.submit(by=team["driss"], procedure=code, version=number)
        procedures.approve(by=team["ines"], procedure=code, version=number)
    maintenance.load_defaults(by=team["farid"])


def _powder(team: Team) -> None:
    """Virgin Ti-6Al-4V, and what an earlier build left: used powder in the machine and in a drum."""
    bruno = team["bruno"]
    feedstock.new_material(
        by=team["driss"],
        code="ti64",
        title="Ti-6Al-4V (grade 5)",
        family="metal",
        density_g_cm3=Decimal("4.41"),
        bulk_density_g_cm3=Decimal("2.5"),
        sieve_um=63,
        cmr="no",
        source="Fiche matière fictive, à remplacer",
    )
    matter.specification(author=team["driss"], approver=team["elsa"])
    for number, mass_mg in (("2601", 60 * KG), ("2602", 40 * KG)):
        feedstock.receive(
            by=bruno,
            lot=f"TI64-{number}",
            material="ti64",
            mass_mg=mass_mg,
            supplier="Poudres Imaginaires SA",
            supplier_lot=f"PI-{number}",
            heat="H-4471",
            container=f"FUT-{number}",
            place="poudres",
        )
        matter.certificate(f"TI64-{number}", bruno)
    _check_and_release("TI64-2601", 60 * KG, checker=team["amina"], quality=team["elsa"])
    feedstock.open_lot(by=bruno, lot="TI64-2601")
    _earlier_build(bruno)
    _blended(team)


def _blended(team: Team) -> None:
    """What passed over the bed blended with virgin powder, then topped up with more of it: a tree to trace."""
    bruno = team["bruno"]
    pours = {"lot:TI64-2601": 3 * KG, "lot:F-0000-T": 990_000}
    feedstock.blend(by=bruno, lot="MEL-0001", container="FUT-M1", pours=pours, mixing_min=30)
    pours = {"lot:MEL-0001": 3 * KG, "lot:TI64-2601": 2 * KG}
    feedstock.blend(by=bruno, lot="MEL-0002", container="FUT-M2", pours=pours, mixing_min=30)


def _earlier_build(bruno: Actor) -> None:
    """What a build of last week left: used powder, weighed back and sieved, the rest still in the machine."""
    feedstock.load(by=bruno, lot="TI64-2601", machine=PRINTER, mass_mg=20 * KG)
    feedstock.weigh_back(
        by=bruno,
        machine=PRINTER,
        build="build:F-0000",
        lot="F-0000-R",
        recovered_mg=7 * KG,
        overflow_mg=KG,
        overflow_lot="F-0000-T",
        overflow_container="FUT-T1",
        fused_mg=900_000,
        oversize_mg=60_000,
        waste_mg=40_000,
        container="FUT-R1",
    )
    for lot, through_mg, oversize_mg in (("F-0000-R", 6_950_000, 50_000), ("F-0000-T", 990_000, 10_000)):
        feedstock.sieve(
            by=bruno,
            lot=lot,
            mesh_um=63,
            through_mg=through_mg,
            oversize_mg=oversize_mg,
            sieve_machine="machine:TAMIS-1",
        )
    for lot in ("F-0000-R", "F-0000-T"):
        matter.measured(lot, bruno)


def _check_and_release(lot: str, mass_mg: int, *, checker: Actor, quality: Actor) -> None:
    feedstock.check(
        by=checker,
        lot=lot,
        identity=True,
        seal=True,
        certificate_conform=True,
        mass_mg=mass_mg,
        certificate=certificate_of(lot, checker),
    )
    feedstock.release(by=quality, lot=lot)


def certificate_of(lot: str, by: Actor) -> str:
    """A certificate of the demo supplier, as a file of the shop; returns its digest."""
    from strate.workshop.attachments import actions as attachments
    from strate.workshop.attachments import store

    figures = "Ti-6Al-4V O 0,12 % N 0,02 % H 0,003 %"
    text = f"CERTIFICAT 3.1 (EXEMPLE INVENTÉ)\nPoudres Imaginaires SA\nLot {lot} {figures}\n"
    stored = store.keep(text.encode(), f"certificat-{lot}.txt")
    attachments.attach(by=by, stored=stored, about=f"lot:{lot}", caption="Certificat matière")
    return stored.digest
