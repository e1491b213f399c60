"""The completeness of a dossier: each of its parts there, or what is missing and who can bring it."""

from collections.abc import Callable

from strate.workshop.anomalies import queries as anomalies
from strate.workshop.attachments import queries as files
from strate.workshop.builds import queries as builds
from strate.workshop.builds import rules as build_rules
from strate.workshop.builds.queries import Build
from strate.workshop.dossier import summary
from strate.workshop.dossier.gathering import Gathered
from strate.workshop.dossier.rules import Section
from strate.workshop.feedstock import queries as feedstock
from strate.workshop.feedstock import rules as powder
from strate.workshop.holds import queries as holds
from strate.workshop.inspection import queries as inspection
from strate.workshop.inspection import rules as inspection_rules
from strate.workshop.journal.refusals import Reason
from strate.workshop.monitoring import queries as layers
from strate.workshop.orders import rules as order_rules
from strate.workshop.post_processing import queries as post_processing
from strate.workshop.safety import queries as safety

Look = Callable[[Gathered], list[Reason]]


def sections(gathered: Gathered) -> list[Section]:
    """Every part of the dossier, in the order of the process; each says what it lacks."""
    unmade = not gathered.made
    return [
        Section(code, tuple(look(gathered)), later=unmade and code not in BEFORE_A_BUILD)
        for code, look in LOOKS.items()
    ]


def _each(look: Callable[[Build], list[Reason]]) -> Look:
    """The same look at each build; the lack of any build is told once, by the launch."""
    return lambda gathered: [reason for build in gathered.made for reason in look(build)]


def _order(gathered: Gathered) -> list[Reason]:
    order = gathered.order
    if order.state in (order_rules.DONE, order_rules.CLOSED):
        return []
    values = {"order": order.ref, "left": order.quantity - order.good}
    return [Reason("order_not_made", values, lifted_by=("operator", "shift_leader"))]


def _routing(gathered: Gathered) -> list[Reason]:
    if gathered.order.routing.get("approved_by"):
        return []
    return [
        Reason("order_routing_unapproved", {"routing": gathered.order.routing_name}, lifted_by=("methods",))
    ]


def _file(build: Build) -> list[Reason]:
    if build.file_digest and build.machine_digest == build.file_digest:
        return []
    return [Reason("file_never_read_back", {"build": build.ref}, lifted_by=("operator", "methods"))]


def _people(gathered: Gathered) -> list[Reason]:
    """Whoever launched had read the sheet of the material and confirmed their equipment."""
    read = {fact.by for fact, _told in gathered.of_kind("safety.sheet_read")}
    worn = {fact.by for fact, _told in gathered.of_kind("safety.ppe_confirmed")}
    reasons = []
    for person in launchers(gathered):
        if person not in read:
            reasons.append(Reason("launcher_read_no_sheet", {"person": person}, lifted_by=("operator",)))
        if person not in worn:
            reasons.append(Reason("launcher_wore_nothing", {"person": person}, lifted_by=("operator",)))
    return reasons


def launchers(gathered: Gathered) -> list[str]:
    """Who launched the builds of an order."""
    return sorted({fact.by for fact, _told in gathered.of_kind("builds.launched") if fact.by})


def _feedstock(gathered: Gathered) -> list[Reason]:
    if gathered.made and not gathered.lots:
        return [Reason("powder_not_known", {"order": gathered.order.ref}, lifted_by=("operator",))]
    each = [feedstock.lot(code) for code in gathered.lots]
    bad = [lot for lot in each if lot.state in (powder.REJECTED, powder.QUARANTINE)]
    return [Reason("lot_turned_bad", {"lot": lot.ref}, lifted_by=("quality",)) for lot in bad]


def _machine(build: Build) -> list[Reason]:
    if builds.gesture_done(build, "start_up"):
        return []
    return [Reason("start_up_not_followed", {"build": build.ref}, lifted_by=("operator",))]


def _launch(gathered: Gathered) -> list[Reason]:
    if not gathered.made:
        values = {"order": gathered.order.ref}
        return [Reason("order_has_no_build", values, lifted_by=("operator", "shift_leader"))]
    idle = [build for build in gathered.made if build.launched_at is None]
    return [Reason("build_never_launched", {"build": b.ref}, lifted_by=("operator",)) for b in idle]


