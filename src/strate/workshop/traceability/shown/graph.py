"""Which boxes and lines a trace is drawn with: what weighs most is drawn, the rest of each step is gathered."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from strate.kernels.genealogy import ONE, Trace
from strate.workshop.doors.hooks import hooks
from strate.workshop.traceability.drawn import Drawing, Knot, Link, draw
from strate.workshop.traceability.queries import builds, marks, tree
from strate.workshop.traceability.queries.subject import Subject
from strate.workshop.traceability.shown import words

# Boxes a step at most, steps each way at most: beyond, one box says how many there are, and the table has them all.
EACH_STEP, STEPS = 6, 5


@dataclass
class Sheet:
    """The drawing while it is made. Columns: twice the step, builds between two steps of lots."""

    of: Subject
    knots: dict[str, Knot] = field(default_factory=dict)
    masses: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def here(self) -> str:
        """The box of the subject, when it is not a lot."""
        return f"build:{self.of.build}" if self.of.build else "here"

    def add(self, knot: Knot) -> None:
        self.knots.setdefault(knot.key, knot)

    def join(self, a: str, b: str, mass: int) -> None:
        if a != b:
            self.masses[a, b] += mass

    @property
    def links(self) -> list[Link]:
        return [(a, b, mass) for (a, b), mass in self.masses.items()]


def drawing(of: Subject, back: Trace | None, forth: Trace | None) -> Drawing:
    """The subject in the middle, what it is made of on its left, what became of it on its right."""
    sheet = Sheet(of)
    if of.lot is None:
        _subject(sheet)
    if back is not None:
        _way(sheet, back, -1)
    if forth is not None:
        drawn = _way(sheet, forth, 1)
        _weighed_back(sheet)
        _in_machines(sheet, forth, drawn)
    _parts(sheet)
    _held(sheet)
    return draw(sheet.knots.values(), sheet.links)


def _way(sheet: Sheet, trace: Trace, way: int) -> dict[int, str]:
    """One way, box by box; the key of the box that stands for each lot."""
    nodes, rounds = trace.nodes.tolist(), trace.round_of.tolist()
    by_step: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pk, step, share in zip(nodes, rounds, trace.shares, strict=True):
        by_step[min(step, STEPS)].append((share, pk))
    keys: dict[int, str] = {}
    drawn: dict[int, tuple[int, int]] = {}
    for step, those in by_step.items():
        kept = sorted(those, key=lambda each: (-each[0], each[1]))
        few = kept if len(kept) <= EACH_STEP else kept[: EACH_STEP - 1]
        few = few if step < STEPS else []
        drawn |= {pk: (step, share) for share, pk in few}
        rest = kept[len(few) :]
        keys |= {pk: f"more:{way * step}" for _share, pk in rest}
        if rest:
            _gathered(sheet, rest, way, step)
    rows = tree.rows(list(drawn))
    # What came out of the build that is traced stands one step after it.
    after = 1 if way > 0 and sheet.of.build else 0
    keys |= {
        pk: _lot(sheet, pk, rows.get(pk), way * 2 * (step + after), share)
        for pk, (step, share) in drawn.items()
    }
    _lines(sheet, trace, keys, rows)
    return keys


def _gathered(sheet: Sheet, rest: Sequence[tuple[int, int]], way: int, step: int) -> None:
    """One box for all the lots of a step that are not drawn."""
    # Forward, the shares of different lots are not parts of one whole: only backward they add up.
    share = sum(each for each, _pk in rest)
    said = words.percent(min(share, ONE)) if way < 0 and step < STEPS else _("see the table")
    title = _("+ %(lots)s") % {"lots": words.lots(len(rest))}
    url = "#origins" if way < 0 else "#used"
    sheet.add(Knot(f"more:{way * step}", "more", way * 2 * step, title, said, url, title))


def _lot(sheet: Sheet, pk: int, row: tree.LotRow | None, column: int, share: int) -> str:
    if row is None:
        return sheet.here
    key = f"lot:{pk}"
    said = f"{words.percent(share)} · {words.what_it_is(row)}" if column else words.what_it_is(row)
    here = pk == sheet.of.lot
    name = _("Lot %(lot)s, %(said)s") % {"lot": row.code, "said": said}
    knot = Knot(key, "lot", column, row.code, said, _trace(row.ref), name, here=here, weight=share / ONE)
    sheet.add(knot)
    return key


def _lines(sheet: Sheet, trace: Trace, keys: dict[int, str], rows: dict[int, tree.LotRow]) -> None:
    """Every pour between boxes; what came out of a build goes through the box of that build."""
    edges = trace.closure.edges
    for parent, child, mass in zip(
        edges.parent.tolist(), edges.child.tolist(), edges.mass_mg.tolist(), strict=True
    ):
        a, b = keys.get(parent), keys.get(child)
        if a is None or b is None:
            continue
        row = rows.get(child)
        if row is not None and row.made_in and b in sheet.knots:
            through = _build(sheet, row.made_in, sheet.knots[b].column - 1)
            sheet.join(through, b, mass)
            b = through
        sheet.join(a, b, mass)


def _build(sheet: Sheet, code: str, column: int) -> str:
    key = f"build:{code}"
    here = code == sheet.of.build and not sheet.of.piece
    name = _("Build %(build)s") % {"build": code}
    sheet.add(Knot(key, "build", column, code, _("build"), _trace(key), name, here=here, weight=1))
    return key


def _subject(sheet: Sheet) -> None:
    """The box of what is traced, when it is not a lot."""
    if sheet.of.build:
        _build(sheet, sheet.of.build, 0)
        return
    ref = sheet.of.ref
    title = str(hooks.title_of(ref))
    sheet.add(
        Knot(sheet.here, sheet.of.kind, 0, title, _("what it holds now"), _trace(ref), title, here=True)
    )


def _weighed_back(sheet: Sheet) -> None:
    """From the build that is traced to the lots that came out of it."""
    for pk, mass in sheet.of.became.items():
        if sheet.of.lot is None and f"lot:{pk}" in sheet.knots:
            sheet.join(sheet.here, f"lot:{pk}", mass)


def _in_machines(sheet: Sheet, forth: Trace, drawn: dict[int, str]) -> None:
    """The builds on machines with some of it inside, not weighed back yet: one step after the latest lot they hold."""
    for went in builds.in_machines_now(forth):
        boxes = {drawn[pk]: mass for pk, mass in went.inside}
        key = _build(sheet, went.build, 1 + max(sheet.knots[box].column for box in boxes))
        for box, mass in boxes.items():
            sheet.join(box, key, mass)


def _parts(sheet: Sheet) -> None:
    """What was made in the builds that are drawn: the piece traced, else the parts by order."""
    shown = {knot.title: knot for knot in sheet.knots.values() if knot.kind == "build" and knot.column >= 0}
    of = sheet.of
    if of.piece and of.build in shown:
        sheet.add(
            Knot(
                of.ref,
                "piece",
                shown[of.build].column + 1,
                of.piece,
                _("part"),
                _trace(of.ref),
                of.piece,
                here=True,
            )
        )
        sheet.join(f"build:{of.build}", of.ref, 1)
        return
    for made in builds.made_in(shown):
        count = sum(n for _state, n in made.states) or made.quantity
        key, column = f"parts:{made.build}:{made.order}", shown[made.build].column + 1
        said = " · ".join(part for part in (words.parts(count), made.customer) if part)
        title = f"{made.order} · {made.part}"
        url = reverse("inspection:pieces", args=[made.build])
        sheet.add(Knot(key, "parts", column, title, said, url, f"{title}, {said}", weight=0.5))
        sheet.join(f"build:{made.build}", key, 1)


def _held(sheet: Sheet) -> None:
    """A box is marked when something stops the thing it stands for."""
    refs = {}
    for knot in sheet.knots.values():
        if knot.kind == "lot":
            refs[f"lot:{knot.title}"] = knot
        elif knot.kind in ("build", "piece"):
            refs[f"{knot.kind}:{knot.title}"] = knot
    for ref in marks.stopped(refs):
        refs[ref].held = True
        refs[ref].name = _("%(thing)s, on hold") % {"thing": refs[ref].name}


def _trace(ref: str) -> str:
    return reverse("traceability:trace", args=[ref])
