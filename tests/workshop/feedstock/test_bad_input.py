"""What nobody should type is answered, never a crash."""

from typing import Any

import pytest

from strate.workshop.feedstock.models import Lot, Material
from strate.workshop.journal.actor import Actor
from tests.workshop.feedstock.test_api import post

RIGHT = {"lot": "L-1", "material": "ti64", "mass_mg": 1000}


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"mass_mg": 10**40}, 422),
        ({"mass_mg": -1}, 409),
        ({"lot": "L\u0000"}, 422),
        ({"lot": "L" * 41}, 422),
        ({"heat": "H" * 500}, 422),
        ({"certificate": "not a digest"}, 422),
        ({"expires_on": "tomorrow"}, 422),
        ({"material": "nope"}, 404),
        ({"lot": "  "}, 409),
        ({"lot": "TI/26"}, 409),
        ({"surprise": 1}, 422),
    ],
)
def test_a_wrong_delivery_is_refused(
    wrong: dict[str, Any], status: int, ti64: Material, amina: Actor, at_tablet: Any
) -> None:
    answer = post(at_tablet(amina), "/api/feedstock/receive", "k", **(RIGHT | wrong))
    assert answer.status_code == status and not Lot.objects.exists()


def test_quotes_and_emoji_are_only_letters(ti64: Material, amina: Actor, at_tablet: Any) -> None:
    hers = at_tablet(amina)
    name = 'L\'<b>"été" 🎈'
    assert post(hers, "/api/feedstock/receive", "k", **(RIGHT | {"lot": name})).status_code == 201
    assert "<b>" not in hers.get("/matieres/").content.decode().split("<main")[1].split("</main")[0]
