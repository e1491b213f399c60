"""How the cells of these lists are understood: kilograms, what a lot is made of, words in either language."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import override

from strate.workshop.feedstock import wording
from strate.workshop.site.importing import Misread, choice, decimal

MG_PER_KG = 1_000_000


def kilograms(*, nothing: bool = False) -> Callable[[str], int]:
    """A mass in kilograms, kept in whole milligrams; nothing at all only for a tare."""

    def parse(cell: str) -> int:
        written = cell.strip().removesuffix("kg").strip()
        mass_mg = decimal(Decimal(0), Decimal(10**9))(written) * MG_PER_KG
        if mass_mg != mass_mg.to_integral_value():
            raise Misread("mass_too_fine")
        if not mass_mg and not nothing:
            raise Misread("mass_is_zero")
        return int(mass_mg)

    return parse


def parents(cell: str) -> list[tuple[str, int]]:
    """What a lot was made of: « L-1=12,5 + L-2=7 », in kilograms."""
    found = []
    for part in cell.replace(";", "+").split("+"):
        code, sign, mass = part.partition("=")
        if not sign or not code.strip():
            raise Misread("parents_not_read")
        found.append((code.strip().removeprefix("lot:"), kilograms()(mass)))
    return found


def words(of: dict[str, Any], **more: str) -> Callable[[str], str]:
    """One of a few words of the house, in French or in English, or its code."""

    def parse(cell: str) -> str:
        return choice(_both(tuple(of.items()), tuple(more.items())))(cell)

    return parse


@cache
def _both(of: tuple[tuple[str, Any], ...], more: tuple[tuple[str, str], ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for language in ("fr", "en"):
        with override(language):
            known |= {str(word): code for code, word in of}
    return {**known, **{code: code for code, _word in of}, **dict(more)}


def property_code(cell: str) -> str:
    """A property by its code, its symbol, or its name in either language."""
    if cell.strip() in wording.PROPERTIES:
        return cell.strip()
    return words(
        wording.PROPERTIES, oxygen="O", azote="N", nitrogen="N", oxygene="O", hydrogene="H", hydrogen="H"
    )(cell)
