"""How the skills of a team are drawn: a shape, a word and a colour for each record."""

from typing import Any

from django.utils.html import format_html, mark_safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from strate.workshop.people import queries
from strate.workshop.people.queries import Matrix, Skill
from strate.workshop.people.roles import AUTHORISATIONS


def skill(each: Skill) -> tuple[str, str]:
    """A column of the matrix: what it is, and for which machine, material or zone."""
    if each.sort == queries.AUTHORISATION:
        return str(AUTHORISATIONS.get(each.kind, each.kind)), each.scope or _("all")
    if each.sort == queries.QUALIFICATION:
        return _("Qualified"), f"{each.kind} · {each.scope}".removesuffix(" · ")
    return _("Certificate"), each.scope or each.kind


def said(each: Skill) -> str:
    """The same in a sentence: « Machine LPBF-1 », « Extinguishers » when it is for all of them."""
    what, which = skill(each)
    return f"{what} {which}" if each.scope or each.sort != queries.AUTHORISATION else what


def _cells() -> dict[str, SafeString]:
    """A cell of the matrix by state: a shape, a word and a colour. A full page of them is drawn in one go."""
    looks = {
        "valid": ("ok", "✓", _("valid")),
        "soon": ("warn", "◔", _("ends soon")),
        "supervised": ("warn", "◐", _("under somebody's eyes")),
        "coming": ("none", "◦", _("begins later")),
        "expired": ("stop", "✕", _("ended")),
        "suspended": ("stop", "‖", _("suspended")),
        "withdrawn": ("stop", "✕", _("withdrawn")),
        "": ("none", "·", _("none")),
    }
    return {
        state: format_html(
            '<td class="skill is-{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></td>',
            tone,
            sign,
            word,
        )
        for state, (tone, sign, word) in looks.items()
    }


def matrix_rows(found: Matrix) -> list[tuple[Any, SafeString]]:
    """Each person with their drawn cells."""
    cells, known = _cells(), found.cells
    return [
        (who, mark_safe("".join(cells[known.get((who.pk, each), "")] for each in found.skills)))
        for who in found.people
    ]


def coverage_rows(found: Matrix) -> list[tuple[str, list[tuple[int, int]]]]:
    """For each team, how many hold each skill, and how many of them not for long."""
    teams = {c.team.code: c.team.title for c in found.coverage.values()}
    return [
        (title, [(c.holders, c.soon) for each in found.skills if (c := found.coverage[code, each])])
        for code, title in sorted(teams.items(), key=lambda pair: pair[1])
    ]
