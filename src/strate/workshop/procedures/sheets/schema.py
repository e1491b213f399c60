"""The shape of a procedure sheet: one model a kind of step; the same shape is published as a JSON Schema."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from strate.workshop.doors.texts import PLAIN
from strate.workshop.journal.refusals import Reason
from strate.workshop.people.roles import GIVEN
from strate.workshop.procedures.kinds.hand import MEANINGS
from strate.workshop.procedures.sheets.reading import Lines, Path
from strate.workshop.safety.rules import SIGNS

CODE = r"^[a-z0-9][a-z0-9-]{0,39}$"
FAMILIES = ("metal", "polymer", "sand")
Code = Annotated[str, Field(pattern=CODE)]
Line = Annotated[str, Field(min_length=1, max_length=400, pattern=PLAIN)]
Source = Annotated[str, Field(max_length=200, pattern=PLAIN)]
Word = Annotated[str, Field(max_length=120, pattern=PLAIN)]
Exact = Annotated[str, Field(pattern=r"^[+-]?\d{1,12}([.,]\d{1,6})?$")] | int | None


class Part(BaseModel):
    """Nothing unknown: a name typed wrong is told, not passed over."""

    model_config = ConfigDict(extra="forbid")


class Texts(Part):
    """The same sentence in French and in English."""

    fr: Line
    en: Line


class MaybeTexts(Part):
    """A reason, in both languages or in none."""

    fr: Annotated[str, Field(max_length=400, pattern=PLAIN)] = ""
    en: Annotated[str, Field(max_length=400, pattern=PLAIN)] = ""


class Sources(Part):
    """Where a rule comes from, when it is not said alike in both languages."""

    fr: Source = ""
    en: Source = ""


class Condition(Part):
    """When a step concerns the job: a value known of it, or the answer of an earlier step."""

    value: Word = ""
    step: Word = ""
    is_: Annotated[str | list[str] | None, Field(alias="is")] = None
    is_not: str | list[str] | None = None
    at_least: Exact = None
    at_most: Exact = None


class Step(Part):
    """What every step may say, whatever its kind."""

    code: Code
    text: Texts
    why: MaybeTexts | None = None
    source: Source | Sources = ""
    ppe: list[Literal[tuple(sorted(SIGNS))]] = []  # the signs that can be drawn
    picture: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    blocking: bool = True
    required: bool = True
    signed: bool = False
    zone: Word = ""
    role: Literal[("", *GIVEN)] = ""  # the roles people are given
    right: Word = ""
    authorisation: list[Annotated[list[str], Field(min_length=2, max_length=2)]] = []
    second_person: bool = False
    other_than: list[Word] = []
    when: list[Condition] = []
    effect: Word = ""
    # What an effect reads on its card.
    operation: Word = ""
    stream_step: Word = ""
    mass_step: Word = ""


class AcknowledgeStep(Step):
    kind: Literal["acknowledge"]


class CheckStep(Step):
    kind: Literal["check"]


class MeansStep(Step):
    kind: Literal["means"]
    place: Word | Texts = ""
    thing: Word = ""


class MeasureStep(Step):
    kind: Literal["measure"]
    name: Word | Texts = ""
    unit: Annotated[str, Field(max_length=12)]
    min: Exact = None
    max: Exact = None
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    min_from: Word = ""
    max_from: Word = ""


class Option(Part):
    value: Word
    text: Texts | None = None
    ok: bool = True


class ChooseStep(Step):
    kind: Literal["choose"]
    options: Annotated[list[Option], Field(min_length=1, max_length=40)]


class Expected(Part):
    kind: Annotated[str, Field(min_length=1, max_length=30)]
    state: str | list[str] | None = None
    same_as: Word = ""


class ScanStep(Step):
    kind: Literal["scan"]
    expects: Expected


class PhotoStep(Step):
    kind: Literal["photo"]


class SignStep(Step):
    kind: Literal["sign"]
    meaning: Literal[MEANINGS]  # the meanings the house words


class WaitStep(Step):
    kind: Literal["wait"]
    minutes: Exact = None
    since: Word = ""
    until: Word = ""
    early: bool = False


class MachineValueStep(Step):
    kind: Literal["machine_value"]
    signal: Annotated[str, Field(min_length=1, max_length=60)]
    name: Word | Texts = ""
    unit: Annotated[str, Field(max_length=12)] = ""
    min: Exact = None
    max: Exact = None
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    min_from: Word = ""
    max_from: Word = ""
    max_age_s: Exact = None
    typed_if_silent: bool = False


class ProcedureStep(Step):
    kind: Literal["procedure"]
    procedure: Code


AnyStep = Annotated[
    AcknowledgeStep
    | CheckStep
    | MeansStep
    | MeasureStep
    | ChooseStep
    | ScanStep
    | PhotoStep
    | SignStep
    | WaitStep
    | MachineValueStep
    | ProcedureStep,
    Field(discriminator="kind"),
]


class Sheet(Part):
    """A procedure as a file: its code, its kind, its titles, what it is for, its steps in order."""

    code: Code
    kind: Annotated[str, Field(min_length=1, max_length=30, pattern=PLAIN)]
    title: Texts
    applies_to: list[Word] = []
    every_min: Annotated[int, Field(ge=1, le=100_000)] | None = None
    note: Annotated[str, Field(max_length=200, pattern=PLAIN)] = ""
    steps: Annotated[list[AnyStep], Field(min_length=1, max_length=400)]


def schema() -> dict[str, Any]:
    """The JSON Schema of a sheet, for editors that check while one types."""
    found = TypeAdapter(Sheet).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def problems(sheet: dict[str, Any], lines: Lines) -> list[Reason]:
    """Everything that does not fit the shape, each with its line."""
    try:
        Sheet.model_validate(sheet)
    except ValidationError as wrong:
        found = [_problem(dict(each), lines) for each in wrong.errors(include_url=False)]
        # A field that may be written in two ways is told once.
        return list({(r.code, *map(str, r.values.values())): r for r in found}.values())
    return []


def _problem(error: dict[str, Any], lines: Lines) -> Reason:
    path = _known(tuple(error["loc"]), lines)
    field = str(error["loc"][-1]) if error["loc"] else ""
    values = {"line": lines.get(path, 1), "field": ".".join(str(p) for p in path[2:]) or field}
    match error["type"]:
        case "missing":
            return Reason("sheet_lacks", values | {"field": field})
        case "extra_forbidden":
            return Reason("sheet_field_unknown", values | {"field": field})
        case "union_tag_not_found":
            return Reason("sheet_lacks", values | {"field": "kind"})
        case "union_tag_invalid":
            return Reason("sheet_kind_unknown", values | {"typed": str(error["ctx"].get("tag", ""))[:40]})
    given = error.get("input")
    typed = "" if isinstance(given, dict | list) else str(given)[:40]
    named = next((str(each) for each in reversed(path) if isinstance(each, str)), field)
    return Reason("sheet_field_wrong", values | {"field": named, "typed": typed})


def _known(loc: tuple[Any, ...], lines: Lines) -> Path:
    """The longest beginning of a place that is written in the text; the name of a kind is not a place."""
    path: Path = ()
    for each in loc:
        if (*path, each) in lines:
            path = (*path, each)
    return path
