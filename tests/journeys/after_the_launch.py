"""After the launch: the layers, the powder back, the furnace, the gauge, the note to the next shift, the seal."""

import io
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from strate.kernels.geometry import samples
from strate.kernels.geometry.compare.sampling import spread_points
from strate.kernels.geometry.readers.dispatch import read_mesh
from tests.journeys.before_the_launch import BUILD
from tests.journeys.hands import follow, photo, until, wait_on
from tests.journeys.tablet import Tablet

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "tablet.png"


def follow_build(tablet: Tablet, folder: Path) -> None:
    """Layer by layer; the reading sheet; an interruption decided by somebody with the right."""
    wait_on(tablet, BUILD + "suivi/", "racleur bloqué")
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
    _picture_of_the_readme(tablet)


def _picture_of_the_readme(tablet: Tablet) -> None:
    """`make pictures` renews the picture that the README shows; an ordinary run changes nothing in the tree."""
    if os.environ.get("STRATE_PICTURES"):
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        tablet.page.screenshot(path=str(PICTURE))


def _decide(tablet: Tablet) -> None:
    tablet.choose("decision", "resume")
    tablet.type("reason", "Alarme acquittée, lit contrôlé au hublot, chambre restée fermée.")
    tablet.pin()
    tablet.action()


def take_out(tablet: Tablet, folder: Path) -> None:
    """Too hot to open; then opened, depowdered, the powder weighed back, the mass balance."""
    wait_on(tablet, BUILD, "Ouvrir la chambre")
    until(lambda: "Se prépare" not in tablet.page.inner_text("main"), tablet, BUILD)
    _ended(tablet)
    tablet.go(BUILD + "ouvrir/")
    tablet.shot("ouvrir")
    until(lambda: tablet.page.locator("button.action").count() > 0, tablet, BUILD + "ouvrir/")
    tablet.action()
    tablet.go(BUILD + "peser/")
    tablet.type("recovered_mg", "16")
    tablet.type("residual_mg", "11,0")
    tablet.type("oversize_mg", "0,055")
    tablet.type("waste_mg", "0,045")
    tablet.shot("peser")
    tablet.action()
    tablet.page.wait_for_url(f"**{BUILD}")
    tablet.shot("chemin-finir")


def _ended(tablet: Tablet) -> None:
    """The last layer is made and the machine says so."""
    wait_on(tablet, BUILD + "suivi/", "600 / 600")
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
    _scan(tablet, serials[0])
    for serial in serials:
        tablet.go(f"/controle/pieces/{serial}/")
        if serial == serials[0]:
            tablet.shot("piece")
        tablet.choose("verdict", "good")
        tablet.action()


def _scan(tablet: Tablet, serial: str) -> None:
    """A scanner enters the hall; one piece is scanned, laid on its file, judged with a zone of its own."""
    tablet.sign_in("elsa")
    tablet.go("/controle/moyens/nouveau/")
    for name, text in {"code": "SCAN-1", "title": "Scanner à lumière bleue", "unit": "mm"}.items():
        tablet.type(name, text)
    tablet.choose("kind", "scanner")
    today = datetime.now(tz=UTC).date()
    tablet.page.locator("[name=calibrated_on]").fill(today.isoformat())
    tablet.page.locator("[name=due_on]").fill((today + timedelta(days=365)).isoformat())
    tablet.action()
    tablet.sign_in("amina")
    tablet.go(f"/controle/pieces/{serial}/scanner/")
    tablet.page.set_input_files(
        "#scan-file", {"name": "scan.xyz", "mimeType": "text/plain", "buffer": _cloud()}
    )
    tablet.scan("gauge", "gauge:SCAN-1")
    tablet.tap(tablet.page.locator("summary").filter(has_text="Autres zones"))
    zone = {
        "name": "Semelle",
        "x_from": "0",
        "x_to": "60",
        "y_from": "-1",
        "y_to": "5,5",
        "z_from": "-1",
        "z_to": "19",
    }
    for name, text in (zone | {"lower": "-0,08", "upper": "0,08"}).items():
        tablet.type(f"zones-0-{name}", text)
    tablet.shot("envoyer-un-scan")
    tablet.action()
    # The server compares the cloud with the part while the page waits.
    tablet.sees("Dans la tolérance", "Semelle", "−0,080 … 0,080", "Surface scannée")
    for image in tablet.page.locator(".sides img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("(i) => i.naturalWidth") > 100
    wide = tablet.page.locator("main .table-frame").first.evaluate("(f) => [f.scrollWidth, f.clientWidth]")
    assert wide[0] <= wide[1], "every column of the verdict is seen"
    tablet.shot("scan")


def _cloud() -> bytes:
    """A scan of the bracket: turned, shifted, a little noisy."""
    mesh = read_mesh(samples.bracket(height_mm=18.0, thickness_mm=5.0, hole_mm=4.0)).mesh
    dice = np.random.default_rng(4)
    points = spread_points(mesh, 20_000).points
    points = points + dice.normal(0, 0.01, points.shape)
    turn, _ = np.linalg.qr(dice.normal(size=(3, 3)))
    out = io.StringIO()
    np.savetxt(out, points @ (turn * np.sign(np.linalg.det(turn))).T + 30, fmt="%.4f")
    return out.getvalue().encode()


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
    wait_on(tablet, "/dossiers/OF-2601/", "Télécharger le PDF")
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


def verify(path: Path) -> subprocess.CompletedProcess[str]:
    """`strate dossier verify FILE`, offline."""
    command = [sys.executable, "-m", "strate.cli", "dossier", "verify", str(path), "--lang", "fr"]
    return subprocess.run(command, capture_output=True, text=True, check=False)
