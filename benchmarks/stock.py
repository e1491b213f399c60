"""What the stock of a benchmark's shop holds: `python -m benchmarks.stock LOT MACHINE [LEAVE_MG]`."""

import json
import os
import sys


def main(lot: str, machine: str, leave_mg: int | None = None) -> dict[str, object]:
    """The lot in its drums, the machine, and where ledger and balance disagree; first leaves so much in the drum."""
    import django

    django.setup()
    from strate.web.demo.people import team
    from strate.workshop.feedstock import actions, queries

    if leave_mg is not None:
        drum = queries.portions_of(lot)[0].place
        why = "Essai : mise au niveau avant la mesure"
        actions.weigh_again(by=team()["elsa"], lot=lot, container=drum, mass_mg=leave_mg, reason=why)
    return {
        "on_hand_mg": queries.on_hand_mg(lot),
        "inside_mg": queries.in_machine(machine).mass_mg,
        "gaps": [list(map(str, gap)) for gap in queries.ledger_gaps()],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
    leave = int(sys.argv[3]) if len(sys.argv) > 3 else None
    print(json.dumps(main(sys.argv[1], sys.argv[2], leave)))
