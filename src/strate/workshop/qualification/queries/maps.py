"""Which table says how far signed work goes: the centre's own, else the one the house ships, else none."""

import re
from dataclasses import dataclass
from typing import Any

from strate.workshop.doors.wording import vocabulary
from strate.workshop.qualification.models import EvidenceMap
from strate.workshop.qualification.queries import references
from strate.workshop.qualification.references import mapping, outline
from strate.workshop.qualification.references.mapping import Reach
from strate.workshop.qualification.references.outline import Item
from strate.workshop.qualification.wording.texts import ENTRIES

VALUE = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True)
class Known:
    """The table of a reference as it stands: `row` is the centre's decision, `there`: is there one at all."""

    lines: dict[str, Reach]
    content: dict[str, Any]
    row: EvidenceMap | None = None
    there: bool = True

    def reach(self, target: str) -> Reach:
        """What is said of one criterion; of one the table does not name, only people can tell."""
        return self.lines.get(target, Reach())


def known(reference: str) -> Known:
    """The table in force for a reference."""
    row = EvidenceMap.objects.filter(reference=reference).order_by("-pk").first()
    content = row.content if row else mapping.shipped().get(reference)
    if content is None:
        return Known({}, mapping.blank(reference), there=False)
    return Known(mapping.lines(content), content, row)


def of(reference: str) -> dict[str, Reach]:
    """Criterion -> how far entries go, as decided today."""
    return known(reference).lines


def kinds() -> dict[str, str]:
    """Every kind of entry people write at work, with its sentence, values left out."""
    return {
        what: _without_values(what, str(said))
        for what, said in vocabulary("FACTS").items()
        if what.partition(".")[0] not in mapping.NO_WORK
    }


def _without_values(what: str, said: str) -> str:
    """A sentence of the journal with its values left open; one that is all values has words of its own."""
    left = VALUE.sub("…", said)
    return left if any(sign.isalpha() for sign in left) else str(ENTRIES.get(what, what))


def criteria(reference: str) -> dict[str, Item]:
    """Every criterion any version of a reference names: a table outlives a version."""
    found: dict[str, Item] = {}
    for one in references.versions(reference):
        for competence in outline.of(one).competences:
            found |= {i.id: i for items in competence.criteria.values() for i in items}
    return found
