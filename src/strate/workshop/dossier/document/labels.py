"""The words printed on the dossier, French then English."""

import re

LABELS: dict[str, tuple[str, str]] = {
    "dossier": ("Dossier de fabrication", "Manufacturing dossier"),
    "decision": ("Décision", "Decision"),
    "essentials": ("L’essentiel", "The essentials"),
    "build": ("La fabrication, couche par couche", "The build, layer by layer"),
    "build_alt": (
        "Dessin de la fabrication : une ligne par couche, colorée par ce qui s’y est passé",
        "Drawing of the build: one line per layer, coloured by what happened in it",
    ),
    "layers": ("couches", "layers"),
    "layer": ("Couche", "Layer"),
    "top": ("dernière couche", "last layer"),
    "plate": ("plateau", "plate"),
    "fine": ("sans événement", "nothing to report"),
    "interrupted": ("interrompue", "interrupted"),
    "suspected": ("anomalie suspectée", "suspected anomaly"),
    "decided": ("suspicion tranchée", "suspicion decided"),
    "no_data": ("pas de donnée", "no data"),
    "orders": ("Ordres de fabrication", "Orders"),
    "order": ("Ordre", "Order"),
    "customer": ("Client", "Customer"),
    "quantity": ("Quantité", "Quantity"),
    "due": ("Pour le", "Due"),
    "parts": ("Pièces", "Parts"),
    "serial": ("N° de série", "Serial number"),
    "part": ("Pièce", "Part"),
    "revision": ("Indice", "Revision"),
    "file": ("Fichier d’échange", "Exchange file"),
    "verdict": ("Verdict", "Verdict"),
    "machine": ("Machine", "Machine"),
    "routing": ("Gamme", "Routing"),
    "parameters": ("Paramètres", "Parameters"),
    "parameter": ("Paramètre", "Parameter"),
    "asked": ("Gamme", "Routing"),
    "read": ("Relu sur la machine", "Read back"),
    "feedstock": ("Matière", "Feedstock"),
    "lot": ("Lot", "Lot"),
    "supplier": ("Fournisseur", "Supplier"),
    "mass": ("Masse", "Mass"),
    "used_share": ("Poudre usagée", "Used powder"),
    "released_by": ("Libéré par", "Released by"),
    "balance": ("Bilan matière", "Mass balance"),
    "interruptions": ("Interruptions", "Interruptions"),
    "at": ("Quand", "When"),
    "reason": ("Motif", "Reason"),
    "by": ("Par", "By"),
    "post_processing": ("Post-traitements", "Post-processing"),
    "operation": ("Opération", "Operation"),
    "program": ("Programme", "Program"),
    "result": ("Résultat", "Result"),
    "inspection": ("Contrôle", "Inspection"),
    "measure": ("Mesure", "Measurement"),
    "bounds": ("Bornes", "Bounds"),
    "value": ("Relevé", "Value"),
    "gauge": ("Instrument", "Gauge"),
    "ok": ("conforme", "conforming"),
    "out": ("hors bornes", "out of bounds"),
    "visual": ("Contrôle visuel", "Visual check"),
    "scans": ("Scans comparés au fichier d’échange", "Scans compared with the exchange file"),
    "deviations": ("Écarts, du moindre au plus grand", "Deviations, least to most"),
    "covered": ("Surface scannée", "Surface scanned"),
    "photos": ("Photographies", "Photographs"),
    "not_printable": (
        "Image qui ne s’imprime pas ; le fichier est dans l’archive.",
        "Picture that cannot be printed; the file is in the archive.",
    ),
    "anomalies": ("Anomalies", "Anomalies"),
    "anomaly": ("Anomalie", "Anomaly"),
    "answer": ("Réponse", "Answer"),
    "recipient": ("Adressée à", "Sent to"),
    "signatures": ("Signatures", "Signatures"),
    "name": ("Nom", "Name"),
    "role": ("Fonction", "Role"),
    "meaning": ("Signification", "Meaning"),
    "method": ("Preuve d’identité", "Proof of identity"),
    "timeline": ("Ce qui a été fait, fait par fait", "What was done, fact by fact"),
    "fact": ("Fait", "Fact"),
    "what": ("Quoi", "What"),
    "who": ("Qui", "Who"),
    "station": ("Poste", "Station"),
    "digest": ("Empreinte", "Digest"),
    "seal": ("Scellé", "Seal"),
    "seal_count": ("faits scellés", "facts sealed"),
    "seal_head": ("Empreinte du journal", "Digest of the journal"),
    "seal_key": ("Clé du site", "The site's key"),
    "seal_alt": ("Code QR du scellé", "QR code of the seal"),
    "seal_explained": (
        "Toute modification d’un fait, d’une pièce jointe ou d’une page se voit. "
        "Ce PDF contient ses propres données : n’importe qui peut les vérifier, sans réseau, avec",
        "Any change to a fact, an attachment or a page can be seen. "
        "This PDF holds its own data: anyone can check them, offline, with",
    ),
    "none": ("Aucune.", "None."),
    "page": ("page", "page"),
    "data_attached": ("Données du dossier", "Data of the dossier"),
}

LANGUAGES = ("fr", "en")


def labels(lang: str) -> dict[str, str]:
    """Every label in one language, with French typography in French."""
    chosen = {code: words[LANGUAGES.index(lang)] for code, words in LABELS.items()}
    return (
        {code: re.sub(" ([:;])", "\u202f\\1", text) for code, text in chosen.items()}
        if lang == "fr"
        else chosen
    )
