"""A site looks at itself: does the chain hold, is every file what its digest says, does every gram add up?"""

from collections.abc import Iterator

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from strate.kernels.sealing.words import word
from strate.web.sqlite.damage import damaged_text_is_read
from strate.workshop.attachments import queries as attachments
from strate.workshop.doors.speech import number
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal import audit


def report() -> tuple[list[str], bool]:
    """What was looked at, one line each, and whether all of it holds."""
    with damaged_text_is_read():
        lines, sound = _journal()
        wrong = [*_files(), *_powder()]
    if sound and not wrong:
        return [*lines, _("All holds.")], True
    return [*lines, *wrong], False


def _journal() -> tuple[list[str], bool]:
    try:
        found = audit.verify_site()
    except audit.ChainBroken as broken:
        return [word(finding, get_language() or "fr") for finding in broken.findings], False
    facts = ngettext("%(n)s fact", "%(n)s facts", found.facts) % {"n": number(found.facts)}
    marks = ngettext("%(n)s signed checkpoint", "%(n)s signed checkpoints", found.checkpoints)
    marks %= {"n": number(found.checkpoints)}
    whole = _("Journal: nothing was altered, removed or added (%(facts)s, %(marks)s).")
    return [whole % {"facts": facts, "marks": marks}], True


def _files() -> Iterator[str]:
    said = {
        "missing": _("File: %(path)s is missing."),
        "altered": _("File: %(path)s was altered."),
        "unknown": _("File: no fact speaks of %(path)s."),
    }
    for file in attachments.verify_all():
        yield said[file.problem] % {"path": file.path}


def _powder() -> Iterator[str]:
    for (place, lot), (stored, ledger) in feedstock.ledger_gaps().items():
        yield _("Powder: the stock says %(stored)s mg of %(lot)s in %(place)s, the ledger %(ledger)s mg.") % {
            "lot": lot,
            "place": place,
            "stored": number(stored),
            "ledger": number(ledger),
        }
