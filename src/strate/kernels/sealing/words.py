"""The words of the verifier, French then English: it runs where no catalogue is installed."""

from strate.kernels.sealing.findings import Finding

LANGUAGES = ("fr", "en")

HOLDS = {
    "signature_holds": (
        "Les données sont exactement celles que le site a signées.",
        "The data are exactly those that the site signed.",
    ),
    "key_recognised": (
        "La clé du site est bien celle que vous avez donnée.",
        "The site's key is the one you gave.",
    ),
    "checkpoints_hold": (
        "Les points de contrôle signés du journal sont authentiques ; scellé le {at} après {count} faits.",
        "The signed checkpoints of the journal are authentic; sealed on {at} after {count} facts.",
    ),
    "chain_holds": (
        "Du fait {first} au fait {last}, rien n’a été modifié, retiré, ajouté ni déplacé "
        "({whole} en toutes lettres, {sealed} par leur seule empreinte).",
        "From fact {first} to fact {last}, nothing was altered, removed, added or moved "
        "({whole} in words, {sealed} by their digest alone).",
    ),
    "attachments_hold": (
        "Pièces jointes intactes : {count}.",
        "Attachments intact: {count}.",
    ),
    "document_holds": (
        "Le document PDF de l’archive est, à l’octet près, celui que le site a signé.",
        "The PDF document in the archive is, to the byte, the one the site signed.",
    ),
    "pages_hold": (
        "Les pages du PDF sont intactes et sa signature (PAdES) couvre tout le fichier.",
        "The pages of the PDF are intact and its signature (PAdES) covers the whole file.",
    ),
}

REMARKS = {
    "key_to_recognise": (
        "Signé par la clé {key_id} : c’est à vous de la reconnaître (demandez-la au site, "
        "puis relancez avec --key).",
        "Signed by the key {key_id}, which you must recognise "
        "(ask the site for it, then run again with --key).",
    ),
    "certificate_to_recognise": (
        "Les pages sont signées avec le certificat {certificate}, que les données ne nomment pas : "
        "c’est à vous de le reconnaître.",
        "The pages are signed with the certificate {certificate}, which the data do not name: "
        "you must recognise it.",
    ),
    "no_document": (
        "L’archive ne contient pas de document PDF.",
        "The archive holds no PDF document.",
    ),
    "attachments_apart": (
        "{count} pièce(s) jointe(s) ne sont pas dans ce PDF : elles se vérifient avec l’archive du dossier.",
        "{count} attachment(s) are not in this PDF: check them with the dossier's archive.",
    ),
}

