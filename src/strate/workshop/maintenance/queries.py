"""Which cares are due on which machine, and which of them stop a launch."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Q

from strate.workshop.journal.refusals import NotFound, Reason
from strate.workshop.machines import queries as machines
from strate.workshop.maintenance import registry, rules
from strate.workshop.maintenance.models import MaintenanceRequest, MaintenanceTask, TaskDone
from strate.workshop.site import queries as site


@dataclass(frozen=True)
class Standing:
    """A task on a machine, and how it stands now."""

    task: MaintenanceTask
    machine: str
    status: str
    last: TaskDone | None
    counters: dict[str, Decimal]

    @property
    def due(self) -> bool:
        return self.status == rules.DUE


def wall() -> rules.Wall:
    """The wall clock of the site and its shifts."""
    starts = [
        time.fromisoformat(t.zfill(5)) for t in str(site.value("shift_starts")).replace(",", " ").split()
    ]
    return rules.Wall(ZoneInfo(site.value("time_zone")), tuple(sorted(starts)) or rules.USUAL_SHIFTS)


def task(code: str) -> MaintenanceTask:
    found = MaintenanceTask.objects.filter(code=code).first()
    if not found:
        raise NotFound("no_such_task", task=code)
    return found


def tasks() -> list[MaintenanceTask]:
    return list(MaintenanceTask.objects.filter(retired=False))


def tasks_of(machine: str) -> list[MaintenanceTask]:
    """The cares of one machine: its own, those of its kind and family, those of every machine."""
    on = machines.machine(machine)
    found = MaintenanceTask.objects.filter(retired=False)
    found = found.filter(Q(machine="") | Q(machine=on.code))
    found = found.filter(Q(machine_kind="") | Q(machine_kind=on.kind))
    return list(found.filter(Q(family="") | Q(family=on.family)))


def standings(machine: str, at: datetime) -> list[Standing]:
    """How every care of a machine stands, those due first."""
    ref = machines.machine(machine).ref
    counters, clock = registry.counters_of(ref), wall()
    last: dict[int, TaskDone] = {}
    for done in TaskDone.objects.filter(machine=ref, outcome="done", at__lte=at).order_by("at", "pk"):
        last[done.task_id] = done
    found = []
    for each in tasks_of(machine):
        before = last.get(each.pk)
        seen = rules.LastDone(before.at, _decimals(before.counters)) if before else None
        status = rules.status(care(each), seen, counters, at=at, wall=clock)
        found.append(Standing(each, ref, status, before, counters))
    return sorted(found, key=lambda s: (s.status != rules.DUE, s.status != rules.UNKNOWN, s.task.level))


def due(machine: str, at: datetime, level: int = 5) -> list[Standing]:
    """The cares due now on a machine, up to a level."""
    return [s for s in standings(machine, at) if s.due and s.task.level <= level]


def overdue_blocking(machine: str, at: datetime) -> list[Reason]:
    """The reasons a launch gate gives: every blocking care that is due; the site decides whether one may pass."""
    overridable = site.value("maintenance_gate") == "override"
    return [
        rules.overdue(
            s.task.ref,
            s.machine,
            source=s.task.source,
            last_at=s.last.at if s.last else None,
            level=s.task.level,
            overridable=overridable,
        )
        for s in due(machine, at)
        if s.task.blocking
    ]


def launch_reasons(machine: str, at: datetime) -> list[Reason]:
    """What forbids a launch; a site that only warns leaves the round on the list of gestures to do."""
    return [] if site.value("maintenance_gate") == "warn" else overdue_blocking(machine, at)


def history(machine: str, limit: int = 50) -> list[TaskDone]:
    """What was done on a machine, latest first."""
    return list(TaskDone.objects.select_related("task").filter(machine=machine)[:limit])


def requests() -> list[MaintenanceRequest]:
    """What was asked of maintenance and not answered yet."""
    return list(MaintenanceRequest.objects.select_related("task").filter(answered=False))


def care(of: MaintenanceTask) -> rules.Care:
    """The task as the rules see it."""
    return rules.Care(of.code, of.trigger, of.limit, of.counter, of.level)


def _decimals(kept: dict[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in kept.items()}
