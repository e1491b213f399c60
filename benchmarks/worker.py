"""Somebody who pours powder without end: each act acknowledged is told on the pipe, after its commit."""

import itertools
import os
import shutil
import sys
from pathlib import Path
from uuid import uuid4


def pour(number: int, team: dict) -> str:
    """One real act, as the API would do it; the event of its fact."""
    from strate.workshop.feedstock import actions
    from strate.workshop.journal.actions import Order, commanding
    from strate.workshop.journal.queries import receipt_from

    order = Order(str(uuid4()), f"pour-{number}")
    with commanding(order):
        actions.load(by=team["amina"], lot="TI64-2601", machine="LPBF-1", mass_mg=1 + number % 7)
    return str(receipt_from(*order.written[0])["fact"])


def say(word: str) -> None:
    os.write(1, f"{word}\n".encode())


def until_full(team: dict, filler: Path) -> None:
    """Fill the disk but a little, pour until twenty acts have failed, make room, pour again."""
    from django.db import Error

    with filler.open("wb") as file:
        file.write(bytes(max(shutil.disk_usage(filler.parent).free - 600_000, 0)))
    failed = 0
    for number in itertools.count():
        try:
            say(pour(number, team))
        except (Error, OSError):
            say("failed")
            failed += 1
        if failed == 20:
            break
    filler.unlink()
    for number in range(20):
        say(pour(number, team))


def main() -> None:
    import django

    django.setup()
    from strate.web.demo.people import team

    people = team()
    say("ready")
    if sys.argv[1] == "full":
        until_full(people, Path(sys.argv[2]))
        return
    for number in itertools.count():
        say(pour(number, people))


if __name__ == "__main__":
    main()
