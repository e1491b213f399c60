"""The verbs of a dossier: seal it, file it away, hand a copy over."""

import hashlib
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import IntegrityError

from strate.kernels.sealing import canonical
from strate.workshop.attachments import actions as attachments
from strate.workshop.attachments import queries as files
from strate.workshop.attachments import store
from strate.workshop.attachments.rules import Stored
from strate.workshop.dossier import completeness, queries, rules
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.models import FILED, Dossier, DossierFact
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actions import Done, act
from strate.workshop.journal.actor import SYSTEM, Actor
from strate.workshop.journal.refusals import Refused, RuleBroken
from strate.workshop.people.roles import permit
from strate.workshop.work import actions as work

if TYPE_CHECKING:
    from strate.workshop.dossier.filing import Filed


def seal(*, by: Actor, order: str, reviewed: bool) -> Dossier:
    """Seal the dossier of an order: complete, reviewed, signed by quality, never by who launched the build.

    Refused with everything that is missing at once. `reviewed` says that corrections, late entries and limits
    passed over were read. The files are made right after, by the server's own hands.
    """
    permit(by, "dossier.seal")
    gathered = queries.gather(order)
    found = gathered.order
    _must_be_open(found.code)
    trail = queries.to_review(gathered)
    people = completeness.launchers(gathered)
    reasons = rules.missing(completeness.sections(gathered))
    reasons += rules.seal_reasons(by=by.person, launchers=people, reviewed=reviewed, to_review=len(trail))
    if reasons:
        raise Refused(reasons)
    with act("dossier.sealed", by=by, meaning="sealed") as done:
        _must_not_have_moved(gathered)
        made = _create(gathered, done)
        done.tell(
            made,
            found,
            dossier=made.ref,
            order=found.ref,
            good=found.good,
            scrap=found.scrap,
            facts=len(gathered.facts),
            facts_sha256=_digest(gathered),
            reviewed=[each.event for each in trail],
        )
        work.later("dossier.file", {"dossier": made.code}, dedupe=made.code)
        done.milestone_reached("dossier")
    return made


def _create(gathered: Gathered, done: Done) -> Dossier:
    """The row of the seal, and each fact it tells from now on; of two people sealing at once, one is first."""
    order = gathered.order
    values = {"sealed_by": done.by.person, "sealed_at": done.happened_at, "sealed_event": done.event}
    try:
        made = Dossier.objects.create(code=code_of(order.code), order=order.code, **values)
    except IntegrityError as sealed_meanwhile:
        raise RuleBroken("dossier_already_sealed", order=order.ref) from sealed_meanwhile
    DossierFact.objects.bulk_create(
        DossierFact(dossier=made, event=fact.event) for fact, _told in gathered.in_order()
    )
    return made


def code_of(order: str) -> str:
    """How the dossier of an order is called: « D-OF-1187 »."""
    return f"D-{order}"


def _must_be_open(order: str) -> None:
    sealed = queries.of_order(order)
    if sealed:
        raise RuleBroken("dossier_already_sealed", order=f"order:{order}", at=sealed.sealed_at)


def _must_not_have_moved(gathered: Gathered) -> None:
    """Something written while the dossier was being read is read first."""
    if journal.of(*gathered.things, first=gathered.until + 1):
        raise RuleBroken("dossier_moved_meanwhile", order=gathered.order.ref)


def _digest(gathered: Gathered) -> str:
    """The digest of the facts that were shown to whoever seals, by their event numbers."""
    events = [str(fact.event) for fact, _told in gathered.in_order()]
    return hashlib.sha256(canonical(events)).hexdigest()


def file_away(*, dossier: str) -> Dossier:
    """Make the two files of a sealed dossier and keep them; doing it again changes nothing."""
    found = queries.dossier(dossier)
    if found.state == FILED:
        return found
    with TemporaryDirectory(prefix="strate-dossier-") as folder:
        # The printing press and what signs PDFs weigh half a second of every start; only a filing needs them.
        from strate.workshop.dossier import filing

        issued = filing.issue(found, Path(folder))
        with issued.document.pdf.open("rb") as pages, issued.document.archive.open("rb") as archive:
            pdf = store.keep(pages, f"{found.code}.pdf", untouched=True)
            bundle = store.keep(archive, f"{found.code}.dossier.zip", untouched=True)
    try:
        return _write(found.code, issued, pdf, bundle)
    except _FiledMeanwhile:
        for stored in (pdf, bundle):
            store.path_of(stored.digest).unlink(missing_ok=True)
        return queries.dossier(dossier)


class _FiledMeanwhile(Exception):
    """Somebody else filed it while we were printing."""


def _write(code: str, issued: "Filed", pdf: Stored, bundle: Stored) -> Dossier:
    with act("dossier.filed", by=SYSTEM) as done:
        found = Dossier.objects.select_for_update().get(code=code)
        if found.state == FILED:
            raise _FiledMeanwhile
        found.state, found.filed_at = FILED, done.happened_at
        found.sealed_seq, found.checkpoint = issued.sealed_seq, issued.sealing
        found.pdf_digest, found.bundle_digest = pdf.digest, bundle.digest
        found.key_id = issued.document.key_id
        found.save()
        for stored in (pdf, bundle):
            attachments.attach(by=SYSTEM, stored=stored, about=found.ref, caption=stored.name)
        done.tell(
            found,
            f"order:{found.order}",
            dossier=found.ref,
            order=f"order:{found.order}",
            pdf_sha256=pdf.digest,
            bundle_sha256=bundle.digest,
            key_id=found.key_id,
            sealed_seq=issued.sealed_seq,
        )
    return found


def copy_to(dossier: Dossier, folder: Path) -> list[Path]:
    """Copy the two files of a filed dossier into a folder: `D-OF-….pdf` and `D-OF-….dossier.zip`."""
    made = []
    for digest in (dossier.pdf_digest, dossier.bundle_digest):
        if not digest:
            raise RuleBroken("dossier_not_filed_yet", dossier=dossier.ref)
        row = files.one(digest)
        target = folder / row.name
        shutil.copyfile(files.path(digest), target)
        made.append(target)
    return made
