"""What each gesture costs in taps and typed fields: told at the end of the tests and kept beside the screenshots."""

from pathlib import Path

from tests.journeys.tablet import Effort

# Under this name the journey of one production hands its table to whoever tells the end of the tests.
TOLD = "efforts"


def table(counted: dict[str, Effort]) -> list[str]:
    """One line a gesture, then the whole production."""
    wide = max(len(gesture) for gesture in counted)
    lines = [f"{'gesture'.ljust(wide)}   taps   typed fields"]
    lines += [f"{name.ljust(wide)}   {one.taps:>4}   {one.fields:>12}" for name, one in counted.items()]
    taps, fields = (sum(getattr(one, what) for one in counted.values()) for what in ("taps", "fields"))
    return [*lines, f"{'the whole production'.ljust(wide)}   {taps:>4}   {fields:>12}"]


def keep(folder: Path, lines: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "efforts.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
