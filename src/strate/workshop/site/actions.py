"""Deciding for the site: its settings and its places, each change a fact with the old and the new value."""

from collections.abc import Sequence

from strate.workshop.doors.texts import Code, Paragraph, Sentence, Title, Word
from strate.workshop.journal.actions import act
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Reason, Refused, RuleBroken
from strate.workshop.site import access, queries, rules, settings
from strate.workshop.site.models import Place, Setting


def set_setting(*, by: Actor, key: Word, value: Paragraph, reason: Sentence = "") -> None:
    """Decide something for the site; the fact holds what it was before."""
    access.permit(by, access.CONFIGURE)
    field = settings.find(key)
    decided = field.read(value)
    if field.key == "name" and not decided:
        raise RuleBroken("setting_not_understood", setting=str(field.label), value="")
    with act("site.decided", by=by, reason=reason) as done:
        row = Setting.objects.filter(pk=key).first()
        old = row.value if row else field.write(field.default)
        new = field.write(decided)
        Setting.objects.update_or_create(key=key, defaults={"value": new})
        done.tell(f"setting:{key}", setting=key, old=old, new=new)
    queries.forget()


def add_place(*, by: Actor, code: Code, title: Title, zone: Word = "none", parent: Code = "") -> Place:
    """Add a place: a hall, a room, a cabinet, with its zone."""
    access.permit(by, access.PLACES)
    code = code.strip()
    _judge(code, title, zone)
    with act("site.place_added", by=by) as done:
        if Place.objects.filter(code=code).exists():
            raise RuleBroken("place_code_taken", place=code)
        place = Place.objects.create(
            code=code, title=title.strip(), zone=zone, parent=queries.place(parent) if parent else None
        )
        done.tell(place, f"place:{parent}" if parent else "", zone=zone, parent=parent)
    return place


def import_places(*, by: Actor, rows: Sequence[dict[str, str]], file_sha256: str = "") -> list[Place]:
    """Add every place of a list at once, whatever its order: all of them or none, one fact."""
    access.permit(by, access.PLACES)
    for row in rows:
        _judge(row["code"], row["title"], row["zone"])
    known = {p.code: p for p in queries.places(also_closed=True)}
    parents = {code: p.parent.code if p.parent else "" for code, p in known.items()}
    reasons = [Reason("place_code_taken", {"place": row["code"]}) for row in rows if row["code"] in known]
    parents |= {row["code"]: row["parent"] for row in rows}
    for row in rows:
        if row["parent"] and row["parent"] not in parents:
            reasons.append(Reason("no_such_place", {"place": row["parent"]}))
        elif reason := rules.goes_round(parents, place=row["code"], parent=row["parent"]):
            reasons.append(reason)
    if reasons:
        raise Refused(reasons)
    with act("site.places_imported", by=by) as done:
        for row in rows:
            known[row["code"]] = Place.objects.create(code=row["code"], title=row["title"], zone=row["zone"])
        for row in rows:
            if row["parent"]:
                known[row["code"]].parent = known[row["parent"]]
                known[row["code"]].save()
        created = [known[row["code"]] for row in rows]
        done.tell(*created, count=len(created), file_sha256=file_sha256)
    return created


def change_place(
    *, by: Actor, code: Code, title: Title, zone: Word = "none", parent: Code = "", closed: bool = False
) -> Place:
    """Change a place: its name, its zone, what it lies in, or close it."""
    access.permit(by, access.PLACES)
    place = queries.place(code)
    _judge(code, title, zone)
    with act("site.place_changed", by=by) as done:
        parents = {p.code: p.parent.code if p.parent else "" for p in queries.places(also_closed=True)}
        if reason := rules.goes_round(parents, place=code, parent=parent):
            raise Refused([reason])
        was = {"zone": place.zone, "parent": parents.get(code, ""), "closed": place.closed}
        place.title, place.zone, place.closed = title.strip(), zone, closed
        place.parent = queries.place(parent) if parent else None
        place.save()
        done.tell(place, was=was, zone=zone, parent=parent, closed=closed)
    return place


def _judge(code: str, title: str, zone: str) -> None:
    if not code or not title.strip():
        raise RuleBroken("place_unnamed")
    if zone not in rules.ZONES:
        raise RuleBroken("no_such_zone", zone=zone)
