"""Making the files of a sealed dossier: the stretch of the chain, the attachments, the pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from strate.kernels.sealing import Entry, digest
from strate.kernels.sealing.manifest import Attachment
from strate.workshop.attachments import queries as files
from strate.workshop.attachments import store
from strate.workshop.doors import fonts
from strate.workshop.dossier import keys, queries, summary
from strate.workshop.dossier.document import Issued, issue_dossier
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.models import Dossier
from strate.workshop.journal import queries as journal
from strate.workshop.journal.refusals import RuleBroken
from strate.workshop.site import queries as site


@dataclass(frozen=True)
class Filed:
    """The files of a dossier as they were made, and on which fact and signed head they stand."""

    document: Issued
    sealed_seq: int
    sealing: str


def issue(dossier: Dossier, folder: Path) -> Filed:
    """Print and seal the two files into a folder, in the language and on the wall clock of the site."""
    sealed = journal.by_event(str(dossier.sealed_event))
    end = journal.checkpoint_covering(sealed.seq) if sealed else None
    if sealed is None or end is None:
        raise RuleBroken("sealing_fact_lost", dossier=dossier.ref)
    lang, zone = str(site.value("language")), str(site.value("time_zone"))
    with translation.override(lang), timezone.override(ZoneInfo(zone)):
        gathered = queries.gather(dossier.order, until=end.seq)
        opening = journal.checkpoint_before(min(gathered.facts))
        first = opening.seq + 1 if opening else 1
        between = [p.jws for p in journal.checkpoints_between(first, end.seq - 1)]
        made = issue_dossier(
            summary.of(dossier, gathered),
            folder=folder,
            keys=keys.site_keys(),
            chain=end.chain,
            facts=_entries(gathered, first, end.seq),
            sealing=end.jws,
            opening=opening.jws if opening else None,
            checkpoints=between,
            attachments=_attachments(gathered),
            lang=lang,
            font_paths=fonts.folders(),
            timezone=zone,
        )
    return Filed(made, sealed.seq, end.jws)


def _entries(gathered: Gathered, first: int, last: int) -> Iterator[Entry]:
    """The chain without a gap: the dossier's own facts in words, all the others by their digest alone."""
    for fact in journal.segment(first, last):
        if fact.seq in gathered.facts:
            yield Entry(fact.seq, fact.link, fact.envelope)
        else:
            yield Entry(fact.seq, fact.link, None, digest(fact.envelope.encode()))


def _attachments(gathered: Gathered) -> list[Attachment]:
    found = []
    for each in summary.attached(gathered):
        row, path = files.one(each), files.path(each)
        if store.digest_of(path) != each:
            raise RuleBroken("attached_file_altered", digest=each)
        found.append(Attachment(each, row.size, row.media_type, row.name or each[:16], path))
    return found
