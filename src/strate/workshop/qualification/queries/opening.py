"""Who may open the files a campaign keeps: a report, a piece of evidence, the papers of a file or of a jury."""

from collections.abc import Iterable

from django.db.models import Q

from strate.workshop.attachments import queries as attachments
from strate.workshop.attachments.registry import Attachment
from strate.workshop.journal.actor import Actor
from strate.workshop.people.roles import AUDITOR, CENTRE
from strate.workshop.qualification.models import (
    Archive,
    Award,
    CandidateFile,
    EvidenceNote,
    Jury,
    Notification,
    Report,
)
from strate.workshop.qualification.queries import files, jury

KINDS = ("candidate", "jury")


def opens(row: Attachment, by: Actor) -> bool | None:
    """Yes or no for a file of a campaign; nothing for any other.

    A campaign keeps what was brought to the cupboard for it: naming a photo of the hall shuts it for nobody.
    """
    if shut(row.digest):
        return False
    answers = [*_evidence(row, by), *_reports(row, by), *_papers(row, by)]
    return any(answers) if answers else None


def shut(digest: str) -> bool:
    """A paper whose names have gone with time: printed pages cannot lose a name, so nobody opens them."""
    return digest in shut_among([digest])


def shut_among(digests: Iterable[str]) -> set[str]:
    """Those of these papers that nobody opens any more, looked up together however many juries there were."""
    asked = set(digests)
    gone = Jury.objects.filter(names_gone=True)
    letters = Notification.objects.filter(document__in=asked, case__jury__in=gone)
    awards = Award.objects.filter(names_gone=True)
    folders = Archive.objects.filter(digest__in=asked)
    folders = folders.filter(Q(file__cases__jury__in=gone) | Q(file__awards__in=awards))
    found = set(letters.values_list("document", flat=True)) | set(folders.values_list("digest", flat=True))
    found |= set(awards.filter(document__in=asked).values_list("document", flat=True))
    of_juries = attachments.about_kind("jury", asked)
    codes = set(gone.filter(code__in=of_juries).values_list("code", flat=True))
    return found.union(*(of_juries[code] for code in codes))


def _evidence(row: Attachment, by: Actor) -> list[bool]:
    """A piece is for the candidate and the commission; once withdrawn, for the candidate alone."""
    found = EvidenceNote.objects.filter(attachment=row.digest).select_related("file")
    return [
        _is(note.file, by, files.CANDIDATE, *(() if note.withdrawn_at else (files.MEMBER,)))
        for note in found
        if note.file.person == row.added_by
    ]


def _reports(row: Attachment, by: Actor) -> list[bool]:
    found = Report.objects.filter(attachment=row.digest, sent_by=row.added_by).select_related("file")
    return [_is(one.file, by, files.CANDIDATE, files.MEMBER, files.CENTRE_SIDE) for one in found]


def _papers(row: Attachment, by: Actor) -> list[bool]:
    """What the house printed or packed: attached by whoever made it."""
    said = []
    for about in row.uses.filter(by=row.added_by).values_list("about", flat=True):
        kind, _sep, code = about.partition(":")
        if kind == "candidate":
            of = CandidateFile.objects.filter(number=code).first()
            said.append(of is not None and _paper(of, row, by))
        elif kind == "jury":
            sat = Jury.objects.filter(code=code).first()
            said.append(sat is not None and jury.concerned(sat, by))
    return said


def _paper(of: CandidateFile, row: Attachment, by: Actor) -> bool:
    """Letters and certificates: the candidate too; the whole folder, with every grid, stays with the centre."""
    if {CENTRE, AUDITOR} & by.roles:
        return True
    packed = Archive.objects.filter(digest=row.digest).exists()
    return not packed and files.CANDIDATE in files.sides(of, by)


def _is(of: CandidateFile, by: Actor, *wanted: str) -> bool:
    """Nobody opens any more what was forgotten with its words."""
    return not of.forgotten and bool(files.sides(of, by) & set(wanted))
