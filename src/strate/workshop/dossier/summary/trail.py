"""The trail: who signed what, and every fact of the order, with what was corrected shown beside it."""

from typing import Any

from django.utils.translation import gettext as _

from strate.kernels.sealing import digest
from strate.workshop.doors import wording
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import speak
from strate.workshop.dossier import rules
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.wording import PROOFS
from strate.workshop.journal.queries import Fact
from strate.workshop.things import queries as things


def sentence(gathered: Gathered, fact: Fact, told: dict[str, Any]) -> str:
    """A fact as it is said, without the orders of another customer on the same plate."""
    thing = told["things"][0] if told["things"] else ""
    values = {**told["data"], "by": fact.by, "thing": thing}
    return wording.fact_sentence(fact.what, rules.hide(values, gathered.foreign, _("another order")))


def who(fact: Fact) -> str:
    """The name of whoever did it, as it is when the dossier is made."""
    return (
        hooks.name_of(fact.by) if fact.by else str(hooks.role_label("machine" if fact.station else "system"))
    )


def timeline(gathered: Gathered) -> list[dict[str, Any]]:
    """Every fact told in full, in order; a correction says what it replaces, and both stay."""
    corrections = _corrections(gathered)
    return [
        {
            "seq": fact.seq,
            "at": told["happened_at"],
            "what": " — ".join([_said(gathered, fact, told), *corrections.get(str(fact.event), [])]),
            "who": who(fact),
            "station": station(fact.station),
            "digest": digest(fact.envelope.encode()),
        }
        for fact, told in gathered.in_order()
    ]


def _said(gathered: Gathered, fact: Fact, told: dict[str, Any]) -> str:
    said = sentence(gathered, fact, told)
    if told["timing"] == "late" and fact.by:
        said = _("%(said)s (late entry)") % {"said": said}
    return f"{said} « {told['reason']} »" if told["reason"] else said


def _corrections(gathered: Gathered) -> dict[str, list[str]]:
    """For each corrected fact, what stands instead."""
    found: dict[str, list[str]] = {}
    for fact, told in gathered.of_kind("things.corrected"):
        data = told["data"]
        name = str(data.get("field", ""))
        values = {
            "seq": fact.seq,
            "field": things.field_label(name),
            "old": speak(name, data.get("old")),
            "new": speak(name, data.get("new")),
        }
        said = _("corrected by fact %(seq)s: %(field)s, %(old)s replaced by %(new)s") % values
        found.setdefault(str(told["corrects"]), []).append(said)
    return found


def station(code: str) -> str:
    """A station by its title; the machine's own voice by its machine."""
    if ":" not in code:
        return code or "—"
    return hooks.title_of(code)


def signatures(gathered: Gathered) -> list[dict[str, str]]:
    """Every signature given: who, in which role, what it means, how they proved who they are."""
    return [
        {
            "name": hooks.name_of(told["signature"]["signer"]),
            "role": ", ".join(str(hooks.role_label(role)) for role in told["roles"]),
            "meaning": f"{wording.meaning(told['signature']['meaning'])} · {fact.seq}",
            "at": told["signature"]["proved_at"],
            "method": str(PROOFS.get(told["signature"]["method"], told["signature"]["method"])),
        }
        for fact, told in gathered.in_order()
        if told["signature"]
    ]
