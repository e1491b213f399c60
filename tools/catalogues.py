"""The French catalogues: compiled at set-up, and completed from the code when words are added.

`python -m tools.catalogues compile` writes each room's .mo file (only when its .po is newer).
`python -m tools.catalogues extract` adds the msgids a room uses and its catalogue lacks, and drops the unused.
`python -m tools.catalogues missing` lists what has no French yet; exit 1 when something is missing.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "strate"
# Of the usual heading, what a reader of the file needs; dates and names would change at each run.
HEADER = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def homes() -> list[Path]:
    """The folders that own a catalogue: each room, and the web side (with everything outside the rooms)."""
    rooms = sorted(p for p in (PACKAGE / "workshop").iterdir() if p.is_dir() and (p / "__init__.py").exists())
    return [PACKAGE / "web", *rooms]


def po_path(home: Path) -> Path:
    return home / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def read(home: Path) -> Catalog:
    """A room's catalogue; empty when it has none yet."""
    path = po_path(home)
    if not path.exists():
        return Catalog(locale="fr", charset="utf-8", header_comment="")
    return read_po(io.BytesIO(path.read_bytes()), locale="fr")


def sources(home: Path) -> Iterator[Path]:
    """The files whose words belong to this home."""
    extra = [PACKAGE / "templatetags", PACKAGE / "gateway"] if home.name == "web" else []
    for folder in (home, *extra):
        yield from sorted(p for p in folder.rglob("*.py"))
        yield from sorted(p for p in folder.rglob("*.html"))
    if home.name == "web":
        yield from (PACKAGE / "cli.py",)


def words(home: Path) -> dict[tuple[str | None, str], tuple[str, ...] | str]:
    """Every msgid used in the files of this home, by (context, msgid)."""
    found: dict[tuple[str | None, str], tuple[str, ...] | str] = {}
    for path in sources(home):
        if not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = _templatized(text)
        for _line, message, _comments, context in extract("python", io.BytesIO(text.encode()), KEYWORDS):
            key = message[0] if isinstance(message, tuple) else message
            if key and key.strip():
                found[(context, key)] = message
    return found


def _templatized(text: str) -> str:
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    # Python's tokenizer would stumble over the indentation of the HTML.
    return "\n".join(line.lstrip() for line in templatize(text).splitlines())


def missing(home: Path, everywhere: dict[tuple[str | None, str], str] | None = None) -> list[str]:
    """The msgids of a home that have no French in any catalogue."""
    known = everywhere if everywhere is not None else all_translations()
    return [key for (context, key) in words(home) if not known.get((context, key))]


def all_translations() -> dict[tuple[str | None, str], str]:
    """Every translated msgid of the house (Django merges the catalogues of the rooms)."""
    known: dict[tuple[str | None, str], str] = {}
    for home in homes():
        for message in read(home):
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            done = all(message.string) if isinstance(message.string, tuple) else bool(message.string)
            if key and done and not message.fuzzy:
                known[(message.context, key)] = str(message.string)
    return known


def complete(home: Path) -> int:
    """Add the missing msgids to a room's catalogue and drop those nobody uses; returns how many were added."""
    used, catalogue, known = words(home), read(home), all_translations()
    fresh = Catalog(locale="fr", charset="utf-8", header_comment="", project="Strate", version="")
    for message in catalogue:
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        if key and (message.context, key) in used:
            fresh.add(message.id, message.string, context=message.context)
    added = 0
    for (context, key), message in sorted(used.items(), key=lambda item: (item[0][0] or "", item[0][1])):
        if fresh.get(key, context) is None and (context, key) not in known:
            fresh.add(message if isinstance(message, tuple) else key, "", context=context)
            added += 1
    if len(fresh):
        path = po_path(home)
        path.parent.mkdir(parents=True, exist_ok=True)
        body = io.BytesIO()
        write_po(body, fresh, width=110, no_location=True, omit_header=True, sort_output=True)
        path.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")
    return added


def compile_all() -> None:
    for home in homes():
        po = po_path(home)
        mo = po.with_suffix(".mo")
        if po.exists() and (not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime):
            with mo.open("wb") as file:
                write_mo(file, read(home))


def main(verb: str) -> int:
    if verb == "compile":
        compile_all()
        return 0
    if verb == "extract":
        for home in homes():
            if added := complete(home):
                print(f"{home.name}: {added} words without French yet")
        return 0
    everywhere = all_translations()
    lacking = [(home.name, key) for home in homes() for key in missing(home, everywhere)]
    for name, key in lacking:
        print(f"{name}: {key!r} has no French")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "compile"))
