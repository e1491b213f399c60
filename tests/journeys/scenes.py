"""The scenes of a production in the browser, in the order of the six competences of the reference."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.journeys.hands import follow, photo, wait_on
from tests.journeys.tablet import Tablet

BUILD = "/fabrications/F-0001/"
MACHINE = "/matieres/machines/LPBF-1/"
Scene = Callable[[Tablet, Path], None]


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
    """Two orders share one plate."""
    tablet.go("/")
    tablet.action()
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
    while tablet.page.locator("main ul.queue a").count():
        tablet.tap(tablet.page.locator("main ul.queue a").first)
        tablet.shot("a-lire")
        tablet.action()
        tablet.go(BUILD + "lire/")
    tablet.go(BUILD + "epi/")
    tablet.shot("epi")
    tablet.action()


def receive_powder(tablet: Tablet, folder: Path) -> None:
    """A lot checked by one person, released by another."""
    lot = "/matieres/lots/TI64-2602/"
    tablet.go(lot + "controler/")
    for name in ("identity", "seal", "certificate_conform"):
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
    """Used powder first: the machine will refuse to start with that much."""
    tablet.go("/matieres/lots/F-0000-R/ouvrir/")
    tablet.action()
    _load(tablet, "F-0000-R", "4")
    tablet.sees("100")
    tablet.shot("poudre-machine")


def _load(tablet: Tablet, lot: str, kilograms: str) -> None:
    tablet.go(f"{MACHINE}charger/?lot={lot}")
    tablet.type("mass_mg", kilograms)
    tablet.action()
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
    _until(lambda: tablet.page.locator("input[name=verb][value=read]").count() > 0, tablet, BUILD + "fichier/")
    tablet.action()
    wait_on(tablet, BUILD + "fichier/", "280.0")
    tablet.shot("fichier")


def _until(holds: Callable[[], bool], tablet: Tablet, address: str, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, tablet.page.inner_text("main")[:600]
        time.sleep(0.5)
        tablet.go(address)


def launch(tablet: Tablet, folder: Path) -> None:
    """The gate refuses the used share of what is in the machine; corrected, it passes."""
    tablet.go(BUILD + "lancer/")
    tablet.pin()
    tablet.action()
    tablet.sees("Refusé", "Poudre usagée", "le plafond est de", "Qui peut lever")
    tablet.shot("porte-refus")
    _load(tablet, "TI64-2602", "16,5")
    tablet.go(BUILD + "lancer/")
    tablet.shot("porte")
    tablet.pin()
    tablet.action()
    tablet.page.wait_for_url("**/suivi/")


def follow_build(tablet: Tablet, folder: Path) -> None:
    """Layer by layer; the reading sheet; an interruption decided by somebody with the right."""
    wait_on(tablet, BUILD + "suivi/", "racleur bloqué", seconds=180)
    tablet.shot("interruption-suivi")
    tablet.go(BUILD + "interruption/")
    _decide(tablet)
    tablet.sees("Refusé")
    tablet.shot("interruption-refus")
    tablet.sign_in("chloe")
    tablet.go(BUILD + "interruption/")
    _decide(tablet)
    tablet.page.wait_for_url("**/suivi/")
    tablet.sign_in("amina")
    tablet.go(BUILD + "releve/")
    tablet.action()
    assert follow(tablet, folder) >= 3
    tablet.go(BUILD + "suivi/")
    tablet.shot("suivi")


def _decide(tablet: Tablet) -> None:
    tablet.choose("decision", "resume")
    tablet.type("reason", "Alarme acquittée, lit contrôlé au hublot, chambre restée fermée.")
    tablet.pin()
    tablet.action()


def take_out(tablet: Tablet, folder: Path) -> None:
    """Too hot to open; then opened, depowdered, the powder weighed back, the mass balance."""
    wait_on(tablet, BUILD, "Ouvrir la chambre", seconds=300)
    _until(lambda: "Se prépare" not in tablet.page.inner_text("main"), tablet, BUILD)
    _ended(tablet)
    tablet.go(BUILD + "ouvrir/")
    tablet.shot("ouvrir")
    _until(lambda: tablet.page.locator("button.action").count() > 0, tablet, BUILD + "ouvrir/", 300)
    tablet.action()
    tablet.go(BUILD + "peser/")
    tablet.type("recovered_mg", "20")
    tablet.type("residual_mg", "11,0")
    tablet.type("oversize_mg", "0,055")
    tablet.type("waste_mg", "0,045")
    tablet.shot("peser")
    tablet.action()
    tablet.page.wait_for_url(f"**{BUILD}")
    tablet.shot("chemin-finir")


def _ended(tablet: Tablet) -> None:
    """The last layer is made and the machine says so."""
    wait_on(tablet, BUILD + "suivi/", "600 / 600", seconds=300)
    tablet.shot("couches")


def finish(tablet: Tablet, folder: Path) -> None:
    """The furnace cycle recorded, the parts off their plate, the supports off the parts."""
    tablet.go("/finition/F-0001/enfourner/")
    tablet.choose("furnace", "FOUR-1")
    tablet.shot("four")
    tablet.action()
    tablet.go(BUILD)
    tablet.tap("cycle de four")
    for name, value in (("soak_celsius", "702"), ("soak_min", "121"), ("highest_celsius", "706")):
        tablet.type(name, value)
    tablet.type("atmosphere", "argon")
    tablet.shot("cycle")
    tablet.action()
    for operation in ("separation", "supports"):
        tablet.go(f"/finition/F-0001/{operation}/")
        tablet.type("means", "Électroérosion à fil" if operation == "separation" else "Pince")
        if operation == "separation":
            tablet.scan("plate", "plate:PL-07")
            tablet.type("plate_left_mm", "24,3")
        tablet.action()


def inspect(tablet: Tablet, folder: Path) -> None:
    """Every piece numbered and looked at with a photo, one measured with its gauge, all sorted."""
    tablet.go("/controle/fabrications/F-0001/")
    tablet.action()
    tablet.shot("pieces")
    serials = [f"F-0001-OF-2601-{n:03d}" for n in range(1, 5)] + [f"F-0001-OF-2602-{n:03d}" for n in (1, 2)]
    for serial in serials:
        tablet.go(f"/controle/pieces/{serial}/voir/")
        tablet.choose("verdict", "yes")
        tablet.page.locator("input[type='file'][name='photo']").first.set_input_files(str(photo(folder)))
        if serial == serials[0]:
            tablet.shot("voir")
        tablet.action()
    tablet.go(f"/controle/pieces/{serials[0]}/mesurer/1/")
    tablet.type("value", "60,02")
    tablet.scan("gauge", "gauge:PAC-2")
    tablet.action()
    tablet.sees("Refusé", "talonnage")
    tablet.shot("moyen-perime")
    tablet.scan("gauge", "gauge:PAC-4")
    tablet.action()
    tablet.go(f"/controle/pieces/{serials[-1]}/mesurer/1/")
    tablet.type("value", "59.97")
    tablet.scan("gauge", "gauge:PAC-4")
    tablet.action()
    for serial in serials:
        tablet.go(f"/controle/pieces/{serial}/")
        if serial == serials[0]:
            tablet.shot("piece")
        tablet.choose("verdict", "good")
        tablet.action()


def report_and_sort(tablet: Tablet, folder: Path) -> None:
    """One anomaly to the right person, answered and closed; the waste sorted."""
    tablet.go("/anomalies/signaler/?about=machine:LPBF-1")
    tablet.tap(tablet.page.locator("summary").filter(has_text="Machine et périphériques"))
    tablet.tap(tablet.page.locator("a[href*='kind=wear_or_leak']"))
    tablet.type("text", "Le joint de porte marque : poussière fine sur le bord droit.")
    tablet.shot("anomalie")
    tablet.action()
    tablet.sees("Le joint de porte marque")
    for stream, mass, drum in (("oversize", "0,055", "DECHET-1"), ("wipes", "0,045", "DECHET-2")):
        tablet.go("/securite/dechets/?about=build:F-0001")
        tablet.choose("stream", stream)
        tablet.type("mass", mass)
        tablet.scan("container", drum)
        tablet.shot(f"dechets-{stream}")
        tablet.action()
    tablet.sign_in("farid")
    tablet.go("/anomalies/")
    tablet.shot("anomalies")
    tablet.tap(tablet.page.locator("main a[href*='/anomalies/A-']"))
    tablet.type("words", "Joint nettoyé, à remplacer au prochain entretien.")
    tablet.tap(tablet.page.locator("button[name='gesture'][value='answer']"))
    tablet.type("words", "Remplacement inscrit au plan de maintenance.")
    tablet.tap(tablet.page.locator("button[name='gesture'][value='close']"))


def hand_over(tablet: Tablet, folder: Path) -> None:
    """The build closed, a note for the next shift."""
    tablet.sign_in("amina")
    tablet.go(BUILD + "clore/")
    tablet.shot("clore")
    tablet.action()
    tablet.go("/consignes/ecrire/")
    tablet.type("text", "Fabrication terminée, machine vide et froide. Joint de porte à surveiller.")
    tablet.pin()
    tablet.shot("consigne")
    tablet.action()


def seal(tablet: Tablet, folder: Path) -> None:
    """Complete, reviewed, signed by quality, sealed, downloaded, verified offline; a flipped byte is named."""
    tablet.sign_in("elsa")
    tablet.go("/dossiers/OF-2601/")
    tablet.shot("dossier")
    tablet.tap(tablet.page.locator("label:has([name='reviewed'])"))
    tablet.pin()
    tablet.action()
    wait_on(tablet, "/dossiers/OF-2601/", "Télécharger le PDF", seconds=60)
    tablet.shot("dossier-scelle")
    for kind, name in (("pdf", "D-OF-2601.pdf"), ("archive", "D-OF-2601.dossier.zip")):
        with tablet.page.expect_download() as coming:
            tablet.page.locator(f"a[href*='/dossiers/OF-2601/{kind}/']").first.click()
        coming.value.save_as(folder / name)
        assert verify(folder / name).returncode == 0
    broken = folder / "abime.dossier.zip"
    raw = bytearray((folder / "D-OF-2601.dossier.zip").read_bytes())
    raw[len(raw) // 3] ^= 1
    broken.write_bytes(raw)
    assert verify(broken).returncode != 0


PRODUCTION: list[tuple[str, Scene]] = [
    ("prendre la relève", take_over),
    ("préparer la fabrication", prepare),
    ("lire et se protéger", read_and_protect),
    ("contrôler et libérer un lot", receive_powder),
    ("charger la poudre usagée", load_used_powder),
    ("ronde de maintenance", maintain),
    ("démarrer la machine", start_up),
    ("fichier et paramètres", send_file),
    ("lancer", launch),
    ("suivre, décider, relever", follow_build),
    ("sortir et peser", take_out),
    ("finir", finish),
    ("contrôler", inspect),
    ("signaler, trier", report_and_sort),
    ("transmettre", hand_over),
    ("sceller le dossier", seal),
]


def verify(path: Path) -> subprocess.CompletedProcess[str]:
    """`strate dossier verify FILE`, offline."""
    command = [sys.executable, "-m", "strate.cli", "dossier", "verify", str(path), "--lang", "fr"]
    return subprocess.run(command, capture_output=True, text=True, check=False)
