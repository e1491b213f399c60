"""What is kept of procedures, their versions, and each time one is followed."""

from typing import Any

from django.db import models

from strate.workshop.procedures import rules


class Procedure(models.Model):
    """A way of doing something, whatever its version."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=30)
    title_fr = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    # Which family, machine kinds or materials it is for; empty: all.
    applies_to = models.JSONField(default=list)
    # A reading sheet says how often it is filled in; empty: when somebody decides to.
    every_min = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["kind", "code"]

    @property
    def ref(self) -> str:
        return f"procedure:{self.code}"


class ProcedureVersion(models.Model):
    """One version of its steps; once submitted it changes no more."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # Title, kind and scope as this version wants them; they become the procedure's own when it is approved.
    heading = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=rules.DRAFT)
    note = models.CharField(max_length=300, blank=True)
    # A default of the house is a proposal: a site approves it before anybody follows it.
    is_default = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    authored_by = models.CharField(max_length=40)
    # Everybody who wrote in this version: none of them approves it.
    authors = models.JSONField(default=list)
    authored_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["procedure", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number"),
            models.UniqueConstraint(
                fields=["procedure"], condition=models.Q(state=rules.APPROVED), name="procedure_one_approved"
            ),
        ]

    @property
    def ref(self) -> str:
        return f"procedure:{self.procedure.code}"


class ReadingWatch(models.Model):
    """What must be read every so many minutes: since when, about what, until somebody or the build ends it."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="watches")
    procedure = models.CharField(max_length=60)
    about = models.JSONField(default=list)
    # What is watched first of all (a build, an oven): one watch of a procedure at a time on it.
    thing = models.CharField(max_length=120)
    every_min = models.PositiveIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    # Readings missed up to here were told: each is told once.
    told_until = models.DateTimeField()
    opened_by = models.CharField(max_length=40)
    closed_by = models.CharField(max_length=40, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "thing"], condition=models.Q(until=None), name="reading_watched_once"
            )
        ]
        indexes = [models.Index(fields=["thing"], name="watch_by_thing")]

    @property
    def ref(self) -> str:
        return f"watch:{self.pk}"


class ProcedureRun(models.Model):
    """One time a procedure was followed: by whom, about what, where it stands."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="runs")
    # Only when this run has steps of its own (a round has one per task due today).
    own_steps = models.JSONField(null=True)
    about = models.JSONField(default=list)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=rules.OPEN)
    index = models.PositiveIntegerField(default=0)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    parent_step = models.CharField(max_length=40, blank=True)
    watch = models.ForeignKey(ReadingWatch, null=True, on_delete=models.PROTECT, related_name="runs")
    # The hour this reading was due; one filled in afterwards says why.
    planned_at = models.DateTimeField(null=True)
    belated_why = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    station = models.CharField(max_length=80, blank=True)
    started_by = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    interrupted_by = models.CharField(max_length=40, blank=True)
    interrupted_why = models.CharField(max_length=300, blank=True)
    resumed_by = models.CharField(max_length=40, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "last_activity_at"], name="run_by_state")]

    @property
    def ref(self) -> str:
        return f"run:G{self.pk}"

    @property
    def procedure(self) -> Procedure:
        return self.version.procedure

    @property
    def steps(self) -> list[dict[str, Any]]:
        return self.version.steps if self.own_steps is None else self.own_steps

    def thing(self, kind: str) -> str:
        """The first thing of that kind this run is about, as `kind:code`; empty when there is none."""
        return next((ref for ref in self.about if ref.startswith(f"{kind}:")), "")


class RunThing(models.Model):
    """Which things a run is about, one row each: the runs of a machine or a build are found at once."""

    run = models.ForeignKey(ProcedureRun, on_delete=models.PROTECT, related_name="things")
    ref = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["ref", "run"], name="run_by_thing")]


class StepDone(models.Model):
    """A step that was done: what was entered, by whom, when, and the fact that says so."""

    run = models.ForeignKey(ProcedureRun, on_delete=models.PROTECT, related_name="done")
    step = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    outcome = models.JSONField(default=dict)
    deviation = models.BooleanField(default=False)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    event = models.CharField(max_length=40)
    corrected = models.BooleanField(default=False)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "step"], condition=models.Q(corrected=False), name="step_done_once"
            )
        ]
