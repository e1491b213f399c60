"""The texts a verb accepts: as long as their place in the database, without signs that no keyboard types."""

from typing import Annotated

from pydantic import Field

# No control signs but the tab and the line breaks: PostgreSQL refuses the zero byte, labels the others.
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Code = Annotated[str, Field(max_length=40, pattern=PLAIN)]
Word = Annotated[str, Field(max_length=60, pattern=PLAIN)]
Title = Annotated[str, Field(max_length=120, pattern=PLAIN)]
Sentence = Annotated[str, Field(max_length=200, pattern=PLAIN)]
Paragraph = Annotated[str, Field(max_length=400, pattern=PLAIN)]
Page = Annotated[str, Field(max_length=4000, pattern=PLAIN)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
