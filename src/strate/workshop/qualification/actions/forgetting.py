"""Words that are no longer needed are forgotten; what was signed, and every digest, stays."""

from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.qualification.models import (
    Award,
    CandidateFile,
    Complaint,
    Grid,
    GridRow,
    Jury,
    Minutes,
    Notification,
    Rectification,
    Seat,
    Transmission,
)
from strate.workshop.qualification.models.evaluation import GRID_SIGNED
from strate.workshop.qualification.queries import personal


def forget_words(files: list[CandidateFile]) -> int:
    """Comments, answers, complaints, accommodations, drafts of these files go; called inside an act."""
    for each in files:
        # The digest of a document stays: by it the room knows that nobody may open the document any more.
        each.evidence_notes.update(title="", comment="", withdrawn_reason="")
        each.questions.update(answer="")
        each.presentations.update(minutes="")
        drafts = Grid.objects.filter(file=each).exclude(state=GRID_SIGNED)
        GridRow.objects.filter(grid__in=drafts).delete()
        drafts.delete()
        each.awards.update(revoked_reason="")
        each.cases.update(withdrawn_reason="")
        Complaint.objects.filter(case__file=each).update(grounds="", outcome="", effect="")
        each.accommodations, each.cancelled_reason, each.forgotten = "", "", True
        each.save(update_fields=["accommodations", "cancelled_reason", "forgotten"])
    return len(files)


def purge(by: Actor, files: list[CandidateFile]) -> int:
    """What the rule of the site says is past its time."""
    return forget_words(files)


def strike_names(by: Actor, juries: list[Jury]) -> int:
    """The names in the minutes and letters of these juries give way to pseudonyms; the digests signed stay.

    A printed paper cannot lose a name: from then on nobody opens it any more.
    """
    for found in juries:
        with act("qualification.names_struck", by=by) as done:
            told = Minutes.objects.select_for_update().get(jury=found)
            told.content = personal.without_names(told.content)
            told.save(update_fields=["content"])
            for each in [
                *Notification.objects.filter(case__jury=found),
                *Transmission.objects.filter(jury=found),
            ]:
                each.content = personal.without_names(each.content)
                each.save(update_fields=["content"])
            Rectification.objects.filter(minutes=told).update(before="", after="", reason="")
            Transmission.objects.filter(jury=found).update(received_by="", control_words="")
            found.seats.update(excused_reason="", unable_reason="")
            found.names_gone = True
            found.save(update_fields=["names_gone"])
            done.tell(found, jury=found.ref, sha256=told.sha256)
    return len(juries)


def shut_certificates(by: Actor, awards: list[Award]) -> int:
    """The pages of these certificates, which bear a name, open for nobody any more; credentials and digests stay."""
    for made in awards:
        with act("qualification.certificate_shut", by=by) as done:
            Award.objects.filter(pk=made.pk).update(names_gone=True)
            done.tell(made, certificate=made.ref, document=made.document)
    return len(awards)


def erase_person(by: Actor, person: str) -> None:
    """Somebody is erased: the words of their settled files go with their name."""
    own = CandidateFile.objects.filter(person=person, state__in=personal.SETTLED)
    forget_words(list(own))
    Seat.objects.filter(person=person).update(excused_reason="", unable_reason="", ties={})
