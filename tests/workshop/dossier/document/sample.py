"""A whole dossier of an invented shop, as the dossier room would hand it to the printer."""

import io
import random
from typing import Any

from PIL import Image, ImageDraw

from strate.kernels.sealing.canonical import digest
from strate.kernels.sealing.links import Entry, genesis, seal

CHAIN = "site-atelier-nord"
PEOPLE = ("Amina Tissot-Vrai", "Bruno Calavère", "Chloé Marnissac", "Driss Oubelkhir")
GESTURES = (
    "a relevé l’oxygène : 420 ppm (limite 1 000 ppm)",
    "a chargé 18,400 kg du lot TI64-2291 dans la trémie",
    "a vérifié le racleur : aucune marque",
    "a acquitté la fiche de données de sécurité du Ti-6Al-4V",
    "a noté la température du plateau : 201 °C",
)


def facts(count: int) -> list[Entry]:
    """The journal of one production."""
    head, entries = genesis(CHAIN), []
    for seq in range(1, count + 1):
        entry = seal(head, envelope(seq))
        head = entry.link
        entries.append(entry)
    return entries


def envelope(seq: int) -> dict[str, Any]:
    minutes = seq * 3
    return {
        "schema": 1,
        "chain": CHAIN,
        "seq": seq,
        "event": f"01936{seq:027x}",
        "what": "reading.taken",
        "by": f"p-{seq % 4}",
        "station": "poste-2",
        "happened_at": f"2026-11-{18 + minutes // 1440:02d}T{minutes // 60 % 24:02d}:{minutes % 60:02d}:00Z",
        "things": ["build:FA-0042", "machine:M2"],
        "data": {"says": GESTURES[seq % len(GESTURES)]},
    }


def photo(hue: int) -> bytes:
    """A drawn plate with three parts on it, standing for a photograph."""
    image = Image.new("RGB", (640, 420), (58 + hue, 60, 62))
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 50, 580, 370), fill=(150, 148 - hue, 143), outline=(90, 88, 84), width=4)
    for x in (150, 290, 430):
        pen.ellipse((x - 40, 150, x + 60, 270), fill=(120 + hue, 118, 112), outline=(70, 70, 68), width=3)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


PHOTOS = {digest(photo(hue)): photo(hue) for hue in (0, 25, 50)}


def layers(count: int) -> list[list[Any]]:
    dice, runs, done = random.Random(4), [], 0
    while done < count:
        fine = min(dice.randrange(60, 420), count - done)
        runs.append(["fine", fine])
        done += fine
        if done < count:
            state, many = dice.choice([("suspected", 2), ("decided", 1), ("decided", 3), ("no_data", 34)])
            many = min(many, count - done)
            runs.append([state, many])
            done += many
    middle = len(runs) // 2
    runs[middle][1] -= 1
    return [*runs[:middle], ["interrupted", 1], *runs[middle:]]


def dossier(entries: list[Entry], *, layer_count: int = 2000) -> dict[str, Any]:
    """The summary printed, in French words, for these facts."""
    return {
        **went(layer_count),
        "code": "DF-0042",
        "title": "DF-0042 · Support de carter",
        "site": {"name": "Atelier Nord"},
        "decision": {
            "verdict": "Conforme : 3 pièces libérées",
            "by": PEOPLE[2],
            "at": "2026-11-22T09:40:00Z",
        },
        "essentials": ESSENTIALS,
        "orders": [
            order("OF-1187", "Aéro-Lorraine", "2", "2026-11-28"),
            order("OF-1190", "Moteurs du Rhin", "1", "2026-12-04"),
        ],
        "parts": [part(number) for number in (1, 2, 3)],
        "machine": [{"label": "Machine", "value": "M2 · n° 40118 · logiciel 3.4.1"}],
        "routing": [
            {"label": "Gamme", "value": "GA-017 version 4 · approuvée par Driss Oubelkhir le 12/10/2026"}
        ],
        "parameters": PARAMETERS,
        "feedstock": FEEDSTOCK,
        "signatures": [
            signature(PEOPLE[0], "Opératrice", "A fabriqué selon la gamme", "2026-11-21T15:02:00Z"),
            signature(PEOPLE[2], "Qualité", "Libère les pièces", "2026-11-22T09:40:00Z"),
        ],
        "timeline": [line(entry) for entry in entries],
        "seal": {
            "chain": CHAIN,
            "count": len(entries),
            "head": entries[-1].link,
            "key_id": digest(b"the key of the invented site"),
            "at": "2026-11-22T09:41:07Z",
        },
    }


