"""The papers to be read: which documents are in force, whom they concern, who has still to read them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from strate.workshop.journal.actor import Actor
from strate.workshop.journal.questions import Question
from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.safety import rules
from strate.workshop.safety.models import ControlledDocument, DocumentRead

_DOCUMENTS_READ = Question(
    lambda who: DocumentRead.objects.filter(person=who).values_list("document_id", flat=True)
)
_DOCUMENTS_TO_READ = Question(
    lambda who: (
        documents()
        .exclude(pk__in=DocumentRead.objects.filter(person=who).values("document"))
        .values_list("pk", "roles", "machines", "materials", "operations")
    )
)


def documents(text: str = "") -> QuerySet[ControlledDocument]:
    """The documents in force; with a text, those whose title or code holds it."""
    found = ControlledDocument.objects.filter(in_force=True)
    if text := text.replace("\0", "").strip():
        titles = Q(title_fr__icontains=text) | Q(title_en__icontains=text)
        found = found.filter(titles | Q(code__icontains=text))
    return found


def documents_by(numbers: Iterable[int]) -> list[ControlledDocument]:
    """These documents, in the order they are named."""
    wanted = list(numbers)
    found = ControlledDocument.objects.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def document(code: str, version: str = "") -> ControlledDocument:
    found = ControlledDocument.objects.filter(code=code)
    one = found.filter(version=version).first() if version else found.order_by("-in_force", "-pk").first()
    if one is None:
        raise NotFound("no_such_document", document=code)
    return one


def document_versions(code: str) -> list[ControlledDocument]:
    return list(ControlledDocument.objects.filter(code=code).order_by("-pk"))


def read_documents(person: str) -> set[int]:
    """The documents (by row) this person has read."""
    return set(_DOCUMENTS_READ.all(person))


def to_read(
    by: Actor,
    machines: Iterable[str] = (),
    *,
    materials: Iterable[str] = (),
    operations: Iterable[str] = (),
) -> list[ControlledDocument]:
    """The documents in force that concern this person (and what is at hand, when it is named) and were not read."""
    wanted = numbers_to_read(by, machines, materials=materials, operations=operations)
    return list(ControlledDocument.objects.filter(pk__in=wanted)) if wanted else []


def numbers_to_read(
    by: Actor,
    machines: Iterable[str] = (),
    *,
    materials: Iterable[str] = (),
    operations: Iterable[str] = (),
) -> list[int]:
    """The same by their rows only: ten thousand documents are not fetched to show the first fifty."""
    on, of, doing = list(machines), list(materials), list(operations)
    return [
        pk
        for pk, roles, for_machines, for_materials, for_operations in _DOCUMENTS_TO_READ.all(by.person)
        if rules.concerns(roles, for_machines, mine=by.roles, on=on or for_machines)
        and rules.covers(for_materials, of or for_materials)
        and rules.covers(for_operations, doing or for_operations)
    ]


def unread_documents(
    by: Actor,
    machines: Iterable[str] = (),
    *,
    materials: Iterable[str] = (),
    operations: Iterable[str] = (),
) -> list[Reason]:
    """The same, as reasons for a gate."""
    return [_unread(d, by) for d in to_read(by, machines, materials=materials, operations=operations)]


def unread_for(
    by: Actor, operation: str, *, machine: str = "", materials: Iterable[str] = ()
) -> list[Reason]:
    """Before an operation that has no gate of its own: the documents that name it, not read yet."""
    at_hand = list(materials) or ["-"]
    wanted = to_read(by, [machine or "-"], materials=at_hand, operations=[operation])
    return [_unread(d, by) for d in wanted if d.operations]


def _unread(of: ControlledDocument, by: Actor) -> Reason:
    values = {"document": of.ref, "version": of.version, "person": by.person}
    return Reason("document_unread", values, source=of.ref.partition(":")[2])
