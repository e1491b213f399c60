"""The sentences of the house: each refusal, fact and meaning of a signature, found in its room's `wording`."""

from functools import cache
from importlib import import_module
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from strate.rooms import room_modules
from strate.workshop.doors.hooks import hooks
from strate.workshop.doors.speech import speak
from strate.workshop.journal.refusals import Reason

REFUSALS = {
    "signature_needed": _("This act is signed: type your PIN to sign « %(meaning)s »."),
    "key_used_for_another_command": _(
        "This form was already sent with other values. Reload the page and start again."
    ),
    "nothing_to_do": _("Nothing was left to do: all of it is there already."),
    "no_such_address": _("There is nothing at this address."),
    "program_broken": _("The program failed; nothing was written. The failure is in its log."),
    "field_missing": _("%(field)s is missing."),
    "field_not_understood": _("%(field)s: « %(value)s » is not understood."),
}
FACTS: dict[str, Any] = {}
MEANINGS: dict[str, Any] = {}


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """All the sentences called `name` (REFUSALS, FACTS, MEANINGS) of every room, by code."""
    words: dict[str, Any] = {}
    for module in room_modules("wording"):
        for code, sentence in getattr(import_module(module), name, {}).items():
            if code in words:
                raise RuntimeError(f"{code} is worded twice ({module})")
            words[code] = sentence
    return words


def refusal(reason: Reason) -> str:
    """Why not, in the user's language."""
    return _fill(vocabulary("REFUSALS").get(reason.code, reason.code), reason.values)


def source(reason: Reason) -> str:
    """Where the rule comes from: a code of the rooms' SOURCES in the user's language, any other as it is written."""
    return str(vocabulary("SOURCES").get(reason.source, reason.source))


def way_out(reason: Reason) -> tuple[str, str]:
    """The page where this is lifted at once and the word of its button (a room's WAYS_OUT); empty when none is."""
    page, word = vocabulary("WAYS_OUT").get(reason.code, ("", ""))
    return (reverse(page) if page else "", str(word))


def fact_sentence(what: str, data: dict[str, Any]) -> str:
    """What was done, in the user's language; and under whose eyes, while somebody learns."""
    words = vocabulary("CHOICES_OF").get(what, {})
    chosen = {key: words[key].get(data[key], data[key]) for key in words if isinstance(data.get(key), str)}
    told = _fill(vocabulary("FACTS").get(what, what), {**data, **chosen})
    watched = [hooks.name_of(each) for each in data.get("supervised_by") or ()]
    if not watched:
        return told
    return str(_("%(told)s, under the eyes of %(names)s") % {"told": told, "names": ", ".join(watched)})


def sentence(name: str, code: str, values: dict[str, Any]) -> str:
    """Any other sentence the rooms keep under `name` (NOTICES, HOLDS...), in the user's language."""
    return _fill(vocabulary(name).get(code, code), values)


def meaning(code: str) -> str:
    """What a signature means: released, approved, checked..."""
    return str(vocabulary("MEANINGS").get(code, code))


def choice(key: str, value: str) -> str:
    """The word of a value that is one of a room's CHOICES (`cause`: recoater_jam → « racleur bloqué »)."""
    return str(vocabulary("CHOICES").get(key, {}).get(value, value))


def lifters(reason: Reason) -> list[str]:
    """Who can lift this refusal, named as on the floor."""
    return [str(hooks.role_label(role)) for role in reason.lifted_by if role != "system"]


# What is said after another word only when there is something to say: not every authorisation has a scope.
FOLLOWING = ("scope",)


class _Spoken(dict[str, str]):
    """Values as they are said; a value a sentence asks for and the fact does not hold is shown as unknown."""

    def __missing__(self, key: str) -> str:
        return "—"


def _fill(sentence: Any, values: dict[str, Any]) -> str:
    text = str(sentence)
    for key in FOLLOWING:
        if not values.get(key):
            text = text.replace(f" %({key})s", "")
    return text % _Spoken({k: _say(k, v) for k, v in values.items()})


def _say(key: str, value: Any) -> str:
    """A value that is one of a room's CHOICES by its word there (`severity`: minor...), any other by its unit."""
    words = vocabulary("CHOICES").get(key, {})
    if words and isinstance(value, list | tuple) and value:
        return ", ".join(_say(key, each) for each in value)
    known = isinstance(value, str | int) and not isinstance(value, bool) and value in words
    return str(words[value]) if known else speak(key, value)
