"""The tags a page uses to show masses, states, layers, icons and safety signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from strate.templatetags import _generations, _states, _strata
from strate.templatetags import _quantities as q
from strate.templatetags._gauge import gauge_svg
from strate.templatetags._pictograms import PICTOGRAMS, pictogram_word

register = template.Library()


def nothing(value: Any) -> bool:
    return value is None or value == ""


@register.filter
def kg(mass_mg: Any, unit: str = "") -> str:
    """Integer milligrams as « 12,5 kg », « 850 g » or « 12 mg »; `|kg:"kg"` keeps the unit."""
    return "—" if nothing(mass_mg) else q.mass(mass_mg, unit)


@register.filter
def quantity(value: Any, unit: str) -> str:
    return "—" if nothing(value) else q.quantity(value, unit)


@register.filter
def measured(value: Any, unit: str) -> str:
    """A reading of a machine: two decimals at most, its unit beside; what is not a number is said as it is."""
    try:
        return "—" if nothing(value) else q.quantity(q.rounded(value, 2), unit)
    except ArithmeticError:
        return f"{value} {unit}".strip()


@register.filter
def sum_said(text: str) -> str:
    """A sum as a person writes it (« 20.66 × 4.41 »), with the decimal sign of the language."""
    return text.replace(".", ",") if q.language() == "fr" else text


@register.filter(name="number")
def number_(value: Any, decimals: int | None = None) -> str:
    return "—" if nothing(value) else q.number(value, decimals)


@register.filter
def share(value: Any, decimals: int | None = None) -> str:
    return "—" if nothing(value) else q.share(value, decimals)


@register.filter
def share_beside(value: Any, limit: Any) -> str:
    """A share that stands beside its limit, if it has one: never written with its digits when it is another."""
    return "—" if nothing(value) else q.share(value, beside=None if nothing(limit) else limit)


@register.filter
def layer_um(value: Any) -> str:
    return "—" if nothing(value) else q.quantity(value, "µm")


@register.filter
def when(at: datetime | date | None, style: str = "") -> str:
    """Local date and hour; styles: date, time, seconds, day."""
    return "—" if at is None else q.when(at, style)


@register.simple_tag
def moment(at: datetime | None, style: str = "") -> SafeString:
    """The same as |when, in a <time> that machines read too."""
    if at is None:
        return mark_safe("—")
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), q.when(at, style))


@register.simple_tag
def big(value: Any, unit: str = "", size: str = "big") -> SafeString:
    """A large number with its unit smaller beside; unit "mass" reads integer milligrams."""
    if nothing(value):
        return format_html('<span class="qty is-{}">—</span>', size)
    figure, shown = q.mass_parts(value) if unit == "mass" else (q.number(value), unit)
    beside = format_html('<span class="qty-unit">{}{}</span>', q.THIN, shown) if shown else ""
    return format_html('<span class="qty is-{}">{}{}</span>', size, figure, beside)


@register.simple_tag
def colon() -> str:
    """« : » between a name and its value, spaced as each language does."""
    return f"{q.THIN}: " if (get_language() or "fr").startswith("fr") else ": "


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A drawing beside a word; it says nothing by itself."""
    href = f"{static('strate/icons.svg')}#{name}"
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"/></svg>', css, href)


@register.simple_tag
def chip(state: str, word: str = "", css: str = "") -> SafeString:
    """A state: shape + word + colour; `word` replaces the usual word."""
    tone, shape, usual = _states.look(str(state))
    return format_html(
        '<span class="chip is-{} {}"><svg class="shape" viewBox="0 0 16 16" aria-hidden="true">{}</svg>'
        "<span>{}</span></span>",
        tone,
        css,
        mark_safe(_states.SHAPES[shape]),
        word or usual,
    )


@register.simple_tag
def chip_f(state: str, css: str = "") -> SafeString:
    """The state of a thing that is feminine in French: « une fabrication préparée »."""
    return chip(state, str(_states.FEMININE.get(str(state), "")), css)


@register.filter
def tone(state: str) -> str:
    """The tone of a state (ok, live, warn, stop, doubt, ink, idle, none), for `is-…` classes."""
    return _states.look(str(state)).tone


@register.simple_tag
def strata(
    runs: Iterable[tuple[str, int]], height: float = 240, width: float = 120, label: str = ""
) -> SafeString:
    """Layers from the bottom up: [("fine", 812), ("interrupted", 1), ("ahead", 1187)]."""
    return _strata.strata(runs, height, width, label)


@register.simple_tag
def completeness(done: int, total: int, height: float = 60, width: float = 72) -> SafeString:
    """A dossier (or anything countable) as a stack of lines: what is there, what is still missing."""
    return _strata.strata([("there", done), ("ahead", max(0, total - done))], height, width)


@register.simple_tag
def generations(shares: Sequence[Any], width: float = 160) -> SafeString:
    """The age of a powder: shares of the matter by number of builds it went through, new powder first."""
    return _generations.generations(shares, width)


@register.simple_tag
def strata_legend(*states: str) -> SafeString:
    chips = format_html_join("", "<li>{}</li>", ((chip(state),) for state in states))
    return format_html('<ul class="strata-legend">{}</ul>', chips)


@register.simple_tag
def gauge(value: Any, low: Any = None, high: Any = None, unit: str = "", label: str = "") -> SafeString:
    """A reading between its limits; out of them, the needle says so in words too."""
    return gauge_svg(value, low, high, unit, label)


@register.simple_tag
def pictogram(code: str, caption: bool = True) -> SafeString:
    """A safety sign (GHS01…, M004…, W021, P003, EX, E-STOP) with its meaning under it."""
    word = pictogram_word(code)
    source = static(f"strate/pictograms/{PICTOGRAMS[code][0]}")
    if not caption:
        return format_html(
            '<span class="pictogram"><img src="{}" alt="{}" width="72" height="72"></span>', source, word
        )
    return format_html(
        '<span class="pictogram"><img src="{}" alt="" width="72" height="72"><span>{}</span></span>',
        source,
        word,
    )


@register.simple_tag
def phases(current: str, held: bool = False) -> list[dict[str, Any]]:
    """The seven phases of a production, each done, current or to come: {% phases "make" as steps %}."""
    names = list(_states.PHASES)
    at = names.index(current) if current in names else -1
    states = [
        "done" if i < at else ("held" if held else "current") if i == at else "ahead"
        for i in range(len(names))
    ]
    return [{"code": n, "word": _states.PHASES[n], "state": s} for n, s in zip(names, states, strict=True)]


@register.filter
def form_name(form: Any) -> str:
    """The id of the form a gesture sends; a page's own Django `form` is not one."""
    return form if isinstance(form, str) else ""


@register.filter
def labelled(cells: Iterable[Any], columns: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with the word of its column, for rows that become cards."""
    return list(zip(columns, cells, strict=False))
