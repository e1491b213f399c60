"""The pages of qualification: references, files, evaluation, jury, award."""

from typing import Any

from strate.workshop.qualification.pages import editing, evaluation, evidence, files, grids, references

PARTS: tuple[Any, ...] = (references, editing, files, evidence, grids, evaluation)

app_name = "qualification"
urlpatterns = [each for part in PARTS for each in part.urlpatterns]
