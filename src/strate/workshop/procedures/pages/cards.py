"""The card of a step, between what is typed in a form and what is kept: nothing lost on the way, both ways."""

import re
from collections.abc import Mapping
from typing import Any

from strate.workshop.procedures.kinds import conditions, said

Card = dict[str, Any]
# Two texts each; the plain words, numbers and ticks that go over as they are.
DOUBLED = ("text", "why", "name", "place", "source")
# What may be the same word in both languages is then kept once.
ONCE = ("source",)
PLAIN = (
    "picture",
    "zone",
    "role",
    "right",
    "effect",
    "operation",
    "stream_step",
    "mass_step",
    "signed",
    "second_person",
    "ppe",
    "unit",
    "decimals",
    "min_from",
    "max_from",
    "signal",
    "max_age_s",
    "typed_if_silent",
    "minutes",
    "since",
    "until",
    "early",
    "procedure",
    "meaning",
    "thing",
)
WRITTEN = ("code", "kind", *DOUBLED, *PLAIN, "min", "max", "options", "expects")
WRITTEN += ("authorisation", "other_than", "when", "blocking", "required")


def card(given: Mapping[str, Any], before: Card | None, of_kind: Mapping[str, tuple[str, ...]]) -> Card:
    """The card as it is kept; a field of another kind of step is dropped, one nobody knows is kept."""
    mine = of_kind.get(str(given.get("kind", "")), ())
    foreign = {name for names in of_kind.values() for name in names} - set(mine)
    given = {k: v for k, v in given.items() if k not in foreign}
    found: Card = {"code": given.get("code", ""), "kind": given.get("kind", "")}
    for word in DOUBLED:
        texts = {language: given.get(f"{word}_{language}") or "" for language in ("fr", "en")}
        if any(texts.values()) or word == "text":
            found[word] = _once(texts) if word in ONCE else texts
    found |= {name: given[name] for name in PLAIN if given.get(name) not in (None, "", [], False)}
    for limit in ("min", "max"):
        if given.get(limit):
            found[limit] = re.sub(r"\s", "", given[limit]).replace(",", ".").replace("−", "-")
    found |= _lists(given)
    found |= {name: False for name in ("blocking", "required") if not given.get(name)}
    return found | {k: v for k, v in (before or {}).items() if k not in WRITTEN}


def _once(texts: Mapping[str, str]) -> str | Mapping[str, str]:
    """One word where both languages say the same, or only one says anything."""
    words = {word for word in texts.values() if word}
    return texts if len(words) > 1 else words.pop()


def _lists(given: Mapping[str, Any]) -> Card:
    """What is typed one a line, or separated by spaces."""
    found: Card = {}
    if given.get("options"):
        found["options"] = options(given["options"])
    if given.get("expects_kind"):
        states = str(given.get("expects_state") or "").split()
        expects = {"kind": given["expects_kind"], "state": states, "same_as": given.get("same_as")}
        found["expects"] = {k: v for k, v in expects.items() if v}
    if given.get("other_than"):
        found["other_than"] = given["other_than"].replace(",", " ").split()
    needs = [
        line.partition("|") for line in str(given.get("authorisation") or "").splitlines() if line.strip()
    ]
    if needs:
        found["authorisation"] = [[kind.strip(), scope.strip()] for kind, _bar, scope in needs]
    if given.get("when"):
        found["when"] = [conditions.understood(line) for line in given["when"].splitlines() if line.strip()]
    return found


def options(text: str) -> list[Card]:
    """One answer a line: code | French | English, « ! » for a deviation."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split("|")]
        if parts[0]:
            words = {"fr": parts[1] if len(parts) > 1 else parts[0], "en": parts[-1]}
            option: Card = {"value": parts[0].lstrip("! "), "text": words}
            found.append(option | ({"ok": False} if parts[0].startswith("!") else {}))
    return found


def fields(card: Card) -> Card:
    """What the form shows of a card."""
    shown = {name: card[name] for name in ("code", "kind", *PLAIN, "min", "max") if name in card}
    for word in DOUBLED:
        texts = card.get(word) or {}
        texts = texts if isinstance(texts, dict) else {"fr": texts, "en": texts}
        shown |= {f"{word}_{language}": texts.get(language, "") for language in ("fr", "en")}
    expects = card.get("expects") if isinstance(card.get("expects"), dict) else {}
    states = expects.get("state") or []
    shown["expects_kind"], shown["same_as"] = expects.get("kind", ""), expects.get("same_as", "")
    shown["expects_state"] = states if isinstance(states, str) else " ".join(states)
    shown["options"] = "\n".join(_option(o) for o in card.get("options") or () if isinstance(o, dict))
    shown["other_than"] = " ".join(card.get("other_than") or ())
    needs = [n for n in card.get("authorisation") or () if isinstance(n, list | tuple) and len(n) == 2]
    shown["authorisation"] = "\n".join(f"{kind} | {scope}" for kind, scope in needs)
    shown["when"] = "\n".join(conditions.typed(c) for c in card.get("when") or () if isinstance(c, dict))
    shown["blocking"], shown["required"] = card.get("blocking", True), card.get("required", True)
    return shown


def _option(option: Card) -> str:
    mark = "" if option.get("ok", True) else "!"
    texts = option.get("text") or {}
    texts = texts if isinstance(texts, dict) else {}
    value = option.get("value", "")
    return f"{mark}{value} | {texts.get('fr') or said(texts) or value} | {texts.get('en') or said(texts) or value}"
