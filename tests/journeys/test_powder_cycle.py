"""The cycle of the powder on a tablet: recovered, sieved, refused as it is, blended as proposed, poured."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.conftest import ROOT, start_site, stop_site
from tests.journeys.tablet import LARGE, Tablet

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo site of its own, whose printer waits for the powder of a build."""
    home = tmp_path_factory.mktemp("powder")
    process, address = start_site(home)
    env = {**os.environ, "STRATE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "strate.web.settings"}
    env["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    subprocess.run([sys.executable, "-m", "tests.journeys.powder_ready"], env=env, cwd=ROOT, check=True)
    yield address
    stop_site(process)


@pytest.fixture()
def hers(browser: Browser, shop: str, shots: Path) -> Iterator[Tablet]:
    context = browser.new_context(viewport=LARGE, base_url=shop, locale="fr-FR", timezone_id="Europe/Paris")
    tablet = Tablet(context.new_page(), shots / "poudre")
    tablet.watch()
    tablet.sign_in("amina")
    yield tablet
    context.close()
    assert tablet.errors == []


def _recovered_then_refused_alone(hers: Tablet) -> None:
    hers.go("/matieres/machines/LPBF-1/vider/")
    hers.type("lot", "RES-1")
    hers.type("container", "FUT-9")
    hers.type("mass_mg", "11")
    hers.action()
    hers.sees("RES-1", "À tamiser")

    hers.go("/matieres/lots/RES-1/tamiser/")
    hers.scan("sieve_machine", "machine:TAMIS-1")
    hers.choose("mesh_whole", "yes")
    hers.type("through_mg", "10,9")
    hers.type("oversize_mg", "0,08")
    hers.shot("tamiser")
    hers.action()
    hers.sees("10,9 kg")

    # Alone, used powder is above the ceiling of the routing: every reason, its source, who can lift it.
    hers.go("/matieres/machines/LPBF-1/charger/?lot=RES-1")
    hers.type("mass_mg", "5")
    hers.action()
    hers.sees("100 %", "le plafond est de 50 %", "G-TI64-30 rev 1", "Méthodes")
    hers.shot("refuse")


def _kilograms(field: Locator) -> float:
    return float(field.input_value().replace(",", ".") or 0)


def test_recovered_powder_is_sieved_refused_alone_blended_as_proposed_and_poured(hers: Tablet) -> None:
    _recovered_then_refused_alone(hers)
    hers.go("/matieres/melanger/?machine=LPBF-1&policy=least_virgin")
    hers.sees("Mélanger de la poudre", "RES-1", "TI64-2601", "Rien ne s’oppose à ce mélange")
    hers.shot("propose")
    most = max(hers.page.locator("[name^='mass_']").all(), key=_kilograms)
    kept = most.input_value()
    most.fill("0,1")
    hers.sees("il manque encore")
    # What the verdict says takes nobody out of the box they type in.
    expect(most).to_be_focused()
    most.fill(kept)
    hers.sees("Rien ne s’oppose à ce mélange")
    blend = hers.page.locator("[name='lot']").input_value()
    hers.scan("container", "FUT-10")
    hers.type("mixing_min", "20")
    hers.action()
    hers.page.wait_for_url(f"**/matieres/lots/{blend}/")
    hers.sees("Mélangé", "F-0000-R", "TI64-2601")
    hers.shot("melange")

    mass = hers.page.locator(".qty").first.inner_text().split()[0]
    hers.go(f"/matieres/machines/LPBF-1/charger/?lot={blend}")
    hers.type("mass_mg", mass)
    hers.action()
    hers.sees("Poudre dans", blend, "50 %")
    hers.shot("charge")
    hers.go("/matieres/registre/")
    hers.sees("Chaque solde concorde avec le registre")
    hers.shot("registre")
    hers.go("/fabrications/F-0001/poudre/")
    hers.sees("À préparer", "Aucune fabrication passée")
    hers.shot("besoin")
