"""The pages of qualification: references, files, evaluation, jury, award."""

from typing import Any

PARTS: tuple[Any, ...] = ()

app_name = "qualification"
urlpatterns = [each for part in PARTS for each in part.urlpatterns]
