"""A full campaign: three candidates, six competences, a commission of three, a jury of four, papers opened and read.

By actions, before the browser opens (`campaign.py`): registration, the 54 grids, the company's opinions, two
conclusions. In the browser: the last conclusion, the rules, the jury from its invitation to its signed minutes,
letters, complaint, certificate, folder; every paper is downloaded and read.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tests.journeys import centre
from tests.journeys.conftest import ROOT
from tests.journeys.desk import be, for_everyone, link, press, read, sign
from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey

TODAY = datetime.now(ZoneInfo("Europe/Paris")).date()
ASKED = (TODAY - timedelta(days=40)).isoformat()
LATE = (TODAY - timedelta(days=3)).isoformat()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose commissions have worked; its numbers lie beside it."""
    return centre.made(tmp_path_factory.mktemp("campaign"), "campaign")


@pytest.fixture(scope="module")
def desk(browser: Browser, home: Path, shots: Path) -> Iterator[Tablet]:
    """The screen everybody uses in turn."""
    with centre.screen(browser, home, shots / "campagne") as held:
        yield held
    assert held.errors == []


@pytest.fixture(scope="module")
def numbers(home: Path) -> dict[str, str]:
    nadia, omar, pia = (home / "campaign.txt").read_text().split()
    return {"nadia": nadia, "omar": omar, "pia": pia}


def test_the_commission_concludes_and_proposes_only(desk: Tablet, numbers: dict[str, str]) -> None:
    be(desk, "romain")
    desk.go(f"/qualification/dossiers/{numbers['omar']}/synthese/")
    desk.sees("Seul le jury décide")
    sign(desk, "Conclure")
    desk.sees("La commission a conclu")


def test_the_centre_enters_what_no_text_gives(desk: Tablet) -> None:
    be(desk, "maud")
    desk.go("/qualification/jurys/regles/")
    desk.sees("À saisir", "Quorum", "Délai de réclamation", "KALIARTI000041698695")
    for rule, value in (("quorum", "4"), ("complaint_days", "60"), ("incompatibilities", "company")):
        desk.go(f"/qualification/jurys/regles/{rule}/")
        if rule == "incompatibilities":
            desk.page.locator(f"input[value='{value}']").check(force=True)
        else:
            desk.type("value", value)
        desk.page.locator("input[name='origin'][value='house']").check(force=True)
        desk.type("source", "Règlement du centre d’essai, art. 3")
        sign(desk, "Saisir la règle")
        desk.page.wait_for_url("**/regles/")
    desk.sees("4 personnes", "60 jours", "règle de la maison")


def seat(desk: Tablet, number: int, who: str, side: str, organisation: str) -> None:
    name = PERSONS[who]
    desk.page.locator(f"[name='s{number}-person']").select_option(label=name)
    desk.page.locator(f"[name='s{number}-side']").select_option(side)
    desk.page.locator(f"[name='s{number}-organisation']").fill(organisation)


PERSONS = {
    "paul": "Paul Chambre-Fictive",
    "rose": "Rose Usine-Inventée",
    "sami": "Sami Accord-Exemple",
    "theo": "Théo Branche-Fictive",
    "victor": "Victor Tuteur-Fictif",
}


