"""What qualification plugs into the rooms below: rights, and how files and references are found."""

from strate.workshop.qualification.plugs import candidate  # noqa: F401  its rights and kinds are declared as it is read
