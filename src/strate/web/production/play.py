"""`strate produce`: start the machine and its gateway, play every scene, seal the dossier, leave it in a folder."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import translation

from strate.kernels.geometry.refusal import FileRefused
from strate.kernels.geometry.saying.words import say_refusal
from strate.web import demo, launcher, preflight, processes
from strate.web.production import scenes
from strate.web.production.stage import DidNotHappen, Stage, wait_for
from strate.web.supervisor import Supervisor
from strate.web.upgrade import bring_up_to_date
from strate.workshop.builds import queries as builds
from strate.workshop.doors import wording
from strate.workshop.journal.refusals import Refused
from strate.workshop.telemetry import queries as telemetry


def play(stl: Path, out: Path, *, quantity: int, scale: float, interrupt: bool) -> None:
    """From an order to a sealed dossier; raises CannotStart with one sentence when something does not come."""
    # The people of the demo shop speak French, and so does all that is told of what they do.
    translation.activate("fr")
    home, stage = settings.STRATE.home, Stage()
    bring_up_to_date()
    machine_port, web_port = preflight.free_port(), preflight.free_port()
    demo.create(endpoint=f"opc.tcp://127.0.0.1:{machine_port}/")
    stage.say("atelier", "atelier de démonstration prêt")
    supervisor = Supervisor(home / "logs")
    inject = ("25:recoater_jam",) if interrupt else ()
    try:
        processes.start_simulator(
            supervisor, home, name=scenes.hall.PRINTER, port=machine_port, scale=scale, inject=inject
        )
        connection.close()
        processes.start_web(supervisor, "127.0.0.1", web_port, workers=1)
        processes.start_gateway(supervisor, home, f"http://127.0.0.1:{web_port}")
        _machine_heard(stage, web_port)
        _scenes(stage, stl, quantity)
        for path in _seal(stage, out):
            stage.say("dossier", str(path))
    except DidNotHappen as no:
        _show_logs(home)
        raise preflight.CannotStart(str(no)) from no
    except Refused as refused:
        raise preflight.CannotStart(" ".join(wording.refusal(r) for r in refused.reasons)) from refused
    except FileRefused as refused:
        raise preflight.CannotStart(say_refusal(refused, "fr")) from refused
    finally:
        supervisor.stop()


def _machine_heard(stage: Stage, web_port: int) -> None:
    wait_for("the web server", lambda: launcher.answers(f"http://127.0.0.1:{web_port}/sante/"), seconds=60)
    wait_for("the machine over OPC UA", lambda: telemetry.reading(scenes.hall.PRINTER, "state"), seconds=60)
    stage.say("machine", "imprimante simulée suivie par OPC UA")


def _scenes(stage: Stage, stl: Path, quantity: int) -> None:
    scenes.order(stage, stl, quantity)
    scenes.prepare(stage, quantity)
    scenes.receive_powder(stage)
    scenes.set_up(stage)
    scenes.launch(stage)
    scenes.follow_build(stage)
    scenes.take_out(stage)
    scenes.finish(stage)
    scenes.close(stage)
    assert builds.build(scenes.BUILD).state == "closed"


def _seal(stage: Stage, out: Path) -> list[Path]:
    """The dossier, signed by quality, as a PDF and its data bundle."""
    from strate.workshop.dossier import actions as dossier

    sealed = dossier.seal(by=stage.who("elsa"), order=scenes.ORDER, reviewed=True)
    filed = dossier.file_away(dossier=sealed.code)
    out.mkdir(parents=True, exist_ok=True)
    return dossier.copy_to(filed, out)


def _show_logs(home: Path) -> None:
    """What the processes last said, for whoever looks for the reason."""
    for log in sorted((home / "logs").glob("*.log")):
        tail = log.read_bytes()[-1500:].decode(errors="replace").strip()
        if tail:
            print(f"--- {log.name}{os.linesep}{tail}")
