"""What leaves after a jury: the letter to each candidate, the list for the technical group."""

from typing import Any

from django.utils.translation import gettext as _

from strate.workshop.people.queries import name_of
from strate.workshop.qualification.documents.papers import (
    NOTHING,
    Paper,
    Part,
    data,
    day,
    decisions,
    head,
    in_house_words,
    members,
)
from strate.workshop.qualification.models import Case, Jury
from strate.workshop.qualification.wording.jury import OUTCOMES


@in_house_words
def notification(found: Jury, case: Case, content: dict[str, Any]) -> Paper:
    """The letter to a candidate."""
    rows = []
    for line in content["lines"]:
        kept = day(line["kept_until"]) if line["kept_until"] else NOTHING
        reason = f" — {line['reason']}" if line["reason"] else ""
        said = str(OUTCOMES[line["outcome"]]) + reason
        rows.append([f"{line['competence']} · {line['title']}", said, kept])
    columns = [_("Competence"), _("Decision of the jury"), _("Kept until")]
    parts = [
        Part("facts", "", [*head(found), *_sent(found, content)]),
        Part("text", "", [_whole(content)]),
        Part("table", _("Your result"), rows, columns),
    ]
    if content["blocks"]:
        blocks = [[each["title"], day(each["kept_until"])] for each in content["blocks"]]
        parts.append(Part("table", _("Blocks kept"), blocks, [_("Block"), _("Kept until")]))
    parts.append(Part("text", _("To complain"), [_complaint(content)]))
    who = f"{content['name']} · {content['candidate']}"
    number = f"NOT-{case.file.number}-{found.code}"
    attached = [data("notification.json", content)]
    title = _("Result of the jury")
    return Paper("notification", number, title, who, case.file.centre, parts, "", attached)


def _sent(found: Jury, content: dict[str, Any]) -> list[tuple[str, str]]:
    """The day of the letter, and who chaired the jury that speaks in it."""
    chairs = found.seats.filter(chair=True, excused_at=None).values_list("person", flat=True)
    return [
        (_("Letter of"), day(content["sent_on"])),
        (_("For the jury, its chair"), ", ".join(name_of(person) for person in chairs)),
    ]


def _whole(content: dict[str, Any]) -> str:
    if content["whole"]:
        return _("The jury has validated every competence.")
    return _(
        "The jury has validated part of the competences: only those that are missing are presented again."
    )


def _complaint(content: dict[str, Any]) -> str:
    until = day(content["complaint_until"])
    return _("You may dispute this decision in writing until %(day)s, from your own space.") % {"day": until}


@in_house_words
def transmission(found: Jury, content: dict[str, Any]) -> Paper:
    """The list that goes with the papers sent to the technical group."""
    rows = [[each["name"], each["sha256"]] for each in content["documents"]]
    title = _("Papers sent to the joint technical group")
    parts = [
        Part("facts", "", [*head(found), (_("Digest of the minutes"), content["minutes_sha256"])]),
        members(content),
        *(decisions(case) for case in content["cases"]),
        Part("table", _("Documents"), rows, [_("Document"), "SHA-256"]),
    ]
    number = f"BORD-{found.code}"
    return Paper(
        "transmission", number, title, found.code, found.code, parts, "", [data("transmission.json", content)]
    )
