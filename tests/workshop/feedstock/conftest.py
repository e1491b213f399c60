"""The powder of the tests: a titanium, a steel, a machine, and lots that went through the door."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from strate.workshop.feedstock import actions, registry
from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.feedstock.rules import Limits
from strate.workshop.journal import guard
from strate.workshop.journal.actor import Actor
from strate.workshop.machines.models import Machine
from tests.workshop.at_tablet import at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "kg", "tablet", "with_secrets"]
CERTIFICATE = "c" * 64


def kg(mass: int | str) -> int:
    return int(Decimal(mass) * 1_000_000)


@pytest.fixture()
def ti64(driss: Actor) -> Material:
    return actions.new_material(
        by=driss,
        code="ti64",
        title="Ti-6Al-4V",
        family="metal",
        density_g_cm3=Decimal("4.43"),
        bulk_density_g_cm3=Decimal("2.5"),
        sieve_um=63,
    )


@pytest.fixture()
def steel(driss: Actor) -> Material:
    return actions.new_material(by=driss, code="316l", title="316L", family="metal", sieve_um=63)


@pytest.fixture()
def m290(db: None) -> Machine:
    with guard.lifted():
        return Machine.objects.create(code="M290-1", title="EOS M290", kind="printer")


@pytest.fixture()
def job() -> Iterator[Callable[..., None]]:
    """`job("machine:M290-1", kg(10), Limits(...))`: what a build prepared on a machine needs and allows."""
    jobs: dict[str, registry.Job] = {}
    registry.jobs_from(jobs.get)

    def stands(machine: str, need_mg: int, limits: Limits) -> None:
        jobs[machine] = registry.Job("", limits, need_mg)

    yield stands
    registry._jobs.remove(jobs.get)


@pytest.fixture()
def released(amina: Actor, bruno: Actor, elsa: Actor, signed: Callable[[Actor], Actor]) -> Callable[..., Lot]:
    """`released("A", kg(30))`: a lot received, checked and released, each by another person."""

    def pass_the_door(code: str, mass_mg: int, material: str = "ti64", **more: object) -> Lot:
        actions.receive(
            by=amina,
            lot=code,
            material=material,
            mass_mg=mass_mg,
            supplier="AP&C",
            certificate=CERTIFICATE,
            **more,
        )
        actions.check(by=bruno, lot=code, identity=True, seal=True, certificate_conform=True, mass_mg=mass_mg)
        return actions.release(by=signed(elsa), lot=code)

    return pass_the_door
