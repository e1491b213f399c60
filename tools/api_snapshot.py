"""The document of the API, kept in docs/api/openapi.json; `make api` renews it."""

import json
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

KEPT = Path(__file__).resolve().parents[1] / "docs" / "api" / "openapi.json"


@cache
def document() -> dict[str, Any]:
    """The document as a program reads it (Django must be set up); in English, whatever the language of the site."""
    from django.utils import translation

    from strate.web.api import api

    with translation.override("en"):
        found: dict[str, Any] = json.loads(
            json.dumps(api.get_openapi_schema(path_prefix="/api/"), default=str)
        )
    return found


def text(found: dict[str, Any]) -> str:
    return json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def changes(before: Any, after: Any, where: str = "") -> list[str]:
    """What differs, one line a place."""
    if isinstance(before, dict) and isinstance(after, dict):
        found = [f"removed: {where}/{k}" for k in before.keys() - after.keys()]
        found += [f"added: {where}/{k}" for k in after.keys() - before.keys()]
        for k in before.keys() & after.keys():
            found += changes(before[k], after[k], f"{where}/{k}")
        return sorted(found)
    return [] if before == after else [f"changed: {where}: {_short(before)} → {_short(after)}"]


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:120]


def main() -> int:
    sys.path.insert(0, str(KEPT.parents[2] / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
    with tempfile.TemporaryDirectory() as home:
        os.environ["STRATE_HOME"] = home
        import django

        django.setup()
        found = document()
    before = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for line in changes(before, found):
        print(line)
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(text(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
