"""A site looks at itself: does the chain hold, is every file what its digest says, does every gram add up?"""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from strate.kernels.sealing.words import word
from strate.workshop.attachments import queries as attachments
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.journal import audit


def report() -> tuple[list[str], bool]:
    """What was looked at, one line each, and whether all of it holds."""
    lines, sound = [], True
    try:
        found = audit.verify_site()
        counts = {"facts": found.facts, "marks": found.checkpoints}
        lines.append(_("Journal: %(facts)s facts and %(marks)s checkpoints hold.") % counts)
    except audit.ChainBroken as broken:
        sound = False
        lines += [word(finding, get_language() or "fr") for finding in broken.findings]
    for problem in attachments.verify_all():
        sound = False
        lines.append(_("File: %(problem)s") % {"problem": problem})
    for (place, lot), (stored, ledger) in feedstock.ledger_gaps().items():
        sound = False
        values = {"lot": lot, "place": place, "stored": stored, "ledger": ledger}
        lines.append(
            _("Powder: %(lot)s in %(place)s is %(stored)s mg, the ledger says %(ledger)s mg.") % values
        )
    if sound:
        lines.append(_("All holds."))
    return lines, sound
