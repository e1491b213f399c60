"""Every page stands in the same frame, runs no script of its own, and sends no form twice."""

import re

from tests.house.exceptions import FORMS_WITHOUT_A_FACT
from tests.house.reading import must_be_empty, name, under

EXTENDS = re.compile(r"{%\s*extends\s+\"([^\"]+)\"")
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.S | re.I)
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.S)
INLINE = {
    "inline style": re.compile(r"\sstyle=[\"']|<style\b", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+=[\"']", re.I),
    "address of another site": re.compile(r"(?:src|href|action)=\"https?://", re.I),
}
ROOTS = {"base.html"}


def templates():
    return under("src/strate", ".html")


def is_page(path):
    """A whole page, not a partial: partials begin with `_`, or live in a folder of parts."""
    parts = path.parts
    return not path.name.startswith(("_", "panel")) and not {"components", "kinds", "steps", "parts"} & set(
        parts
    )


def known_as():
    """Templates by the name other templates call them."""
    return {str(p).rpartition("/templates/")[2]: p for p in templates()}


def test_every_page_stands_in_the_frame_of_the_house():
    by_name, homeless = known_as(), []
    for called, path in by_name.items():
        if not is_page(path) or called in ROOTS or called.startswith("specimen/"):
            continue
        seen, at = {called}, called
        while at not in ROOTS:
            above = EXTENDS.search(by_name[at].read_text()) if at in by_name else None
            if above is None or above.group(1) in seen:
                included = any(f'include "{called}"' in p.read_text() for p in templates())
                if not included:
                    homeless.append(f"{name(path)} extends no frame (a partial is called _{path.name})")
                break
            at = above.group(1)
            seen.add(at)
    must_be_empty(homeless)


def test_no_page_brings_a_style_or_a_script_of_its_own():
    must_be_empty(
        f"{name(path)}: {what}: {found.group().strip()[:60]}"
        for path in templates()
        for what, pattern in INLINE.items()
        for found in pattern.finditer(COMMENT.sub("", path.read_text()))
    )


def test_every_form_that_writes_carries_the_key_that_stops_doubles():
    bare = []
    for path in (p for p in templates() if "specimen" not in p.parts):
        for found in FORM.finditer(path.read_text()):
            form = found.group()
            has_key = "components/command.html" in form or 'name="command"' in form
            writes_nothing = "csrf_token" in form and any(mark in form for mark in FORMS_WITHOUT_A_FACT)
            if not has_key and not writes_nothing:
                bare.append(f"{name(path)}: {form[:90]!r} without components/command.html")
    must_be_empty(bare)


def test_every_included_template_exists():
    known = set(known_as())
    must_be_empty(
        f"{name(path)} includes {found.group(1)}"
        for path in templates()
        for found in re.finditer(r"{% (?:include|extends) \"([^\"]+)\"", path.read_text())
        if found.group(1) not in known
    )


def test_every_template_can_be_read():
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    broken = []
    for called in known_as():
        try:
            get_template(called)
        except TemplateSyntaxError as error:
            broken.append(f"{called}: {error}")
    must_be_empty(broken)


def test_what_a_page_shows_to_people_goes_through_the_catalogue():
    """French words written straight into a template would stay French for an English reader."""
    accents = re.compile(r"[àâçéèêëîïôûùœÀÂÇÉÈÊÎÔÛŒ]")
    must_be_empty(
        f"{name(path)}:{number} {line.strip()[:80]}"
        for path in templates()
        if "specimen" not in str(path)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if accents.search(re.sub(r"{#.*?#}", "", line)) and 'lang="fr"' not in line
    )


def test_no_page_shows_a_title_in_one_language_only():
    """What is called in French and in English is shown by the filter `titled`, to each reader in their own."""
    one = re.compile(r"\.title_(?:fr|en)\b")
    must_be_empty(name(p) for p in templates() if one.search(COMMENT.sub("", p.read_text(encoding="utf-8"))))
