"""`strate run`: migrate, create the demo shop once, start every process, say where to go, stop cleanly."""

import time
import urllib.request
from typing import Any
from urllib.error import URLError

import click
from django.db import connection

from strate.web import demo, preflight, processes
from strate.web.settings.environment import Environment
from strate.web.supervisor import Supervisor
from strate.web.upgrade import bring_up_to_date
from strate.workshop.journal.actor import SYSTEM
from strate.workshop.machines.actions import amend
from strate.workshop.machines.queries import Machine
from strate.workshop.site import queries as site

READY_WITHIN_S = 120.0
# Never through the proxy of the company: it would answer for us.
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def open_house(
    env: Environment, supervisor: Supervisor, *, demo: bool, scale: float, stop_at: int | None, begun: float
) -> None:
    """Runs until Ctrl-C (or SIGTERM)."""
    try:
        if kept := bring_up_to_date():
            click.echo(f"strate: upgraded; the database as it was before is kept in {kept}.", err=True)
        endpoint = _furnish(demo)
        for warning in preflight.warnings(env.home, not env.database_url, site.value("disk_warning_percent")):
            click.echo(f"strate: {warning}", err=True)
        connection.close()
        # The pages first: on a small computer the other processes would only make the first page wait.
        if not supervisor.children:
            processes.start_web(supervisor, env.address, env.port)
        _wait_until_ready(supervisor, env)
        if not supervisor.stopping.is_set():
            _start_the_rest(supervisor, env, endpoint, scale, stop_at)
            _welcome(env, is_demo=bool(endpoint), seconds=time.monotonic() - begun)
        supervisor.watch()
    finally:
        click.echo("\nstrate: closing…")
        supervisor.stop()


def _furnish(wanted: bool) -> str:
    """The address of the simulated printer when this is a demo shop; empty on a real site."""
    from strate.web.demo import hall
    from strate.workshop.machines import queries as machines

    if wanted and not demo.exists():
        demo.create(endpoint=f"opc.tcp://127.0.0.1:{preflight.free_port()}/")
    found = machines.machines().filter(code=hall.PRINTER, serial="SIM-0001").first()
    return _reachable(found) if found else ""


def _reachable(printer: Machine) -> str:
    """The port of the simulated printer was chosen once; taken by another program since, it gets another."""
    endpoint = str(printer.endpoint)
    port = int(endpoint.rstrip("/").rpartition(":")[2])
    if not preflight.is_taken("127.0.0.1", port):
        return endpoint
    moved = f"opc.tcp://127.0.0.1:{preflight.free_port()}/"
    names = ("title", "model", "serial", "place")
    same = {name: getattr(printer, name) for name in names}
    amend(by=SYSTEM, machine=printer.code, endpoint=moved, reason="Port pris par un autre programme", **same)
    click.echo(
        f"strate: port {port} is taken by another program: the simulated printer moves to {moved}", err=True
    )
    return moved


def _start_the_rest(
    supervisor: Supervisor, env: Environment, endpoint: str, scale: float, stop_at: int | None
) -> None:
    from strate.web.demo import hall

    if endpoint:
        port = int(endpoint.rstrip("/").rpartition(":")[2])
        inject = [f"{stop_at}:recoater_jam"] if stop_at else []
        processes.start_simulator(
            supervisor, env.home, name=hall.PRINTER, port=port, scale=scale, inject=inject
        )
    processes.start_worker(supervisor)
    processes.start_gateway(supervisor, env.home, f"http://{_here(env)}:{env.port}")
    connection.close()


def _wait_until_ready(supervisor: Supervisor, env: Environment) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not supervisor.stopping.is_set():
        if answers(f"http://{_here(env)}:{env.port}/sante/"):
            return
        if time.monotonic() > deadline:
            raise preflight.CannotStart(
                f"The web server did not answer in time: see {supervisor.logs / 'web.log'}."
            )
        time.sleep(0.1)


def _here(env: Environment) -> str:
    """The address under which this computer reaches its own web server."""
    return "127.0.0.1" if env.address in ("0.0.0.0", "::", "") else env.address


def answers(url: str) -> bool:
    """Whether the web server answers, whatever it thinks of the health of the house."""
    try:
        with LOCAL.open(url, timeout=2):
            return True
    except URLError as error:
        return getattr(error, "code", 0) == 503
    except OSError:
        return False


def _welcome(env: Environment, *, is_demo: bool, seconds: float) -> None:
    host = "localhost" if env.address == "127.0.0.1" else env.address
    click.echo(f"\nStrate : http://{host}:{env.port}/   ({seconds:.1f} s)")
    if is_demo:
        _say_badges()
    click.echo("Ctrl-C : fermer / close\n")


def _say_badges() -> None:
    from django.utils.translation import override

    from strate.web.demo import people

    # The house speaks French first, whatever the language of the terminal.
    with override("fr"):
        rows: list[tuple[Any, ...]] = list(people.badges())
    wide = max(len(str(name)) for name, _roles, _badge in rows)
    click.echo(f"\nAtelier de démonstration — badge, puis PIN {people.DEMO_PIN} :")
    for name, role, badge in rows:
        click.echo(f"  {badge}   {str(name).ljust(wide)}   {role}")
    click.echo("")
