"""The typefaces of printed documents: those of the screens when they are there, else the printer's own."""

from pathlib import Path

from django.contrib.staticfiles import finders

PRINTABLE = (".ttf", ".otf")


def folders() -> list[Path]:
    """The folder of the typefaces that can be printed with; none is not an error."""
    found = finders.find("vendor/fonts/print")
    if not found:
        return []
    folder = Path(str(found))
    return [folder] if any(path.suffix in PRINTABLE for path in folder.iterdir()) else []