def test_a_jury_is_convened_only_by_the_rules(desk: Tablet, numbers: dict[str, str]) -> None:
    desk.go("/qualification/jurys/convoquer/")
    for number in numbers.values():
        desk.page.locator(f"input[name='candidates'][value='{number}']").check(force=True)
    desk.type("held_on", TODAY.isoformat())
    desk.type("starts", "09:00")
    desk.type("place", "Salle des Strates")
    desk.type("unions_asked_on", LATE)
    desk.type("region_informed_on", ASKED)
    desk.page.locator("[name='chair']").select_option(label=PERSONS["paul"])
    seat(desk, 1, "paul", "employer", "Chambre A")
    seat(desk, 2, "rose", "employer", "Chambre B")
    seat(desk, 3, "sami", "union", "Syndicat Un")
    # The tutor of two candidates, and the unions asked too late.
    seat(desk, 4, "victor", "union", "Syndicat Deux")
    sign(desk, "Convoquer")
    desk.sees("Victor Tuteur-Fictif ne peut pas juger", "tuteur ou signataire", "au plus tard le")
    desk.shot("jury-refuse")
    seat(desk, 4, "theo", "union", "Syndicat Deux")
    desk.type("unions_asked_on", ASKED)
    sign(desk, "Convoquer")
    desk.page.wait_for_url(re.compile(r"/jurys/J-"))
    desk.sees("Ce qui manque encore pour siéger", "Liens avec les candidats non déclarés")
    for_everyone(desk)
    desk.shot("jury-convoque")


def test_every_juror_declares_their_ties_and_signs_their_presence(
    desk: Tablet, numbers: dict[str, str], tmp_path: Path
) -> None:
    code = desk.page.url.rstrip("/").rpartition("/")[2]
    words = read(desk, link(desk, "/convocation/"), tmp_path)
    assert "Convocation à un jury paritaire" in words and "Salle des Strates" in words
    for who in ("paul", "rose", "sami", "theo"):
        be(desk, who)
        desk.go(f"/qualification/jurys/{code}/declarer/")
        for number in numbers.values():
            tie = "family" if (who, number) == ("theo", numbers["pia"]) else "none"
            desk.page.locator(f"input[name='{number}'][value='{tie}']").check(force=True)
        sign(desk, "Déclarer et signer")
        sign(desk, "Émarger")
        desk.sees("présent")
    desk.sees("famille")


def test_the_chair_opens_and_the_jury_decides_one_by_one(desk: Tablet, numbers: dict[str, str]) -> None:
    code = desk.page.url.rstrip("/").rpartition("/")[2]
    be(desk, "paul")
    desk.go(f"/qualification/jurys/{code}/")
    sign(desk, "Ouvrir la séance")
    desk.sees("que les conditions d’organisation et d’admission sont réunies")
    desk.page.locator("[name='conditions_met']").check(force=True)
    sign(desk, "Ouvrir la séance")
    desk.sees("en séance")
    for name in ("nadia", "omar", "pia"):
        desk.go(f"/qualification/jurys/{code}/deliberer/{numbers[name]}/")
        for competence in ("C1", "C2", "C3", "C4", "C5", "C6"):
            if (name, competence) == ("nadia", "C3"):
                _a_tie_of_voices(desk)
            else:
                desk.page.locator(f"[name='{competence}-unanimous']").select_option("validated")
        if name == "nadia":
            for_everyone(desk)
            desk.shot("deliberation")
        sign(desk, "Signer la décision")
        if name == "pia":
            desk.sees("Théo Branche-Fictive ne peut pas juger", "famille")
            desk.shot("conflit-d-interets")
        else:
            desk.page.wait_for_url(f"**/jurys/{code}/")


def _a_tie_of_voices(desk: Tablet) -> None:
    """Two against two: the chair's voice decides."""
    desk.page.locator("fieldset", has=desk.page.locator("[name='C3-unanimous']")).locator("summary").click()
    voices = ("not_validated", "not_validated", "validated", "validated")
    names = [PERSONS[who] for who in ("paul", "rose", "sami", "theo")]
    group = desk.page.locator("fieldset", has=desk.page.locator("[name='C3-unanimous']"))
    for name, voice in zip(names, voices, strict=True):
        group.get_by_label(name).select_option(voice)
    desk.page.locator("[name='C3-reason']").fill("Comptes rendus incomplets")


