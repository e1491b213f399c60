"""The pages of qualification: references, files, evaluation, jury, award."""

from typing import Any

from strate.workshop.qualification.pages import (
    certificates,
    criterion,
    deliberating,
    downloads,
    editing,
    evaluation,
    evidence,
    files,
    grids,
    juries,
    maps,
    references,
    results,
    ruling,
)

PARTS: tuple[Any, ...] = (
    references,
    maps,
    editing,
    files,
    evidence,
    criterion,
    grids,
    evaluation,
    ruling,
    juries,
    deliberating,
    results,
    certificates,
    downloads,
)

app_name = "qualification"
urlpatterns = [each for part in PARTS for each in part.urlpatterns]
