"""What qualification plugs into the rooms below: rights, and how files and references are found."""

from strate.workshop.qualification.plugs import (  # noqa: F401  their rights and kinds are declared as they are read
    candidate,
    jury,
    personal,
)
