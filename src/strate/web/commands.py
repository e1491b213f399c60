"""The commands that need the house: run it, play a production, save and restore it."""

import os
import sys
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from strate.web import preflight
from strate.web.supervisor import Supervisor


def _open_the_house() -> Any:
    """Settings, applications, translations: what every command below needs first."""
    preflight.check_home(preflight.check_settings())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
    import django
    from django.conf import settings
    from django.utils import translation

    django.setup()
    translation.activate("fr" if os.environ.get("LANG", "fr").startswith("fr") else "en")
    return settings.STRATE


def _start_the_pages_early() -> Supervisor:
    """On a second start nothing is to be upgraded: the pages open while this process still reads the house."""
    home = preflight.check_settings()
    preflight.check_home(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")
    from strate.web import processes
    from strate.web.settings.environment import Environment

    env = Environment.read()
    preflight.open_once(home, env.port)
    preflight.check_port(env.address, env.port)
    supervisor = Supervisor(home / "logs")
    supervisor.stop_on_signals()
    if preflight.nothing_to_upgrade(home):
        processes.start_web(supervisor, env.address, env.port)
    return supervisor


def _stop(sentence: str) -> NoReturn:
    click.echo(f"strate: {sentence}", err=True)
    sys.exit(1)


def _database_errors() -> type[Exception]:
    # Read when something was raised: the first page does not wait for it.
    from django.db.utils import Error

    return Error


def _told(command: Callable[..., None]) -> Callable[..., None]:
    """What stands in the way of a command is told in one sentence."""

    @wraps(command)
    def tell(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except preflight.CannotStart as no:
            _stop(str(no))
        except _database_errors() as no:
            _stop(f"The database cannot be used: {' '.join(str(no).split())}")

    return tell


def _open_a_site() -> Any:
    """The house, for what needs a site that exists: an empty folder is told, and stays empty."""
    preflight.check_site(preflight.check_settings())
    return _open_the_house()


@click.command(short_help="Open the house, until Ctrl-C.")
@click.option("--demo", is_flag=True, help="Create the demo shop once, with a simulated printer.")
@click.option(
    "--scale",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="How much faster than life the simulated printer works.",
)
@click.option("--stop-at", type=click.IntRange(1), help="Layer at which the simulated printer stops once.")
@_told
def run(demo: bool, scale: float, stop_at: int | None) -> None:
    """Open the house: web, gateway, worker (and a simulated printer for the demo) under one supervisor."""
    begun = time.monotonic()
    supervisor = _start_the_pages_early()
    env = _open_the_house()
    from strate.web import launcher

    launcher.open_house(env, supervisor, demo=demo, scale=scale, stop_at=stop_at, begun=begun)


@click.command(short_help="Play a whole production of a part.")
@click.argument("part", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--demo/--here", default=True, help="In a fresh demo shop of its own (default), or in this site."
)
@click.option("--quantity", default=2, show_default=True, type=click.IntRange(1, 99))
@click.option(
    "--out", default=".", type=click.Path(file_okay=False, path_type=Path), help="Where the dossier goes."
)
@click.option(
    "--scale",
    default=2000.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="How much faster than life the printer works.",
)
@click.option("--interrupt/--no-interrupt", default=True, help="Let the printer stop once on the way.")
@_told
def produce(part: Path, demo: bool, quantity: int, out: Path, scale: float, interrupt: bool) -> None:
    """Play a whole production of PART.stl against the simulated printer, and leave its sealed dossier here."""
    import tempfile

    if not demo:
        _stop("a production is played in a demo shop only: on a real site, people work in the browser.")
    with tempfile.TemporaryDirectory(prefix="strate-produce-") as home:
        os.environ["STRATE_HOME"] = home
        os.environ.pop("STRATE_DATABASE_URL", None)
        _open_the_house()
        from strate.web import production

        production.play(part.resolve(), out.resolve(), quantity=quantity, scale=scale, interrupt=interrupt)


@click.command()
@_told
def migrate() -> None:
    """Bring the database up to this version; facts are kept."""
    _open_the_house()
    from strate.web.upgrade import bring_up_to_date

    if kept := bring_up_to_date():
        click.echo(f"{kept}: the database as it was before.")
    click.echo("The database is of this version.")


@click.command()
@_told
def worker() -> None:
    """Do the background work until told to stop."""
    import signal
    import threading

    _open_a_site()
    from strate.workshop.work import worker as work

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    work.run_forever(stop)


@click.command(short_help="Save the whole site into one file.")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@_told
def backup(target: Path) -> None:
    """Save the whole site into TARGET, read back and verified to the last fact."""
    _open_a_site()
    from strate.web import backup as backups

    try:
        saved = backups.save(target.resolve())
    except backups.BackupBroken as no:
        _stop(f"nothing was saved: {no}")
    except OSError as no:
        _stop(f"nothing was saved: {target}: {no.strerror}")
    click.echo(f"{saved.path}: {saved.facts} facts, {saved.files} files, {saved.size_bytes} bytes, verified.")


@click.command(short_help="Bring a backup back into an empty folder.")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_told
def restore(source: Path) -> None:
    """Bring a backup back into an empty STRATE_HOME; checks, chain and digests are verified first."""
    env = _open_the_house()
    from strate.web import backup as backups

    try:
        manifest = backups.restore(source.resolve(), env.home)
    except backups.BackupBroken as no:
        _stop(str(no))
    click.echo(f"{env.home}: {manifest['facts']} facts restored, chain and digests hold.")


@click.command(short_help="Verify this site: journal, files, powder.")
@_told
def checkup() -> None:
    """Verify this site: the chain and its checkpoints, every file by its digest, the ledger of powder."""
    _open_a_site()
    from strate.web.checkup import report

    lines, sound = report()
    for line in lines:
        click.echo(line)
    sys.exit(0 if sound else 1)
