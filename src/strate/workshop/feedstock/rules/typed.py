"""What may be typed about powder at all: the largest mass, density and mesh that make sense in a workshop."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

# A million tonnes, in milligrams: below what any database holds, above what any shop weighs.
Mass = Annotated[int, Field(ge=-(10**15), le=10**15)]
Density = Annotated[Decimal, Field(max_digits=9, decimal_places=4)]
Mesh = Annotated[int, Field(ge=1, le=5000)]
Celsius = Annotated[Decimal, Field(ge=-273, le=3000, max_digits=9)]
Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=9)]
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
