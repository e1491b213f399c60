"""How a refresh makes powder age, in words and figures: ages, hours, oxygen, what is left over at each build."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from strate.templatetags import _quantities as q
from strate.workshop.doors.speech import NARROW, mass, number, percent
from strate.workshop.feedstock import rules

Facts = list[tuple[str, str]]
FINE = 6


def foreseen(asked: dict[str, Any]) -> dict[str, Any]:
    """All that can be reckoned from what was typed; what was not typed is left out."""
    refresh = asked["refresh_percent"] / 100
    return {
        "shares": list(enumerate(percent(x) for x in rules.age_fractions(refresh, asked["builds"])[:50])),
        "facts": [
            *_ages(asked, refresh),
            *_hours(asked, refresh),
            *_oxygen(asked, refresh),
            *_left(asked, refresh),
        ],
    }


def _short(value: Decimal | Fraction) -> str:
    return number(q.rounded(value, FINE).normalize())


def _ages(asked: dict[str, Any], refresh: Decimal) -> Facts:
    facts = [(_("Mean age, in builds"), _short(rules.mean_age(refresh, asked["builds"])))]
    if not refresh:
        return facts
    seen, settling = asked["builds"] + 1, rules.refreshes_to_settle(refresh)
    return [
        *facts,
        (_("Mean age in the long run"), _short(rules.steady_mean_age(refresh))),
        (_("Spread of the age in the long run"), _short(rules.steady_spread(refresh))),
        (
            _("Share that has seen %(n)s builds or more, in the long run") % {"n": seen},
            f"{_short(rules.share_at_least(refresh, seen) * 100)}{NARROW}%",
        ),
        (
            _("Refreshes until the mean age has settled (to one part in twenty)"),
            str(settling),
        ),
    ]


def _hours(asked: dict[str, Any], refresh: Decimal) -> Facts:
    if asked["hours"] is None:
        return []
    after = rules.hours_at_temperature(refresh, [asked["hours"]] * asked["builds"])
    facts = [(_("Hours at temperature, mean"), _short(after))]
    if refresh:
        settled = asked["hours"] * rules.steady_mean_age(refresh)
        facts.append((_("Hours at temperature in the long run"), _short(settled)))
    return facts


def _oxygen(asked: dict[str, Any], refresh: Decimal) -> Facts:
    first, after, uses = asked["first"], asked["after"], asked["uses"]
    if None in (first, after, uses):
        return []
    pickup = Fraction(after - first) / uses
    facts = [
        (_("Oxygen added by a build (% mass)"), _short(pickup)),
        (_("Oxygen after these refreshes (% mass)"), _short(_after(asked, pickup, refresh))),
    ]
    if refresh:
        settled = rules.steady_property(Fraction(first), pickup, refresh)
        facts.append((_("Oxygen in the long run (% mass)"), _short(settled)))
    if asked["limit"] is not None and pickup > 0:
        allowed = rules.uses_allowed(first, after, uses, asked["limit"])
        facts.append((_("Builds within the limit without any virgin powder"), str(max(allowed, 0))))
    return facts


def _after(asked: dict[str, Any], pickup: Fraction, refresh: Decimal) -> Fraction:
    return rules.property_after(Fraction(asked["first"]), pickup, refresh, asked["builds"])


def _left(asked: dict[str, Any], refresh: Decimal) -> Facts:
    total_mg = asked["total_mg"]
    if not total_mg:
        return []
    facts = []
    if asked["fresh_mg"] is not None:
        gap = rules.refresh_gap_points(asked["fresh_mg"], total_mg, asked["refresh_percent"])
        put = percent(Decimal(asked["fresh_mg"]) / total_mg)
        facts += [(_("Virgin powder put in"), put), (_("Points of virgin powder lacking"), _short(gap))]
    if asked["fused_percent"] is not None and asked["lost_percent"] is not None:
        over = rules.surplus_mg(total_mg, refresh, asked["fused_percent"] / 100, asked["lost_percent"] / 100)
        facts.append((_("Used powder left over at each build"), mass(over)))
    if asked["lost_percent"] is not None:
        facts.append((_("Lost at each build"), mass(rules.waste_of(total_mg, asked["lost_percent"]))))
    return facts
