"""Signing: the PIN is asked again for each signed act."""

import threading

import pytest
from django.db import connection
from django.test import RequestFactory

from strate.workshop.doors.hooks import hooks
from strate.workshop.journal import clock
from strate.workshop.journal import queries as journal
from strate.workshop.journal.actor import Actor
from strate.workshop.journal.refusals import Refused
from strate.workshop.people import actions, queries
from strate.workshop.people.hashing import seal_pin
from tests.workshop.people.conftest import PASSWORD, PIN


@pytest.mark.parametrize(
    ("session", "typed", "method"),
    [("badge+pin", PIN, "badge+pin"), ("password", PASSWORD, "password"), ("password", PIN, "password+pin")],
)
def test_the_signature_says_how_the_person_proved_who_they_are(with_secrets, amina, session, typed, method):
    proved = actions.prove(by=with_secrets(amina), method=session, typed=typed)
    assert proved.signature.method == method and proved.person == amina.person


def test_the_password_does_not_sign_on_a_shared_tablet(with_secrets, amina, refused):
    with refused("pin_wrong"):
        actions.prove(by=with_secrets(amina), method="badge+pin", typed=PASSWORD)


def test_nobody_signs_with_a_temporary_pin(amina, hugo, refused):
    actions.set_pin(by=hugo, person=amina.person, pin=seal_pin(PIN))
    with refused("pin_is_temporary"):
        actions.prove(by=amina, method="badge+pin", typed=PIN)


def test_nobody_signs_without_a_pin(amina, refused):
    with refused("pin_not_set"):
        actions.prove(by=amina, method="badge+pin", typed=PIN)


def test_nobody_signs_for_nobody(db, refused):
    with refused("nobody_is_writing"):
        actions.prove(by=Actor(""), method="badge+pin", typed=PIN)


def test_a_wrong_pin_while_signing_counts_like_at_the_door(with_secrets, amina, refused, morning):
    with_secrets(amina)
    for codes in ("pin_wrong", "pin_wrong", "pin_wrong_wait", "pin_shut_for"):
        with refused(codes):
            actions.prove(by=amina, method="badge+pin", typed="999991")
    with refused("pin_shut_for"):
        actions.prove(by=amina, method="badge+pin", typed=PIN)


def test_the_door_proves_the_person_of_the_request_and_no_other(with_secrets, amina):
    request = RequestFactory().post("/")
    request.session, request.actor = {}, with_secrets(amina)
    assert hooks.prove(request, f" {PIN} ").signature.method == "token+pin"


def test_a_right_pin_after_a_wrong_one_is_written_down(with_secrets, amina, refused):
    with_secrets(amina)
    with refused("pin_wrong"):
        actions.prove(by=amina, method="badge+pin", typed="999991")
    actions.prove(by=amina, method="badge+pin", typed=PIN)
    assert journal.last().what == "people.tries_cleared" and queries.person(amina.person).wrong_tries == 0


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_once_do_not_outrun_the_delay(with_secrets, amina, thawed_flush):
    with_secrets(amina)
    answers: list[str] = []
    began = clock.now()

    def guess(n: int) -> None:
        try:
            # The door is shut for seconds: they are not to pass while a busy computer lets the others guess.
            with clock.at(began):
                actions.prove(by=amina, method="badge+pin", typed=f"99990{n % 10}")
        except Refused as refused:
            answers.append(refused.reasons[0].code)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["pin_shut_for"] * 17 + ["pin_wrong"] * 2 + ["pin_wrong_wait"]
