"""What may be typed about powder at all: the largest mass, density and mesh that make sense in a workshop."""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from strate.workshop.doors.texts import Code, Title, Word

# A million tonnes, in milligrams: below what any database holds, above what any shop weighs.
Mass = Annotated[int, Field(ge=-(10**15), le=10**15)]
Density = Annotated[Decimal, Field(max_digits=9, decimal_places=4)]
Mesh = Annotated[int, Field(ge=1, le=5000)]
Celsius = Annotated[Decimal, Field(ge=-273, le=3000, max_digits=9)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=9)]
# How much a stream of powder ages beside the cake: 0 (not at all) to 1 (as much).
Weight = Annotated[Decimal, Field(ge=0, le=1, max_digits=9)]
# A parent's part of a blend, in percent: as many decimals as anybody writes.
Share100 = Annotated[Decimal, Field(gt=0, le=100, max_digits=20)]
Hours = Annotated[Decimal, Field(ge=0, le=100_000, max_digits=12)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class Reading(BaseModel):
    """One value as it is written on a certificate or read on a gauge: « 0,13 », « 1300 ppm », does_not_flow."""

    model_config = ConfigDict(extra="forbid")

    property: Code
    value: Word
    unit: Word = ""
    method: Title = ""