def _layers(gathered: Gathered) -> list[Reason]:
    """The records of the layers are outside the journal: its digest of them must still be theirs."""
    reasons = []
    for build in gathered.made:
        kept = [t["data"] for _f, t in gathered.of_kind("monitoring.layers_kept") if build.ref in t["things"]]
        if not kept:
            reasons.append(Reason("layers_not_kept", {"build": build.ref}, lifted_by=("operator",)))
        elif kept[-1]["sha256"] != layers.summary(build.code)["sha256"]:
            reasons.append(
                Reason("layers_changed_since", {"build": build.ref}, lifted_by=("operator", "quality"))
            )
    return reasons


def _interruptions(build: Build) -> list[Reason]:
    if not build.interruptions.filter(decision="").exists():
        return []
    return [Reason("interruption_undecided", {"build": build.ref}, lifted_by=("shift_leader", "quality"))]


def _readings(build: Build) -> list[Reason]:
    if builds.gesture_done(build, "reading_sheet"):
        return []
    return [Reason("reading_sheet_missing", {"build": build.ref}, lifted_by=("operator",))]


def _balance(build: Build) -> list[Reason]:
    return (
        []
        if build.balance
        else [Reason("powder_not_weighed_back", {"build": build.ref}, lifted_by=("operator",))]
    )


def _after(build: Build) -> list[Reason]:
    return post_processing.missing(build.code)


def _inspection(gathered: Gathered) -> list[Reason]:
    """This order's own pieces: each looked at and sorted, each dimension measured on one of them at least."""
    pieces = gathered.pieces
    if not pieces:
        return [Reason("order_has_no_pieces", {"order": gathered.order.ref}, lifted_by=("operator",))]
    ref, reasons = gathered.order.ref, []
    unseen = [piece for piece in pieces if not piece.checks.all()]
    unsorted = [piece for piece in pieces if piece.state == "made"]
    if unseen:
        reasons.append(
            Reason("order_pieces_not_seen", {"order": ref, "count": len(unseen)}, lifted_by=("operator",))
        )
    for build in gathered.made:
        measured = [m.name for p in pieces if p.build == build.code for m in inspection.valid_measurements(p)]
        for name in inspection_rules.unmeasured(inspection.controls(build.code), measured):
            values = {"order": ref, "control": name, "build": build.ref}
            source = inspection.rules_source(build.routing)
            reasons.append(Reason("order_control_missing", values, source, ("operator",)))
    if unsorted:
        values = {"order": ref, "count": len(unsorted)}
        reasons.append(Reason("order_pieces_not_sorted", values, lifted_by=("operator",)))
    return reasons


def _anomalies(gathered: Gathered) -> list[Reason]:
    still = [
        Reason(
            "anomaly_still_open",
            {"anomaly": a.ref},
            lifted_by=tuple(sorted(anomalies.seen(a).recipient_roles)),
        )
        for a in anomalies.on(*gathered.things)
    ]
    return still + holds.reasons(*gathered.things)


def _attachments(gathered: Gathered) -> list[Reason]:
    """Every photo and certificate still lies in the cupboard as it was received."""
    lost = [d for d in summary.attached(gathered) if not files.holds(d)]
    return [Reason("attached_file_missing", {"digest": digest[:16]}, lifted_by=("admin",)) for digest in lost]


def _waste(build: Build) -> list[Reason]:
    return safety.unsorted_waste(build.ref)


def _handover(gathered: Gathered) -> list[Reason]:
    """Whoever came next was told in what state the machine was left."""
    told = {ref for _fact, t in gathered.of_kind("handover.written") for ref in t["things"]}
    left = [build for build in gathered.made if build.machine_ref not in told]
    return [
        Reason("machine_not_handed_over", {"machine": b.machine_ref}, lifted_by=("operator",)) for b in left
    ]


def _closing(build: Build) -> list[Reason]:
    if build.state == build_rules.CLOSED:
        return []
    return [Reason("build_still_open", {"build": build.ref}, lifted_by=("operator", "shift_leader"))]


LOOKS: dict[str, Look] = {
    "order": _order,
    "routing": _routing,
    "file": _each(_file),
    "people": _people,
    "feedstock": _feedstock,
    "machine": _each(_machine),
    "launch": _launch,
    "layers": _layers,
    "readings": _each(_readings),
    "interruptions": _each(_interruptions),
    "balance": _each(_balance),
    "post_processing": _each(_after),
    "inspection": _inspection,
    "anomalies": _anomalies,
    "attachments": _attachments,
    "waste": _each(_waste),
    "handover": _handover,
    "closing": _each(_closing),
}

# What an order has before anything of it is made.
BEFORE_A_BUILD = frozenset({"order", "routing", "anomalies", "attachments"})

__all__ = ["LOOKS", "launchers", "sections"]
