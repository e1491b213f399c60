"""Makes the demo shop once: the same acts as people would do, in the order they would do them."""

from strate.web.demo import candidates, hall, jobs, jury, people
from strate.workshop.people import queries


def exists() -> bool:
    """Whether this site has people already, demo or real; the demo shop is never added to a real one."""
    return queries.installed()


def create(*, endpoint: str = "opc.tcp://127.0.0.1:4841/") -> None:
    """An invented shop with one simulated printer, people of every role, powder, procedures and two orders."""
    team = people.hire()
    hall.furnish(team, endpoint)
    jobs.fill_the_queue(team)
    candidates.register(team)
    jury.convene(team)
