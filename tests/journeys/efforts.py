"""What each gesture costs in taps and typed fields: told at the end of the tests and kept beside the screenshots."""

from pathlib import Path

from tests.journeys.tablet import Effort

# Filled by the journey of one production, told once all tests are over.
COUNTED: dict[str, Effort] = {}


def table() -> list[str]:
    """One line a gesture, then the whole production."""
    wide = max(len(gesture) for gesture in COUNTED)
    lines = [f"{'gesture'.ljust(wide)}   taps   typed fields"]
    lines += [f"{name.ljust(wide)}   {one.taps:>4}   {one.fields:>12}" for name, one in COUNTED.items()]
    taps, fields = (sum(getattr(one, what) for one in COUNTED.values()) for what in ("taps", "fields"))
    return [*lines, f"{'the whole production'.ljust(wide)}   {taps:>4}   {fields:>12}"]


def keep(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "efforts.txt").write_text("\n".join(table()) + "\n", encoding="utf-8")