def test_a_file_with_a_tie_goes_back_and_the_minutes_are_signed(
    desk: Tablet, numbers: dict[str, str], tmp_path: Path
) -> None:
    code = re.findall(r"J-\d{4}-\d{3}", desk.page.url)[0]
    be(desk, "maud")
    desk.go(f"/qualification/jurys/{code}/")
    case = desk.page.locator("article").filter(has_text=numbers["pia"])
    case.locator("summary", has_text="Retirer ce dossier").click()
    case.locator("[name='reason']").fill("Lien familial déclaré par un juré")
    press(desk, "Retirer", case)
    press(desk, "Rédiger et verrouiller le procès-verbal")
    for who in ("paul", "rose", "sami", "theo"):
        be(desk, who)
        desk.go(f"/qualification/jurys/{code}/pv/")
        desk.sees("voix prépondérante", "Comptes rendus incomplets", "Lien familial déclaré par un juré")
        sign(desk, "Signer le procès-verbal")
    desk.sees("clos")
    words = read(desk, link(desk, "/papiers/"), tmp_path)
    for word in ("Procès-verbal du jury paritaire", "voix prépondérante", "Syndicat Deux", "non officiel"):
        assert word in words, word
    desk.go(f"/qualification/jurys/{code}/pv/")
    for_everyone(desk)
    desk.shot("proces-verbal")


def test_letters_say_what_is_kept_and_the_candidate_complains(
    desk: Tablet, numbers: dict[str, str], tmp_path: Path
) -> None:
    code = re.findall(r"J-\d{4}-\d{3}", desk.page.url)[0]
    be(desk, "maud")
    for name in ("nadia", "omar"):
        desk.go(f"/qualification/jurys/{code}/")
        press(desk, "Envoyer la notification", desk.page.locator("article").filter(has_text=numbers[name]))
    press(desk, "Transmettre au groupe technique")
    desk.sees("Transmis au groupe technique le")
    be(desk, "nadia")
    desk.go(f"/qualification/dossiers/{numbers['nadia']}/resultat/")
    desk.sees("non validée", "Comptes rendus incomplets", "conservée jusqu’au")
    for_everyone(desk)
    desk.shot("resultat")
    words = read(desk, link(desk, "/lettre/"), tmp_path)
    assert f"{TODAY.year + 2}" in words and "seules celles qui manquent" in words
    desk.tap("Contester cette décision")
    desk.type("grounds", "Mes comptes rendus étaient joints au dossier.")
    desk.action()
    be(desk, "elsa")
    desk.go("/qualification/reclamations/")
    desk.tap("Nadia Couche-Fictive")
    desk.page.locator("input[name='outcome'][value='rejected']").check(force=True)
    desk.type("answer", "Les pièces jointes ne portent pas sur la période.")
    sign(desk, "Signer la réponse")
    desk.sees("rejetée")


def test_the_certificate_is_awarded_and_the_folder_proves_itself(
    desk: Tablet, numbers: dict[str, str], tmp_path: Path
) -> None:
    be(desk, "maud")
    desk.go("/qualification/certificats/cle/")
    desk.type("centre", "Centre d’essai")
    sign(desk, "Saisir la clé")
    desk.sees("did:key:z6Mk")
    desk.go(f"/qualification/dossiers/{numbers['nadia']}/attribution/")
    assert desk.page.get_by_role("button", name="Attribuer le certificat").count() == 0
    desk.go(f"/qualification/dossiers/{numbers['omar']}/attribution/")
    sign(desk, "Attribuer le certificat")
    words = read(desk, link(desk, "/fichier/pdf/"), tmp_path)
    assert "Omar Tamis-Inventé" in words and numbers["omar"] in words and "Centre d’essai" in words
    press(desk, "Clore le dossier")
    desk.sees("Dossier clos")
    desk.shot("attribution")
    answer = desk.page.request.get(str(link(desk, "/archive/").first.get_attribute("href")))
    folder = tmp_path / "folder.zip"
    folder.write_bytes(answer.body())
    words_ = [sys.executable, "-m", "strate.cli", "qualification", "verify", str(folder)]
    done = subprocess.run(
        words_, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": "src"}, cwd=ROOT
    )
    assert done.returncode == 0 and "certificat authentique" in done.stdout, done.stdout + done.stderr
