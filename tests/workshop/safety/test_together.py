"""Several people at one drum at the same moment: each finds what the others put in."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.safety import actions, queries


@pytest.mark.django_db(transaction=True)
def test_six_people_at_one_drum_never_put_in_more_than_it_holds(
    thawed_flush: None, gaelle: Actor, amina: Actor
) -> None:
    actions.open_drum(by=gaelle, code="D-1", stream="oversize", capacity_mg=100)
    together, refusals, faults = Barrier(6), [], []

    def pour() -> None:
        try:
            together.wait()
            actions.sort_waste(by=amina, stream="oversize", mass_mg=30, container="D-1")
        except Refused as refused:
            refusals.append(refused.reasons[0].code)
        # Whatever else a thread meets would be lost with it: it is told below.
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=pour) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not faults and refusals == ["waste_drum_too_full"] * 3
    assert queries.drum("D-1").mass_mg == 90 == sum(e.mass_mg for e in queries.waste_register())
