"""The rules of the jury as they stand: those of the texts, and what the centre entered where texts are silent."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from strate.workshop.journal.refusals import NotFound
from strate.workshop.qualification.models import CentreValue
from strate.workshop.qualification.rules.award import Registered
from strate.workshop.qualification.rules.jury import Rule

PREFIX = "jury."
RNCP = "rncp"


@cache
def written() -> dict[str, Rule]:
    """The rules as the texts give them, in their order."""
    text = (files("strate.workshop.qualification") / "jury_rules.yaml").read_text(encoding="utf-8")
    return {each["id"]: Rule(**each) for each in yaml.safe_load(text)["rules"]}


def in_force() -> dict[str, Rule]:
    """The same with what the centre entered, the last entry of each."""
    found = CentreValue.objects.filter(key__startswith=PREFIX, about="").order_by("pk")
    last = {each.key.removeprefix(PREFIX): each for each in found}
    return {code: _with(rule, last.get(code)) for code, rule in written().items()}


def entered(code: str) -> CentreValue | None:
    return CentreValue.objects.filter(key=PREFIX + code, about="").order_by("-pk").first()


def history(code: str) -> list[CentreValue]:
    """Every value a rule was given here, the latest first; its number is its version."""
    return list(CentreValue.objects.filter(key=PREFIX + code).order_by("-pk"))


def one(code: str) -> Rule:
    rule = written().get(code)
    if rule is None:
        raise NotFound("no_such_jury_rule", rule=code)
    return _with(rule, entered(code))


def _with(rule: Rule, given: CentreValue | None) -> Rule:
    if given is None:
        return rule
    told = {"value": given.value["value"], "origin": given.value["origin"], "citation": given.source}
    return Rule(**{**_plain(rule), **told})


def _plain(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in Rule.__dataclass_fields__}


def frozen(rules: dict[str, Rule]) -> dict[str, dict[str, Any]]:
    """The rules as a jury keeps them from the day it is convened."""
    return {code: _plain(rule) for code, rule in rules.items()}


def thawed(kept: dict[str, dict[str, Any]]) -> dict[str, Rule]:
    return {code: Rule(**told) for code, told in kept.items()}


def registered(reference: str) -> Registered:
    """The registration of a certificate at the RNCP, as the centre entered it; none by default."""
    found = CentreValue.objects.filter(key=RNCP, about=reference).order_by("-pk").first()
    if found is None or not found.value:
        return Registered()
    told = found.value
    until = date.fromisoformat(told["until"]) if told.get("until") else None
    return Registered(told["number"], date.fromisoformat(told["since"]), until)
