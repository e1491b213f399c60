"""Brings the demo shop of a running site to the door of its launch, as its people would (a process of its own)."""

import sys
from pathlib import Path


def main(stl: Path) -> None:
    import django

    django.setup()
    from strate.web.production import scenes
    from strate.web.production.stage import Stage
    from strate.workshop.builds import queries as builds
    from strate.workshop.feedstock import actions as feedstock

    stage = Stage(quiet=True)
    scenes.order(stage, stl, 2)
    scenes.prepare(stage, 2)
    scenes.receive_powder(stage)
    scenes.set_up(stage)
    # Twice the powder needed, all of it virgin but what lay in the machine: the gate has nothing left to say.
    need = builds.build(scenes.BUILD).need_mg
    feedstock.load(
        by=stage.who("amina"),
        lot="TI64-2602",
        machine=scenes.hall.PRINTER,
        mass_mg=max(need, 17 * scenes.hall.KG),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
