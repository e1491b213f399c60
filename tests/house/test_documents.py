"""What is not documented does not exist: every command, every setting, every room has its line."""

import re
from collections import Counter
from collections.abc import Iterator

import click
import pytest

from strate.cli import main
from strate.rooms import ROOMS
from strate.web.settings.environment import SETTINGS
from strate.workshop.site import settings as site
from tests.house.reading import ROOT, code, must_be_empty, name

DOCS = ROOT / "docs"


def commands(group: click.Group, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        assert command is not None
        yield (*words, each), command
        if isinstance(command, click.Group):
            yield from commands(command, (*words, each))


def test_every_command_is_in_the_documentation():
    text = (DOCS / "commands.md").read_text()
    said = [" ".join(words) for words, _command in commands(main, ("strate",))]
    must_be_empty(f"docs/commands.md: {each}" for each in said if each not in text)


def test_every_option_of_a_command_is_in_the_documentation():
    text = (DOCS / "commands.md").read_text()
    must_be_empty(
        f"docs/commands.md: {' '.join(words)} {option}"
        for words, command in commands(main, ("strate",))
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--") and option not in text
    )


def test_every_command_says_what_it_does():
    must_be_empty(
        " ".join(words) for words, command in commands(main, ("strate",)) if not (command.help or "").strip()
    )


def test_every_setting_of_an_installation_is_in_the_documentation():
    text = (DOCS / "settings.md").read_text()
    must_be_empty(f"docs/settings.md: {key}" for key in SETTINGS if f"`{key}`" not in text)
    documented = set(re.findall(r"`(STRATE_[A-Z_]+)`", text))
    must_be_empty(
        f"docs/settings.md tells of {key}, which nothing reads" for key in documented - set(SETTINGS)
    )


def test_every_variable_the_code_reads_is_a_known_setting():
    must_be_empty(
        f"{name(path)}: {key}"
        for path in code()
        for key in re.findall(r"\"(STRATE_[A-Z_]+)\"", path.read_text())
        if key not in SETTINGS
    )


def test_every_decision_of_a_site_is_in_the_documentation():
    text = (DOCS / "settings.md").read_text()
    must_be_empty(f"docs/settings.md: `{key}`" for key in site.fields() if f"`{key}`" not in text)


def test_every_room_is_on_the_map():
    text = (DOCS / "map.md").read_text()
    must_be_empty(f"docs/map.md: {room}" for room in ROOMS if f"`{room}`" not in text)


def test_every_make_target_is_in_a_document():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    text = (ROOT / "README.md").read_text() + (ROOT / "CONTRIBUTING.md").read_text()
    must_be_empty(f"make {target}" for target in targets if f"make {target}" not in text)


def test_no_two_answers_of_the_api_bear_one_name():
    """In the document of the API the second would stand for both."""
    found = Counter(
        written
        for path in (ROOT / "src").rglob("*.py")
        for written in re.findall(r"^class (\w+)\((?:Schema|Strict)\)", path.read_text(), re.M)
    )
    assert len(found) > 50
    must_be_empty(n for n, times in found.items() if times > 1)


def test_decisions_are_numbered_without_a_hole():
    numbers = [int(p.name[:4]) for p in sorted((DOCS / "decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1)) and numbers


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/glossary.md"]
)
def test_the_pages_a_stranger_looks_for_are_there(page):
    assert (ROOT / page).read_text().strip()


def test_the_readme_is_one_page():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80


def test_no_link_of_the_documentation_leads_nowhere():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *DOCS.rglob("*.md")]
    dead = []
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                dead.append(f"{name(page)} -> {target}")
    must_be_empty(dead)
