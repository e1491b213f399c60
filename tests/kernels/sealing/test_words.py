"""Everything the verifier can say is worded in French and English, and hostile data never make it stumble."""

import copy
import json
import random
import re
from pathlib import Path

from click.testing import CliRunner

import strate.kernels.sealing as sealing
from strate.kernels.sealing.canonical import canonical
from strate.kernels.sealing.commands import verify_command
from strate.kernels.sealing.container import write
from strate.kernels.sealing.words import WORDS
from tests.kernels.sealing.conftest import sealed_by

CODE = re.compile(r'(?:Finding|found|said|remarked|NotADossier)\(\s*"([a-z_]+)"')
SOURCES = Path(sealing.__file__).parent.glob("*.py")


def test_every_finding_is_worded_in_both_languages():
    used = {code for source in SOURCES for code in CODE.findall(source.read_text())}
    assert len(used) > 30
    assert used <= set(WORDS)


def test_french_and_english_tell_the_same_values():
    for code, (french, english) in WORDS.items():
        assert set(re.findall(r"{(\w+)}", french)) == set(re.findall(r"{(\w+)}", english)), code


def test_french_sentences_have_their_narrow_spaces():
    for code, (french, _) in WORDS.items():
        assert not re.search(r"(?<!\u202f)[;?!»]| :|« ", french), code


HOSTILE = (None, [], {}, "", "x" * 70, -1, 2**53 - 1, [[]], {"a": {}}, True, "{0}{seq!r}", "\x1b[31m", 1.5)


def places(value, path=()):
    """Every place inside some JSON."""
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield from places(item, (*path, key))


def test_whatever_is_written_in_dossier_json_the_verifier_answers_and_never_stumbles(site, tmp_path):
    sealed = sealed_by(site)
    told = json.loads(sealed.manifest)
    told["chain"]["facts"] = told["chain"]["facts"][:4]
    everywhere, dice = [path for path in places(told) if path], random.Random(6)
    archive = tmp_path / "x.dossier.zip"
    for _ in range(400):
        changed = copy.deepcopy(told)
        *way, last = dice.choice(everywhere)
        here = changed
        for step in way:
            here = here[step]
        here[last] = dice.choice(HOSTILE)
        with archive.open("wb") as file:
            write(file, [("dossier.json", canonical(changed)), ("signature.jws", sealed.signature.encode())])
        result = CliRunner().invoke(verify_command, [str(archive), "--lang", dice.choice(["fr", "en"])])
        assert result.exit_code == 1, (way, last, here[last], result.output)
        assert "\x1b" not in result.output
