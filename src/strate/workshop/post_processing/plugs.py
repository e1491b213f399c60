"""What post-processing brings to the rooms below: rights, and what is owed before a build is closed."""

from strate.workshop.builds import registry as builds
from strate.workshop.builds.queries import Build
from strate.workshop.journal.refusals import Reason
from strate.workshop.people.roles import OPERATOR, SHIFT_LEADER, declare
from strate.workshop.post_processing import gestures as _path  # noqa: F401  its gestures join the path as it is read
from strate.workshop.post_processing import queries

declare("post_processing.furnace", OPERATOR, SHIFT_LEADER)
declare("post_processing.finish", OPERATOR, SHIFT_LEADER)


@builds.before_close
def owed(build: Build) -> list[Reason]:
    """The furnace and the saw come before the end."""
    return queries.missing(build.code)
