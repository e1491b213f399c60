"""French first: complete, filled with the same values, and set as a French typographer would."""

import re
from collections import defaultdict

from tests.house.reading import must_be_empty
from tools import catalogues

NUMBERS = {"%(count)s", "%(n)s", "%(counter)s"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w*\}")
# A clock (07:30), an address (https://), a ratio (1:2) and a reference (kind:code) keep their colon.
BARE_COLON = re.compile(r"[^\s\u202f\u00a0]:(?=\s|$)")
BARE_MARK = re.compile(r"[^\s\u202f\u00a0?!(\"«…][;?!](?=\s|$|»|\.)")
PLAIN_SPACE = re.compile(r" [:;?!»%](?=\s|$|[.,)»])|« ")
SIGNS = {"bare colon": BARE_COLON, "bare mark": BARE_MARK, "plain space": PLAIN_SPACE}
TABLES = ("REFUSALS", "FACTS", "MEANINGS", "NOTICES")


def messages():
    """Every (room, English, French) of the house; each plural form on its own."""
    for home in catalogues.homes():
        for message in catalogues.read(home):
            if not message.id:
                continue
            english = message.id if isinstance(message.id, tuple) else (message.id,)
            french = message.string if isinstance(message.string, tuple) else (message.string,)
            for number, said in enumerate(french):
                yield home.name, message.context, english[min(number, len(english) - 1)], said or ""


def test_every_sentence_has_its_french():
    everywhere = catalogues.all_translations()
    must_be_empty(
        f"{home.name}: {key!r}" for home in catalogues.homes() for key in catalogues.missing(home, everywhere)
    )


def test_no_translation_is_left_in_doubt():
    fuzzy = [
        f"{home.name}: {message.id!r}"
        for home in catalogues.homes()
        for message in catalogues.read(home)
        if message.id and message.fuzzy
    ]
    must_be_empty(fuzzy)


def test_a_sentence_is_translated_once():
    said = defaultdict(set)
    for home in catalogues.homes():
        for message in catalogues.read(home):
            if message.id and any(message.string):
                said[(message.context, message.id)].add((home.name, message.string))
    # Django merges the catalogues: of two translations only one is ever seen. A context tells them apart.
    must_be_empty(
        f"{english!r}: {sorted(found, key=str)}"
        for (_context, english), found in said.items()
        if len({french for _room, french in found}) > 1
    )


def test_no_catalogue_keeps_a_sentence_nobody_says():
    unused = []
    said = {key for home in catalogues.homes() for key in catalogues.words(home)}
    for home in catalogues.homes():
        for message in catalogues.read(home):
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            if key and (message.context, key) not in said:
                unused.append(f"{home.name}: {key!r}")
    must_be_empty(unused)


def test_french_is_filled_with_the_same_values_as_english():
    wrong = []
    for room, _context, english, french in messages():
        said, meant = set(PLACEHOLDER.findall(french)), set(PLACEHOLDER.findall(english))
        # A singular may say « une pièce » without its number.
        if french and said != meant and not (said < meant and meant - said <= NUMBERS):
            wrong.append(f"{room}: {english!r} -> {french!r}: {sorted(said ^ meant)}")
    must_be_empty(wrong)


def test_french_is_set_as_french():
    wrong = []
    for room, _context, _english, french in messages():
        text = PLACEHOLDER.sub("x", french)
        for what, found in SIGNS.items():
            if match := found.search(text):
                wrong.append(f"{room}: {what} at {match.group()!r} in {french!r}")
        if "'" in text:
            wrong.append(f"{room}: straight apostrophe in {french!r}")
        if re.search(r"[«](?![\u202f\u00a0])|(?<![\u202f\u00a0])[»]", text):
            wrong.append(f"{room}: no narrow space inside « » in {french!r}")
    must_be_empty(wrong)


def test_what_the_catalogues_say_is_what_the_pages_say():
    from django.utils import translation

    from strate.workshop.doors.wording import vocabulary

    known = catalogues.all_translations()
    sentences = [s for table in TABLES for s in vocabulary(table).values()]
    stale = []
    for sentence in sentences:
        with translation.override("en"):
            english = str(sentence)
        with translation.override("fr"):
            french = str(sentence)
        if known.get((None, english), french) != french:
            stale.append(f"{english!r} is said {french!r}: run `make check`, the catalogue was not compiled")
    must_be_empty(stale)
