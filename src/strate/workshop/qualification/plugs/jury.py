"""Who convenes, sits, notifies, awards; and how juries and certificates are found."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.journal.actor import Actor
from strate.workshop.people.roles import ADMIN, CENTRE, JUROR, QUALITY, declare
from strate.workshop.qualification.models import Award, Jury
from strate.workshop.qualification.queries import jury
from strate.workshop.qualification.wording.award import AWARD_KINDS
from strate.workshop.qualification.wording.jury import JURY_STATES
from strate.workshop.things.registry import Kind, Thing, register

declare("qualification.enter_jury_rule", CENTRE)
declare("qualification.convene", CENTRE)
declare("qualification.sit", JUROR)
declare("qualification.lock_minutes", CENTRE, JUROR)
declare("qualification.state_unable", CENTRE, JUROR)
declare("qualification.rectify", CENTRE)
declare("qualification.notify", CENTRE)
declare("qualification.answer_complaint", CENTRE, QUALITY)
declare("qualification.transmit", CENTRE)
declare("qualification.award", CENTRE)
declare("qualification.attest", CENTRE, QUALITY)
declare("qualification.archive", CENTRE)
declare("qualification.put_layout", CENTRE)
declare("qualification.enter_issuer_key", CENTRE, ADMIN)


def _jury(found: Jury) -> Thing:
    word, look = JURY_STATES[found.state]
    return Thing(
        found.ref, found.code, reverse("qualification:jury", args=[found.code]), look, [(_("State"), word)]
    )


def find_jury(code: str) -> Thing | None:
    found = Jury.objects.filter(code=code).first()
    return _jury(found) if found else None


def told_to(code: str, by: Actor) -> bool:
    """What a jury did is told to the centre, to an auditor and to those who sat in it."""
    found = Jury.objects.filter(code=code).first()
    return found is not None and jury.concerned(found, by)


def search_juries(text: str, limit: int) -> list[Thing]:
    return [_jury(each) for each in Jury.objects.filter(code__icontains=text)[:limit]]


def _certificate(found: Award) -> Thing:
    word, look = AWARD_KINDS[found.kind]
    url = reverse("qualification:certificates")
    return Thing(found.ref, found.number, url, "refused" if found.revoked_on else look, [(_("Kind"), word)])


def find_certificate(code: str) -> Thing | None:
    found = Award.objects.filter(number=code).first()
    return _certificate(found) if found else None


def search_certificates(text: str, limit: int) -> list[Thing]:
    return [_certificate(each) for each in Award.objects.filter(number__icontains=text)[:limit]]


register(Kind("jury", _("Jury"), find_jury, search_juries, icon="people", told_to=told_to))
register(Kind("certificate", _("Certificate"), find_certificate, search_certificates, icon="document"))