def went(layer_count: int) -> dict[str, Any]:
    """How the build went, and what was found afterwards."""
    return {
        "layers": {"runs": layers(layer_count)},
        "interruptions": [
            {
                "layer": "1 012",
                "at": "2026-11-19T22:47:00Z",
                "reason": "Oxygène à 1 180 ppm (limite 1 000 ppm)",
                "decision": "Reprise après purge ; couche refaite",
                "by": PEOPLE[3],
            }
        ],
        "post_processing": [
            {
                "name": "Détente",
                "machine": "Four F1",
                "program": "800 °C, 2 h, argon",
                "at": "2026-11-20T14:00:00Z",
                "result": "palier tenu 2 h 03 min",
                "by": PEOPLE[1],
            }
        ],
        "inspection": INSPECTION,
        "anomalies": [
            {
                "code": "AN-0031",
                "at": "2026-11-20T16:12:00Z",
                "what": "Trace sombre sur le bord du plateau",
                "to": "Méthodes",
                "answer": "Condensat, sans effet sur les pièces",
            }
        ],
    }


def order(code: str, customer: str, quantity: str, due: str) -> dict[str, str]:
    return {"code": code, "customer": customer, "part": "Support de carter", "quantity": quantity, "due": due}


def part(number: int) -> dict[str, str]:
    file = {"file": "support-carter-C.stl", "sha256": digest(b"stl")}
    return {
        "serial": f"SC-0042-{number}",
        "part": "Support de carter",
        "revision": "C",
        "verdict": "ok",
        **file,
    }


def parameter(name: str, asked: str, read: str) -> dict[str, str]:
    return {"name": name, "asked": asked, "read": read, "verdict": "ok"}


PARAMETERS = [
    parameter("Épaisseur de couche", "40 µm", "40 µm"),
    parameter("Puissance du laser", "280 W", "280 W"),
    parameter("Vitesse de balayage", "1 200 mm/s", "1 200 mm/s"),
    parameter("Espacement des vecteurs", "0,14 mm", "0,14 mm"),
]


def signature(name: str, role: str, meaning: str, at: str) -> dict[str, str]:
    return {"name": name, "role": role, "meaning": meaning, "at": at, "method": "badge et code"}


def line(entry: Entry) -> dict[str, Any]:
    told = envelope(entry.seq)
    return {
        "seq": entry.seq,
        "at": told["happened_at"],
        "what": told["data"]["says"],
        "who": PEOPLE[entry.seq % 4],
        "station": "Poste 2",
        "digest": digest((entry.envelope or "").encode()),
    }


ESSENTIALS = [
    {"label": "Client", "value": "Aéro-Lorraine"},
    {"label": "Fabrication", "value": "FA-0042 · plateau 7"},
    {"label": "Machine", "value": "M2 · fusion laser sur lit de poudre"},
    {"label": "Matière", "value": "Ti-6Al-4V grade 23 · lot TI64-2291"},
    {"label": "Poudre usagée dans la machine", "value": "31,2 % (plafond 50 %)"},
    {"label": "Durée", "value": "27 h 14 min, une interruption"},
]

FEEDSTOCK = {
    "lots": [
        {
            "code": "TI64-2291",
            "supplier": "Poudres de Savoie · certificat 88-4410",
            "mass": "18,400 kg",
            "used_share": "0 %",
            "released_by": PEOPLE[2],
        },
        {
            "code": "MEL-0107",
            "supplier": "mélange du site",
            "mass": "9,120 kg",
            "used_share": "94,1 %",
            "released_by": "",
        },
    ],
    "balance": [
        {"label": "Chargé", "value": "27,520 kg"},
        {"label": "Pièces et supports", "value": "1,874 kg"},
        {"label": "Récupéré", "value": "25,490 kg"},
        {"label": "Déchets", "value": "0,112 kg"},
        {"label": "Écart", "value": "0,044 kg (0,16 %)"},
    ],
}

INSPECTION = {
    "measurements": [
        {
            "name": "Ø de centrage",
            "bounds": "24,98 … 25,02 mm",
            "value": "25,004 mm",
            "gauge": "Alésomètre AL-12, valide jusqu’au 03/2027",
            "by": PEOPLE[1],
            "verdict": "ok",
        },
        {
            "name": "Hauteur totale",
            "bounds": "79,90 … 80,10 mm",
            "value": "80,03 mm",
            "gauge": "Colonne CM-2, valide jusqu’au 01/2027",
            "by": PEOPLE[1],
            "verdict": "ok",
        },
    ],
    "visual": [
        {"what": "Surface sans projection ni manque, SC-0042-1 à 3", "by": PEOPLE[0], "verdict": "ok"}
    ],
    "photos": [{"caption": f"Plateau, vue {n}", "digest": d} for n, d in enumerate(PHOTOS, start=1)],
}
