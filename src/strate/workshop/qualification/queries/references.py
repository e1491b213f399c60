"""References and questions: which version is in force, what its source does not say."""

from strate.workshop.journal.refusals import NotFound
from strate.workshop.qualification.models import Block, Question, Reference
from strate.workshop.qualification.models.reference import APPROVED, WITHDRAWN


def reference(code: str, version: str = "") -> Reference:
    """A version of a reference: the one asked for, else the one in force, else the last written."""
    found = Reference.objects.filter(code=code)
    if version:
        one = found.filter(version=version).first()
    else:
        one = found.filter(state=APPROVED).first() or found.order_by("-pk").first()
    if one is None:
        raise NotFound("no_such_reference", reference=code, version=version or "—")
    return one


def in_force() -> list[Reference]:
    """What candidates can be registered for."""
    return list(Reference.objects.filter(state=APPROVED))


def references() -> list[Reference]:
    return list(Reference.objects.all())


def before(of: Reference) -> Reference | None:
    """What a version is compared with: the one in force, else the one written before it."""
    others = Reference.objects.filter(code=of.code).exclude(pk=of.pk)
    return others.filter(state=APPROVED).first() or others.filter(pk__lt=of.pk).order_by("-pk").first()


def block(identity: str) -> Block:
    found = Block.objects.filter(identity=identity).first()
    if found is None:
        raise NotFound("no_such_block", block_name=identity)
    return found


def blocks() -> list[Block]:
    """Every block of the branch known here, with the references that name it."""
    return list(Block.objects.prefetch_related("uses__reference"))


def question(code: str) -> Question:
    found = Question.objects.filter(code=code).first()
    if found is None:
        raise NotFound("no_such_question", question=code)
    return found


def questions(reference: str, about: str = "") -> list[Question]:
    """The bank of a reference, withdrawn questions left out."""
    found = Question.objects.filter(reference=reference).exclude(state=WITHDRAWN)
    return list(found.filter(about=about) if about else found)


def versions(code: str) -> list[Reference]:
    """Every version of a reference, the first written first."""
    return list(Reference.objects.filter(code=code).order_by("pk"))
