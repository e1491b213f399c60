"""`strate`: run the workshop, play a whole production, verify a dossier, save and restore."""

from importlib import import_module
from typing import Any

import click

# Loaded when called: `strate geometry` and `strate dossier verify` need neither Django nor a database.
COMMANDS = {
    "run": "strate.web.commands:run",
    "produce": "strate.web.commands:produce",
    "migrate": "strate.web.commands:migrate",
    "worker": "strate.web.commands:worker",
    "backup": "strate.web.commands:backup",
    "restore": "strate.web.commands:restore",
    "checkup": "strate.web.commands:checkup",
    "dossier": "strate.kernels.sealing.commands:dossier",
    "qualification": "strate.workshop.qualification.verifying:qualification",
    "geometry": "strate.kernels.geometry.commands:geometry",
}


class Lazy(click.Group):
    """A group whose commands are imported only when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: Any = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="strate")
def main() -> None:
    """Strate, an open production system for powder-bed additive manufacturing."""


if __name__ == "__main__":
    main()
