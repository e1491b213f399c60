"""The dossier of an order: complete or refused with all that is missing, sealed once, never changed."""

import pytest

from strate.kernels.sealing.commands import dossier as command
from strate.workshop.dossier import actions, queries
from strate.workshop.journal import queries as journal
from tests.workshop.dossier import shop as play

pytestmark = pytest.mark.django_db


def test_a_sealed_dossier_verifies_offline_as_a_pdf_and_as_an_archive(copies, filed):
    from click.testing import CliRunner

    assert [path.name for path in copies] == ["D-OF-2601.pdf", "D-OF-2601.dossier.zip"]
    for path in copies:
        done = CliRunner().invoke(command, ["verify", str(path), "--key", filed.key_id, "--lang", "fr"])
        assert done.exit_code == 0, done.output
        assert "TOUT TIENT" in done.output
