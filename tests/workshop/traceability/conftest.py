"""A small shop with a past: virgin lots, two builds, recovered powder, blends, parts for customers."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from strate.workshop.builds.models import Build, BuildOrder
from strate.workshop.feedstock.actions.ledger import move
from strate.workshop.feedstock.models import Lot, Material, PowderContainer
from strate.workshop.feedstock.rules import MachineContent, Portion, Share, content_of
from strate.workshop.feedstock.rules.streams import aged
from strate.workshop.inspection.models import Piece
from strate.workshop.journal import clock, guard
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.machines.models import Machine
from strate.workshop.orders.models import Order
from strate.workshop.traceability.memory import memory
from tests.workshop.at_tablet import at_tablet, tablet, with_secrets
from tests.workshop.feedstock.conftest import m290, released

KG = 1_000_000
Pour = Callable[..., Lot]


@pytest.fixture(autouse=True)
def _a_tree_of_this_test(db: None) -> None:
    memory.forget()


@pytest.fixture()
def ti64(db: None) -> Material:
    with guard.lifted():
        return Material.objects.create(code="ti64", title="Ti-6Al-4V", family="metal")


@pytest.fixture()
def bought(ti64: Material) -> Pour:
    """`bought("A", 30)`: a lot of 30 kg in a drum of its own, through the ledger."""

    def buy(code: str, kilograms: int = 100, **more: object) -> Lot:
        with act("feedstock.received", by=SYSTEM) as done:
            fields = {
                "supplier": "Poudres Imaginaires",
                "supplier_lot": f"PI-{code}",
                "state": "released",
                **more,
            }
            lot = Lot.objects.create(code=code, material=ti64, **fields)
            PowderContainer.objects.create(code=f"FUT-{code}")
            there = f"container:FUT-{code}"
            move(done, lot, source="supplier:PI", target=there, mass_mg=kilograms * KG, kind="received")
            done.tell(lot, lot=lot.ref, mass_mg=kilograms * KG)
        return lot

    return buy


def mixture(parents: dict[Lot, int]) -> MachineContent:
    """What these masses of lots are worth together, as the powder room works it out."""
    portions = [
        Portion(
            lot=each.code,
            material="ti64",
            mass_mg=kilograms * KG,
            used_share=each.used_share,
            age_max=each.age_max,
            age_mean=each.age_mean,
        )
        for each, kilograms in parents.items()
    ]
    return content_of("machine:M-1", portions)


@pytest.fixture()
def mixed(ti64: Material) -> Pour:
    """`mixed("M", {a: 30, b: 20})`: a lot made of others; with `build`, what came out of a build made of them.

    `weight`: how much of a build it aged by, when it only passed over the bed.
    """

    def mix(code: str, parents: dict[Lot, int], build: str = "", weight: str = "1") -> Lot:
        with act("feedstock.blended", by=SYSTEM) as done:
            ref = f"build:{build}" if build else ""
            worth = mixture(parents)
            older = aged(worth, weight=Decimal(weight), hours=Share()) if build else worth
            made = Lot.objects.create(
                code=code,
                material=ti64,
                origin="recovered" if build else "blend",
                build=ref,
                state="released",
                used_share=older.used_share,
                age_max=older.age_max,
                age_mean=older.age_mean,
            )
            PowderContainer.objects.get_or_create(code=f"FUT-{code}")
            kind = "spread" if build else "blended"
            for parent, kilograms in parents.items():
                place, there = parent.portions.filter(mass_mg__gt=0)[0].place, f"container:FUT-{code}"
                of = {"mass_mg": kilograms * KG, "kind": kind, "build": ref}
                move(done, parent, source=place, target=there, becomes=made, **of)
            done.tell(made, *parents, lot=made.ref, mass_mg=sum(parents.values()) * KG)
        return made

    return mix


@pytest.fixture()
def built(db: None) -> Callable[..., Build]:
    """`built("F-1", "OF-1", "Client Un", 2)`: a build of two parts for a customer, numbered."""

    def build(
        code: str, order: str, customer: str, parts: int, state: str = "closed", machine: str = "M-1"
    ) -> Build:
        with guard.lifted():
            Machine.objects.get_or_create(code=machine, defaults={"title": machine, "kind": "printer"})
            common = {"part": "EQ-1204", "revision": "B"}
            Order.objects.get_or_create(
                code=order,
                defaults={
                    **common,
                    "customer": customer,
                    "quantity": parts,
                    "due_on": date(2026, 12, 1),
                    "routing_code": "G-1",
                    "routing_number": 1,
                    "material": "ti64",
                    "opened_by": "p-driss",
                    "opened_at": clock.now(),
                },
            )
            made = Build.objects.create(
                code=code,
                machine=machine,
                state=state,
                material="ti64",
                prepared_by="p-amina",
                prepared_at=clock.now(),
            )
            BuildOrder.objects.create(build=made, order=order, quantity=parts, file_digest="", **common)
            serials = [f"{code}-{order}-{n:02d}" for n in range(1, parts + 1)]
            Piece.objects.bulk_create(
                Piece(serial=s, build=code, order=order, state="good", **common) for s in serials
            )
        return made

    return build


@pytest.fixture()
def shop(bought: Pour, mixed: Pour, built: Callable[..., Build]) -> dict[str, Lot]:
    """Oracle 16 as a shop lives it: blend of A and B, one build, topped up with C, another build."""
    a, b, c, apart = bought("A"), bought("B"), bought("C"), bought("D")
    blend = mixed("MEL-1", {a: 30, b: 20})
    built("F-1", "OF-1", "Client Un", 2)
    used = mixed("F-1-R", {blend: 50}, build="F-1")
    topped = mixed("MEL-2", {used: 24, c: 16})
    built("F-2", "OF-2", "Client Deux", 3)
    last = mixed("F-2-R", {topped: 40}, build="F-2")
    return {"A": a, "B": b, "C": c, "D": apart, "MEL-1": blend, "F-1-R": used, "MEL-2": topped, "F-2-R": last}


__all__ = ["KG", "at_tablet", "m290", "released", "tablet", "with_secrets"]
