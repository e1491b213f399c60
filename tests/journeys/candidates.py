"""A centre whose reference is approved and whose people have badges, before any candidate (a process of its own)."""

import sys
from pathlib import Path

from tests.journeys import campaign


def main(home: Path) -> None:
    import django

    django.setup()
    team = campaign._hire()
    from strate.workshop.qualification.actions import questions, references

    loaded = references.load_shipped(by=team["maud"])[0]
    references.approve_reference(by=team["yann"], code=loaded.code, version=loaded.version)
    questions.load_examples(by=team["maud"], reference=loaded.code)
    questions.approve_question(by=team["thea"], question="ex-b2-n4-1")
    (home / "reference.txt").write_text(loaded.code)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
