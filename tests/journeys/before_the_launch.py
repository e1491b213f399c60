"""Before the launch: the shift, the plate, the documents, the powder, the round, the machine, the file, the gate."""

from pathlib import Path

from tests.journeys.hands import follow, photo, until, wait_on
from tests.journeys.tablet import Tablet

BUILD = "/fabrications/F-0001/"
MACHINE = "/matieres/machines/LPBF-1/"
# The gate may call a machine silent on a computer out of breath; not for ever.
MOST_TRIES = 20


def take_over(tablet: Tablet, folder: Path) -> None:
    """What the last shift left, read and signed; then the queue of orders."""
    tablet.sign_in("amina")
    tablet.go("/")
    tablet.shot("accueil")
    tablet.action()
    tablet.sees("PL-07", "Bruno Tamis-Inventé")
    tablet.shot("releve")
    tablet.pin()
    tablet.action()
    tablet.go("/ordres/")
    tablet.sees("OF-2601", "OF-2602", "Urgente")
    tablet.shot("ordres")


def prepare(tablet: Tablet, folder: Path) -> None:
    """Two orders share one plate: what the front page proposes first."""
    tablet.go("/")
    tablet.action()
    fill_the_plate(tablet)


def fill_the_plate(tablet: Tablet) -> None:
    """Four parts of one order and two of the other."""
    tablet.type("quantity_OF-2601", "4")
    tablet.type("quantity_OF-2602", "2")
    tablet.shot("nouvelle-fabrication")
    tablet.action()
    tablet.sees("F-0001", "OF-2601", "OF-2602")
    tablet.shot("chemin")


def read_and_protect(tablet: Tablet, folder: Path) -> None:
    """The released routing, the documents, the safety data sheet, the protective equipment."""
    tablet.go("/gammes/G-TI64-30/1/")
    tablet.sees("280", "50")
    tablet.shot("gamme")
    tablet.go(BUILD + "lire/")
    left = tablet.page.locator("main ul.queue a")
    for _ in range(left.count()):
        tablet.tap(tablet.page.locator("main ul.queue a").first)
        tablet.shot("a-lire")
        tablet.action()
        tablet.go(BUILD + "lire/")
    assert left.count() == 0
    tablet.go(BUILD + "epi/")
    tablet.shot("epi")
    tablet.action()


def receive_powder(tablet: Tablet, folder: Path) -> None:
    """A lot checked by one person, released by another."""
    lot = "/matieres/lots/TI64-2602/"
    tablet.go(lot + "controler/")
    for name in ("identity", "seal", "certificate_conform", "visual"):
        tablet.tap(tablet.page.locator(f"label:has([name='{name}'])"))
    tablet.type("mass_mg", "40,0")
    tablet.page.locator("input[type=file]").first.set_input_files(str(photo(folder)))
    tablet.shot("controle-lot")
    tablet.action()
    tablet.go(lot + "liberer/")
    tablet.pin()
    tablet.action()
    tablet.sees("Refusé")
    tablet.shot("liberation-refusee")
    tablet.sign_in("elsa")
    tablet.go(lot + "liberer/")
    tablet.pin()
    tablet.action()
    tablet.sees("Libéré")
    tablet.sign_in("amina")
    tablet.go(lot + "ouvrir/")
    tablet.action()
    tablet.shot("lot")


def load_used_powder(tablet: Tablet, folder: Path) -> None:
    """Used powder on used powder is not even poured: the routing has a ceiling."""
    tablet.go("/matieres/lots/F-0000-R/ouvrir/")
    tablet.action()
    _pour(tablet, "F-0000-R", "4")
    tablet.sees("Refusé", "Poudre usagée")
    tablet.shot("poudre-refusee")


def _pour(tablet: Tablet, lot: str, kilograms: str) -> None:
    tablet.go(f"{MACHINE}charger/?lot={lot}")
    tablet.type("mass_mg", kilograms)
    tablet.action()


def _load(tablet: Tablet, lot: str, kilograms: str) -> None:
    _pour(tablet, lot, kilograms)
    tablet.page.wait_for_url("**/matieres/machines/LPBF-1/")


def maintain(tablet: Tablet, folder: Path) -> None:
    """The round due today; what is above level 1 is for maintenance."""
    tablet.go(BUILD + "ronde/")
    tablet.shot("ronde")
    tablet.action()
    tablet.shot("ronde-etape")
    assert follow(tablet, folder) >= 8
    tablet.sign_in("farid")
    tablet.go(BUILD + "ronde/")
    tablet.action()
    assert follow(tablet, folder) >= 2
    tablet.sign_in("amina")


def start_up(tablet: Tablet, folder: Path) -> None:
    """The machine started by its procedure; plate and recoater scanned and fitted."""
    tablet.go(BUILD + "demarrage/")
    tablet.action()
    tablet.shot("demarrage")
    assert follow(tablet, folder) >= 14
    tablet.go("/machines/LPBF-1/")
    tablet.sees("PL-07", "RA-21")
    tablet.shot("machine")


def send_file(tablet: Tablet, folder: Path) -> None:
    """The exchange file sent, its hash read back, the parameters compared."""
    tablet.go(BUILD + "fichier/")
    tablet.action()
    wait_on(tablet, BUILD + "fichier/", "30c06a65")
    until(lambda: tablet.page.locator("input[name=verb][value=read]").count() > 0, tablet, BUILD + "fichier/")
    tablet.action()
    read_back = tablet.page.locator("td[data-label=Machine]", has_text="280")
    until(lambda: read_back.count() > 0, tablet, BUILD + "fichier/")
    tablet.shot("fichier")


def launch(tablet: Tablet, folder: Path) -> None:
    """The gate refuses the used share of what is in the machine; corrected, it passes."""
    tablet.go(BUILD + "lancer/")
    tablet.pin()
    tablet.action()
    tablet.sees("Refusé", "Poudre usagée", "le plafond est de", "Qui peut lever")
    tablet.shot("porte-refus")
    _load(tablet, "TI64-2602", "16,5")
    # On a busy computer the gate may call the machine silent for a moment: it is looked at again.
    for _ in range(MOST_TRIES):
        if tablet.page.url.endswith("/suivi/"):
            break
        tablet.go(BUILD + "lancer/")
        until(lambda: tablet.page.locator(".refusal").count() == 0, tablet, BUILD + "lancer/")
        tablet.shot("porte")
        tablet.pin()
        tablet.action()
    assert tablet.page.url.endswith("/suivi/"), tablet.page.inner_text("main")
