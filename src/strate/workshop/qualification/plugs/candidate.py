"""Who registers, prepares, evaluates: rights of the file and of the evaluation, and how a file is found."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.workshop.attachments import registry as attachments
from strate.workshop.journal.actor import Actor
from strate.workshop.people.roles import ASSESSOR, AUDITOR, CENTRE, GIVEN, METHODS, QUALITY, TRAINER, declare
from strate.workshop.qualification.models import Block, CandidateFile, Question, Reference
from strate.workshop.qualification.queries import files, opening
from strate.workshop.qualification.wording import candidate as wording
from strate.workshop.things.registry import Kind, Thing, register

# References and the bank of questions: typed by one, approved by another.
declare("qualification.type_reference", CENTRE, QUALITY, METHODS)
declare("qualification.approve_reference", CENTRE)
declare("qualification.set_centre_value", CENTRE)
declare("qualification.map_evidence", CENTRE)
declare("qualification.type_question", CENTRE, ASSESSOR, TRAINER)
declare("qualification.approve_question", CENTRE, ASSESSOR)
# The file: prepared by the centre; signing it, seeing it or adding to it is for those whom it names.
declare("qualification.manage_file", CENTRE)
declare("qualification.take_part", *GIVEN)
declare("qualification.evaluate", ASSESSOR)

# What a campaign brings to the cupboard of files is opened by those it concerns, and by nobody else.
attachments.kept_by(opening.opens, kinds=opening.KINDS)


def _thing(each: CandidateFile) -> Thing:
    """A file by its number only: who it is about is said inside, to those it concerns."""
    state = str(wording.STATES[each.state])
    url = reverse("qualification:file", args=[each.number])
    return Thing(each.ref, each.number, url, each.state, [(_("State"), state)])


def find(code: str) -> Thing | None:
    found = CandidateFile.objects.filter(number=code).first()
    return _thing(found) if found else None


def told_to(code: str, by: Actor) -> bool:
    """What happened to a file is told to those it concerns, and to no colleague."""
    found = CandidateFile.objects.filter(number=code).first()
    return found is not None and bool(AUDITOR in by.roles or files.sides(found, by))


def _reference(code: str) -> Thing | None:
    name, _sep, version = code.partition("/")
    one = Reference.objects.filter(code=name, version=version).first()
    url = reverse("qualification:reference", args=[name, version]) if one else ""
    return Thing(one.ref, f"{one.title} ({one.version})", url, one.state) if one else None


def _block(code: str) -> Thing | None:
    one = Block.objects.filter(identity=code).first()
    return Thing(one.ref, one.title, reverse("qualification:references")) if one else None


def _question(code: str) -> Thing | None:
    one = Question.objects.filter(code=code).first()
    return Thing(one.ref, one.code, reverse("qualification:questions", args=[one.reference])) if one else None


register(Kind("candidate", _("Candidate's file"), find=find, icon="user", told_to=told_to))
register(Kind("reference", _("Reference"), find=_reference, icon="document"))
register(Kind("block", _("Block of competences"), find=_block, icon="document"))
register(Kind("question", _("Question of the bank"), find=_question, icon="document"))
