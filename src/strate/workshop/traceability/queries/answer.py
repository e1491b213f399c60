"""A trace as a program reads it: references, exact shares as decimal numbers, nothing left out."""

from typing import Any

from strate.kernels.genealogy import ONE, Trace, written
from strate.workshop.traceability.queries import builds, carried, gestures, marks, tree
from strate.workshop.traceability.queries.subject import Subject, subject

Told = dict[str, Any]
# Gestures of an export: of a site of many years, the latest.
EVERY = 20_000


def answer(ref: str, *, ways: str = "both", lines: bool = False) -> Told:
    """What a thing is made of (`back`), what was made of it (`forth`), or both; `lines` adds every pour."""
    of = subject(ref)
    told: Told = {"ref": of.ref, "place": of.place, "made_of": None, "used_in": None, "worth": None}
    back = tree.backward(of) if ways != "forth" else None
    forth = tree.forward(of) if ways != "back" else None
    refs = {of.ref}
    if back is not None:
        told["made_of"] = _made_of(of, back, refs, lines)
        told["worth"] = carried.told(carried.borne(of, back))
    if ways != "back":
        told["used_in"] = _used_in(of, forth, refs, lines)
    if lines:
        lots = {each for each in refs if each.startswith("lot:")} if back is not None else set()
        told["gestures"] = [_gesture(each) for each in gestures.done_to(lots, EVERY)]
    return told | _marks(refs)


def _gesture(each: gestures.Entry) -> Told:
    return {"fact": each.event, "at": each.at.isoformat(), "by": each.who, "said": each.what, "why": each.why}


def _marks(refs: set[str]) -> Told:
    """The holds and anomalies on all that the answer names."""
    holds = [
        {"thing": thing, "hold": hold.ref, "code": hold.code, "origin": hold.origin}
        for thing, found in sorted(marks.stopped(refs).items())
        for hold in found
    ]
    anomalies = [
        {"thing": thing, "anomaly": each.ref, "kind": each.kind, "severity": each.severity}
        for thing, found in sorted(marks.reported(refs).items())
        for each in found
    ]
    return {"holds": holds, "anomalies": anomalies}


def _made_of(of: Subject, back: Trace, refs: set[str], lines: bool) -> Told:
    shares = back.by_origin()
    rows = tree.rows(list(shares))
    origins = [
        {
            "lot": row.ref,
            "share": written(shares[pk]),
            "origin": row.origin,
            "material": row.material,
            "supplier": row.supplier,
            "supplier_lot": row.supplier_lot,
            "heat": row.heat,
        }
        for pk, row in rows.items()
    ]
    origins.sort(key=lambda each: each["lot"])
    through = builds.behind(back)
    refs |= {row.ref for row in rows.values()} | {each.ref for each in through}
    told = {
        "sum": written(sum(shares.values())),
        "origins": origins,
        "lots": len(set(back.nodes.tolist()) - set(shares) - set(back.closure.starts)),
        "builds": [{"build": each.ref, "share": written(each.share)} for each in through],
    }
    return told | (_lines(back, refs) if lines else {})


def _used_in(of: Subject, forth: Trace | None, refs: set[str], lines: bool) -> Told:
    own = [builds.Went(of.build, ONE)] if of.build else []
    if forth is None:
        made = builds.made_in([each.build for each in own])
        return {"lots": [], "builds": [], "parts": [_parts(each) for each in made]}
    shares, start = forth.by_node(), of.lot
    names = tree.named(shares)
    used = [{"lot": f"lot:{code}", "share": written(shares[pk])} for pk, code, _ in names if pk != start]
    later = builds.ahead(forth, names)
    later += [each for each in builds.in_machines_now(forth) if each.build not in {w.build for w in later}]
    refs |= {str(each["lot"]) for each in used} | {each.ref for each in later}
    told = {
        "lots": used,
        "builds": [{"build": each.ref, "share": written(each.share)} for each in later],
        "parts": [_parts(each) for each in builds.made_in([each.build for each in (*own, *later)])],
    }
    return told | (_lines(forth, refs) if lines else {})


def _parts(each: builds.Made) -> Told:
    return {
        "build": f"build:{each.build}",
        "order": f"order:{each.order}",
        "part": each.part,
        "customer": each.customer,
        "quantity": each.quantity,
        **dict(each.states),
    }


def _lines(trace: Trace, refs: set[str]) -> Told:
    """Every pour of the trace, with the share that went through each lot."""
    edges = trace.closure.edges
    names = tree.codes({*edges.parent.tolist(), *edges.child.tolist(), *trace.nodes.tolist()})
    table = zip(edges.parent.tolist(), edges.child.tolist(), edges.mass_mg.tolist(), strict=True)
    here = max(names, default=0)
    refs |= {f"lot:{code}" for code in names.values()}
    lines = [
        {"from": f"lot:{names[a]}", "into": f"lot:{names[b]}" if b <= here else "", "mass_mg": mass}
        for a, b, mass in table
    ]
    shares = {f"lot:{names[pk]}": written(share) for pk, share in trace.by_node().items() if pk in names}
    return {"lines": lines, "shares": shares}