FINDINGS = {
    "altered_fact": ("Le fait {seq} a été modifié.", "Fact {seq} was altered."),
    "altered_link": ("Le maillon du fait {seq} a été modifié.", "The link of fact {seq} was altered."),
    "ambiguous_fact": (
        "Le fait {seq} n’est pas écrit sous sa forme unique : il peut se lire de deux façons.",
        "Fact {seq} is not written in its one form: it can be read in two ways.",
    ),
    "altered_column": (
        "Le fait {seq} ne se montre plus tel qu’il a été écrit ({column}).",
        "Fact {seq} is no longer shown as it was written ({column}).",
    ),
    "broken_link": (
        "Le fait {seq}, connu par sa seule empreinte, ne suit pas le précédent : "
        "il a été modifié ou remplacé.",
        "Fact {seq}, known by its digest alone, does not follow the one before: it was altered or replaced.",
    ),
    "unproven_fact": (
        "Plus rien ne prouve le fait {seq}, car celui qui le précède est atteint.",
        "Nothing proves fact {seq} any more, since the one before it is damaged.",
    ),
    "missing_fact": (
        "Du fait {first} au fait {last} : retirés (le fait suivant n’est donc plus prouvé non plus).",
        "Fact {first} to fact {last}: removed (the next one is therefore no longer proved either).",
    ),
    "reordered_fact": (
        "Du fait {first} au fait {last} : l’ordre a été changé.",
        "Fact {first} to fact {last}: the order was changed.",
    ),
    "renumbered_fact": (
        "Du fait {first} au fait {last} : les numéros ont été changés.",
        "Fact {first} to fact {last}: the numbers were changed.",
    ),
    "duplicated_fact": ("Le fait {seq} a été répété.", "Fact {seq} was repeated."),
    "added_fact": (
        "Le fait {seq} a été ajouté après le scellé, qui en compte {count}.",
        "Fact {seq} was added after the seal, which counts {count}.",
    ),
    "foreign_chain": (
        "Le fait {seq} vient d’un autre journal (« {chain} »).",
        "Fact {seq} comes from another journal (“{chain}”).",
    ),
    "truncated_chain": (
        "Le journal est coupé : les faits à partir du {seq} manquent ({found} au lieu de {count}).",
        "The journal is cut: the facts from {seq} on are missing ({found} instead of {count}).",
    ),
    "rewritten_chain": (
        "Du fait {first} au fait {last}, le journal a été réécrit : il contredit le point de contrôle signé.",
        "Fact {first} to fact {last}: the journal was rewritten and contradicts the signed checkpoint.",
    ),
    "bad_checkpoint_signature": (
        "Un point de contrôle ({which}) n’est pas signé par le site, ou a été modifié.",
        "A checkpoint ({which}) is not signed by the site, or was altered.",
    ),
    "foreign_checkpoint": (
        "Un point de contrôle ({which}) appartient à un autre journal (« {chain} »).",
        "A checkpoint ({which}) belongs to another journal (“{chain}”).",
    ),
    "altered_attachment": (
        "La pièce jointe « {name} » a été modifiée.",
        "The attachment “{name}” was altered.",
    ),
    "missing_attachment": ("La pièce jointe « {name} » manque.", "The attachment “{name}” is missing."),
    "altered_manifest": (
        "dossier.json a été modifié depuis sa signature ({reason}).",
        "dossier.json was altered since it was signed ({reason}).",
    ),
    "missing_signature": (
        "La signature des données (signature.jws) manque.",
        "The signature of the data (signature.jws) is missing.",
    ),
    "bad_signature": (
        "La signature des données ne correspond pas à la clé du site ({reason}).",
        "The signature of the data does not match the site's key ({reason}).",
    ),
    "unknown_key": (
        "La clé du site, {key_id}, n’est pas celle que vous avez donnée.",
        "The site's key, {key_id}, is not the one you gave.",
    ),
    "missing_document": (
        "Le document PDF ou sa signature manque dans l’archive.",
        "The PDF document or its signature is missing from the archive.",
    ),
    "bad_document_signature": (
        "La signature du document PDF ne correspond pas à la clé du site ({reason}).",
        "The signature of the PDF document does not match the site's key ({reason}).",
    ),
    "foreign_document": (
        "Le document PDF accompagne d’autres données que celles-ci.",
        "The PDF document belongs with other data than these.",
    ),
    "altered_document": (
        "Le document PDF a été modifié depuis sa signature.",
        "The PDF document was altered since it was signed.",
    ),
    "unsigned_document": ("Le document PDF n’est pas signé.", "The PDF document is not signed."),
    "document_changed_after_signature": (
        "Quelque chose a été ajouté au PDF après sa signature.",
        "Something was added to the PDF after it was signed.",
    ),
    "document_signed_by_another": (
        "Le PDF est signé avec un autre certificat que celui du site ({certificate}).",
        "The PDF is signed with another certificate than the site's ({certificate}).",
    ),
    "unexpected_file": (
        "L’archive contient un fichier que le dossier ne connaît pas : « {name} ».",
        "The archive holds a file unknown to the dossier: “{name}”.",
    ),
    "altered_container": (
        "L’enveloppe de l’archive a été modifiée ou refaite ; son contenu, lui, est intact.",
        "The wrapping of the archive was altered or remade; its content is intact.",
    ),
    "damaged_container": (
        "L’archive du dossier est abîmée et ne se lit plus ({reason}).",
        "The archive of the dossier is damaged and cannot be read ({reason}).",
    ),
}

NOT_A_DOSSIER = {
    "unknown_file": (
        "Ce fichier n’est ni une archive ni un PDF.",
        "This file is neither an archive nor a PDF.",
    ),
    "unreadable_file": ("Ce fichier ne s’ouvre pas : {reason}.", "This file cannot be opened: {reason}."),
    "unknown_archive": (
        "Cette archive n’est pas celle d’un dossier ({reason}).",
        "This archive is not that of a dossier ({reason}).",
    ),
    "archive_without_dossier": (
        "Cette archive ne contient pas de dossier.json.",
        "This archive holds no dossier.json.",
    ),
    "pdf_without_dossier": (
        "Ce PDF ne contient pas les données d’un dossier.",
        "This PDF does not hold the data of a dossier.",
    ),
    "unreadable_pdf": ("Ce PDF ne se lit pas ({reason}).", "This PDF cannot be read ({reason})."),
    "too_large": ("Ce fichier est trop grand ({size} octets).", "This file is too large ({size} bytes)."),
}

REPORT = {
    "holds": ("tient", "holds"),
    "fails": ("ne tient pas", "does not hold"),
    "remark": ("à vous de juger", "for you to judge"),
    "all_holds": ("TOUT TIENT.", "EVERYTHING HOLDS."),
    "something_fails": ("QUELQUE CHOSE NE TIENT PAS : {count}.", "SOMETHING DOES NOT HOLD: {count}."),
    "untitled": ("Dossier", "Dossier"),
    "opening": ("ouverture", "opening"),
    "intermediate": ("intermédiaire", "intermediate"),
    "sealing": ("scellé", "sealing"),
}

WORDS = {**HOLDS, **REMARKS, **FINDINGS, **NOT_A_DOSSIER, **REPORT}


def word(finding: Finding, lang: str) -> str:
    """A finding in the reader's language."""
    values = {**finding.values, "seq": finding.seq if finding.seq is not None else ""}
    if "which" in values:
        values["which"] = WORDS[str(values["which"])][LANGUAGES.index(lang)]
    return WORDS[finding.code][LANGUAGES.index(lang)].format(**values)
