"""Makes a demo shop in an empty folder, with a token for each of its people: `python -m tests.peers.furnish`.

A process of its own, since the tests (and the benchmarks) have other settings than a site.
"""

import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from strate.workshop.journal.actor import Actor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strate.web.settings")


def make_tables() -> None:
    """The real migrations; while a house has none, its tables as they are, frozen as a migration would."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from strate.workshop.journal import guard

    call_command("migrate", run_syncdb=True, verbosity=0)
    if settings.MIGRATION_MODULES.get("strate", "") is None:
        with connection.cursor() as cursor:
            for sql in guard.freeze_sql(connection.vendor):
                cursor.execute(sql)


def tokens() -> dict[str, str]:
    """A live token for everybody, and three that must open nothing or something else."""
    from strate.web.demo import people as demo
    from strate.workshop.journal import clock
    from strate.workshop.journal.actor import SYSTEM
    from strate.workshop.people import actions, queries

    team = demo.team()
    team["everything"] = jack_of_all_trades()
    read_everything([team["amina"], team["chloe"], team["everything"]])
    made = {key: actions.create_token(by=actor, title=f"essai {key}") for key, actor in team.items()}
    made["gateway"] = actions.create_token(by=SYSTEM, title="passerelle d’essai", purpose="gateway")
    with clock.at(clock.now() - timedelta(days=2)):
        made["expired"] = actions.create_token(by=team["amina"], title="périmé", days=1)
    made["revoked"] = actions.create_token(by=team["amina"], title="perdu")
    actions.revoke_token(by=team["amina"], token=queries.secret_digest(made["revoked"])[:12])
    return made


def read_everything(people: "list[Actor]") -> None:
    """Who pours has read the sheets and the rules: the gate asks it at every scoop."""
    from strate.workshop.safety import actions, queries

    for by in people:
        for sheet in queries.sheets():
            actions.acknowledge(by=by, sheet=sheet.code)
        for document in queries.documents():
            actions.acknowledge_document(by=by, document=document.code)


def jack_of_all_trades() -> "Actor":
    """Somebody who may do everything, so that a random call is not stopped at the door for want of a right."""
    from strate.web.demo import people as demo
    from strate.workshop.journal.actor import SYSTEM
    from strate.workshop.people import actions, hashing, queries, roles

    who = actions.register(
        by=SYSTEM, name="Tout Essai-Fictif", login="tout", badge="STRATE-99", roles=list(roles.GIVEN)
    )
    actions.set_pin(by=SYSTEM, person=who.pk, pin=hashing.seal_pin(demo.DEMO_PIN))
    return queries.actor_for(queries.person(who.pk), source="demo")


def main() -> None:
    import django

    django.setup()
    from django.conf import settings

    from strate.web import demo

    make_tables()
    demo.create()
    (settings.STRATE.home / "tokens.json").write_text(json.dumps(tokens()))


if __name__ == "__main__":
    main()
