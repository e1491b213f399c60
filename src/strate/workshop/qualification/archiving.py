"""A candidate's folder: everything that led to the decision, as files that can be read without the product."""

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms.models import model_to_dict

from strate.kernels.sealing import keys
from strate.workshop.attachments import queries as attachments
from strate.workshop.journal import checkpoints
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.journal.rules import plain
from strate.workshop.people.queries import name_of
from strate.workshop.qualification import verifying
from strate.workshop.qualification.models import CandidateFile
from strate.workshop.qualification.queries import award, files

READ_ME = """Dossier de certification du candidat {number}

Chaque fichier se lit sans logiciel particulier : PDF, JSON, texte.
manifest.json donne l’empreinte SHA-256 de chacun ; manifest.jws signe cette liste.
Vérification : strate qualification verify DOSSIER (0 : tout tient, 1 : quelque chose a changé, 2 : autre chose)
Sans le programme : sha256sum de chaque fichier, comparé à manifest.json.
"""


@dataclass(frozen=True)
class Folder:
    """What goes in a folder: what is written for it, and the kept papers by their digest."""

    written: dict[str, bytes]
    papers: dict[str, str]

    @property
    def digest(self) -> str:
        """What the folder is made from, without opening a paper: the same tables and the same papers, or not."""
        names = {name: hashlib.sha256(body).hexdigest() for name, body in self.written.items()}
        return hashlib.sha256(_json({"written": names, "papers": self.papers})).hexdigest()


def folder(of: CandidateFile) -> Folder:
    """Every file of the folder, by its name; the list and its signature are added by `packed`."""
    papers: dict[str, str] = {}
    found = {"LISEZMOI.txt": READ_ME.format(number=of.number).encode(), "file.json": _json(_told(of))}
    for grid in of.grids.all():
        rows = [
            {**_row(line), "evidence": [_row(each) for each in line.evidence.all()]}
            for line in grid.rows.all()
        ]
        name = f"grids/{grid.competence}-{grid.assessor}-{grid.pk}.json"
        found[name] = _json({**_row(grid), "assessor_name": name_of(grid.assessor), "rows": rows})
    for case in of.cases.filter(jury__state="closed").select_related("jury__minutes"):
        found[f"juries/{case.jury.code}/minutes.json"] = _json(case.jury.minutes.content)
        rectified = [_row(each) for each in case.jury.minutes.rectifications.all()]
        found[f"juries/{case.jury.code}/rectifications.json"] = _json(rectified)
        complaints = [_row(each) for each in case.complaints.all()]
        found[f"juries/{case.jury.code}/complaints.json"] = _json(complaints)
        papers |= _papers(case.jury.ref, f"juries/{case.jury.code}/")
    for made in of.awards.all():
        found[f"certificates/{made.number}.json"] = _json(made.credential)
    return Folder(found, papers | _papers(of.ref, "papers/"))


def _told(of: CandidateFile) -> dict[str, Any]:
    """The file itself, by its tables; accommodations stay with those who evaluate."""
    opinion = getattr(of, "opinion", None)
    return {
        **{name: value for name, value in _row(of).items() if name != "accommodations"},
        "name": name_of(of.person),
        "reference": {
            "code": of.reference.code,
            "version": of.reference.version,
            "sha256": of.reference.digest,
        },
        "competences": {each.id: each.title for each in files.scope(of)},
        "signatures": [_row(each) for each in of.signatures.all()],
        "modalities": [_row(each) for each in of.modalities.all()],
        "applicability": [_row(each) for each in of.applicability.all()],
        "commission": [{**_row(each), "name": name_of(each.person)} for each in of.members.all()],
        "proposals": [_row(each) for each in of.proposals.all()],
        "evidence": [_row(each) for each in of.evidence_notes.all()],
        "questions": [_row(each) for each in of.questions.all()],
        "reports": [_row(each) for each in of.reports.all()],
        "presentations": [_row(each) for each in of.presentations.all()],
        "opinion": _row(opinion) if opinion else None,
        "certificates": [each.number for each in of.awards.all()],
        "withdrawn_list": award.list_address(""),
    }


def _row(row: Any) -> dict[str, Any]:
    """A row as it stands; times and days as text."""
    told = model_to_dict(row)
    told |= {f.name: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.editable}
    return {name: plain(value) for name, value in told.items()}


def _papers(ref: str, under: str) -> dict[str, str]:
    found = {}
    for use in attachments.about(ref):
        name = use.attachment.name or f"{use.attachment_id[:16]}.bin"
        found[f"{under}{use.attachment_id[:8]}-{name}"] = use.attachment_id
    return found


def _read(digest: str) -> bytes:
    if not attachments.holds(digest):
        raise RuleBroken("archived_file_altered", digest=digest)
    return attachments.path(digest).read_bytes()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode()


def packed(of: CandidateFile, made: Folder, *, at: datetime) -> tuple[bytes, str]:
    """The folder as a ZIP, and the digest of its list: the list is signed, so that one more line shows."""
    content = made.written | {name: _read(digest) for name, digest in made.papers.items()}
    listed = [
        {"name": name, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for name, body in sorted(content.items())
    ]
    head = {
        "format": verifying.FORMAT,
        "candidate": of.number,
        "at": plain(at),
        "key": checkpoints.public_key(),
    }
    manifest = _json({**head, "files": listed})
    digest = hashlib.sha256(manifest).hexdigest()
    signature = keys.sign({"sha256": digest}, checkpoints.site_key(), kind=verifying.KIND)
    content |= {verifying.MANIFEST: manifest, verifying.SIGNATURE: signature.encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as into:
        for name, body in sorted(content.items()):
            into.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), body, zipfile.ZIP_DEFLATED)
    return out.getvalue(), digest
