"""Safety in the demo shop: the sheet of its powder, one rule to read, the powder room, three drums."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from strate.web.demo.papers import pdf
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import store
from strate.workshop.journal import clock
from strate.workshop.journal.actor import Actor
from strate.workshop.people import actions as people
from strate.workshop.safety import actions as safety

KG = 1_000_000
SHEET: dict[str, Any] = {
    "supplier": "Poudres Imaginaires SA",
    "product": "TiPoudre 64",
    "signal": "danger",
    "hazards": ["H228"],
    "precautions": ["P210", "P222", "P231", "P240", "P260", "P280", "P370+P378", "P501"],
    "pictograms": ["GHS02"],
    "composition": [
        {"name": "Titane", "cas": "7440-32-6", "least": "88", "most": "91"},
        {"name": "Aluminium", "cas": "7429-90-5", "least": "5.5", "most": "6.75"},
        {"name": "Vanadium", "cas": "7440-62-2", "least": "3.5", "most": "4.5"},
    ],
    "un_number": "UN 3089",
    "ppe_words": {"spill": "FFP3 ou demi-masque P3, gants nitrile longs, combinaison antistatique"},
    "first_aid": "Inhalation : sortir la personne à l’air libre. Yeux : rincer 15 minutes à l’eau.",
    "extinguisher": "Feu de classe D : sable sec ou poudre spéciale. Jamais d’eau, de CO₂ ni de mousse.",
    "fire_class": "D",
    "agents": ["class_d_powder", "dry_sand", "dry_salt"],
    "never": ["water", "foam", "co2", "air_jet", "dry_sweeping", "ordinary_vacuum"],
    "spill": "Arrêter, éloigner toute source d’inflammation, recouvrir de sable sec ou de sel, ramasser avec une "
    "pelle anti-étincelle dans un fût métallique fermé. Ne pas balayer à sec, ne pas souffler.",
    "damp_cleaning": "no",
    "storage": "Fût fermé, au sec, sous argon après ouverture, loin des acides et des oxydants.",
    "recycling": "Tamiser à 63 µm sous argon, puis recharger dans la limite de la gamme.",
    "disposal": "Fût métallique étiqueté « poudre usagée » ; code déchet choisi par l’entreprise.",
    "waste_stream": "contaminated_powder",
    "waste_group": "titanium",
    "sections": {
        "1": "Poudres Imaginaires SA. Appel d’urgence : 01 00 00 00 00 (exemple inventé).",
        "9": "Énergie minimale d’inflammation < 2 mJ ; Kst 168 bar·m/s (classe St1).",
        "10": "Réagit avec l’eau à chaud en donnant de l’hydrogène.",
    },
}
SHEET_PAGE = (
    "FICHE DE DONNÉES DE SÉCURITÉ (EXEMPLE INVENTÉ)",
    "TiPoudre 64 - Poudres Imaginaires SA - version 3.1",
    "2. Dangers : H228 Matière solide inflammable. Danger.",
    "5. Feu de classe D : sable sec, poudre spéciale. Jamais d'eau, de mousse ni de CO2.",
    "6. Dispersion : ne pas souffler, ne pas balayer à sec ; fût métallique fermé.",
    "8. FFP3, gants, lunettes, combinaison antistatique, mise à la terre.",
)
RULES_PAGE = (
    "RÈGLES DE LA SALLE DES POUDRES (EXEMPLE INVENTÉ)",
    "Ni flamme, ni téléphone.",
    "Se mettre à la terre.",
)


def furnish(team: dict[str, Actor]) -> None:
    """All that HSE has put in place, and what somebody else typed for them."""
    gaelle, today = team["gaelle"], timezone.localdate(clock.now())
    _sheet(team["driss"], gaelle, today)
    safety.publish_document(
        by=gaelle,
        code="regles-salle-poudres",
        version="2",
        kind="safety_rule",
        title_fr="Règles de la salle des poudres",
        title_en="Rules of the powder room",
        summary="Pas de flamme, pas de téléphone, chaussures antistatiques, aspirateur ATEX seulement.",
        roles=["operator", "shift_leader"],
        digest=_kept(gaelle, "regles-salle-poudres.pdf", pdf(*RULES_PAGE)),
    )
    drum: dict[str, Any] = {"by": gaelle, "place": "poudres", "capacity_mg": 60 * KG}
    safety.open_drum(code="DECHET-1", stream="oversize", waste_code="12 01 03", **drum)
    safety.open_drum(code="DECHET-2", stream="wipes", **drum)
    safety.open_drum(code="DECHET-3", stream="contaminated_powder", **drum)
    _powder_room(gaelle)
    _let_in(team["chloe"], team["amina"], today)


def _sheet(driss: Actor, gaelle: Actor, today: date) -> None:
    digest = _kept(gaelle, "fds-ti64.pdf", pdf(*SHEET_PAGE))
    head: dict[str, Any] = {"code": "fds-ti64", "version": "3.1"}
    safety.type_sheet(by=driss, material="ti64", revision_date=today, digest=digest, **head, **SHEET)
    safety.review_sheet(by=gaelle, next_check=today + timedelta(days=365), **head)


def _kept(by: Actor, name: str, content: bytes) -> str:
    """A file of the shop; returns its digest."""
    stored = store.keep(content, name)
    attachments.receive(by=by, stored=stored)
    return stored.digest


def _powder_room(gaelle: Actor) -> None:
    """What the powder room asks, and what may be used there."""
    safety.describe_zone(
        by=gaelle,
        place="poudres",
        kinds=["atex_22"],
        authorisations=[("zone", "poudres")],
        documents=["regles-salle-poudres"],
        materials=["ti64"],
        ppe=["M017", "M004", "M009", "M010", "M008"],
        note="Chaussures antistatiques ; se mettre à la terre en entrant.",
        source="DRPCE fictif, à remplacer",
    )
    vacuum = {"code": "ASP-1", "title": "Aspirateur ATEX 1", "marking": "II 3D Ex tc IIIC T135 °C Dc"}
    safety.declare_equipment(by=gaelle, category="3D", place="poudres", **vacuum)
    sieve = {"code": "TAMIS-1", "title": "Tamis inerté 1", "machine": "machine:TAMIS-1"}
    safety.declare_equipment(by=gaelle, category="2D", place="poudres", **sieve)


def _let_in(chloe: Actor, amina: Actor, today: date) -> None:
    """The employer lets Amina into the powder room; Bruno still waits for his training."""
    people.authorise(
        by=chloe,
        person=amina.person,
        kind="zone",
        scope="poudres",
        granted_on=today - timedelta(days=300),
        expires_on=today + timedelta(days=400),
        reason="Formation ATEX interne",
    )
