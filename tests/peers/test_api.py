"""The API as a program meets it: the real server, real tokens, a bad network."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from tests.peers.processes import eventually
from tests.peers.shop import Shop

pytestmark = pytest.mark.peer
PIN = {"X-Strate-Pin": "271828"}
POUR = {"lot": "TI64-2601", "machine": "LPBF-1", "mass_mg": 250_000}


@pytest.fixture
def amina(shop: Shop) -> Iterator[httpx.Client]:
    with shop.caller("amina") as client:
        yield client


@pytest.fixture
def elsa(shop: Shop) -> Iterator[httpx.Client]:
    with shop.caller("elsa") as client:
        yield client


def inside_mg(client: httpx.Client) -> int:
    return int(client.get("/api/feedstock/machines/LPBF-1/content").json()["mass_mg"])


def codes(answer: httpx.Response) -> list[str]:
    return sorted(reason["code"] for reason in answer.json()["reasons"])


def key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}


# Who is let in


def test_a_revoked_or_expired_token_opens_nothing(shop: Shop) -> None:
    for who in ("revoked", "expired", "strate_invented", ""):
        with shop.caller(who) as nobody:
            for answer in (nobody.get("/api/orders/queue"), nobody.post("/api/feedstock/load", json=POUR)):
                assert answer.status_code == 401
                assert codes(answer) == ["nobody_is_writing"]


def test_the_gateway_does_not_act_as_a_person_and_a_person_not_as_the_gateway(
    shop: Shop, amina: httpx.Client
) -> None:
    batch = {"machine": "LPBF-1", "source": "x", "first": 0, "signals": []}
    with shop.caller("gateway") as gateway:
        assert gateway.get("/api/gateway/commands", params={"machine": "LPBF-1"}).status_code == 200
        refused = gateway.post("/api/feedstock/load", json=POUR)
        assert refused.status_code == 403 and codes(refused) == ["not_allowed"]
        assert gateway.post("/api/people/register", json={"name": "X", "login": "x"}).status_code == 403
    for answer in (
        amina.get("/api/gateway/commands", params={"machine": "LPBF-1"}),
        amina.post("/api/gateway/signals", json=batch),
        amina.get(f"/api/gateway/files/{'0' * 64}"),
        amina.post(f"/api/gateway/commands/{uuid4()}/result", json={"ok": True}),
    ):
        assert answer.status_code == 403 and codes(answer) == ["not_allowed"]


def test_a_cookie_of_a_page_does_not_write_without_the_token_of_its_form(shop: Shop) -> None:
    with shop.caller(Cookie="sessionid=stolen") as stranger:
        assert stranger.post("/api/feedstock/load", json=POUR).status_code == 401


def test_an_operator_may_not_release_powder(amina: httpx.Client) -> None:
    answer = amina.post("/api/feedstock/release", json={"lot": "TI64-2602"}, headers=PIN)
    assert answer.status_code == 403
    assert codes(answer) == ["not_allowed"]
    assert answer.json()["reasons"][0]["lifted_by"]


# A command is carried out once


def test_the_same_key_twice_gives_the_same_receipt(amina: httpx.Client) -> None:
    before, same = inside_mg(amina), key()
    first = amina.post("/api/feedstock/load", json=POUR, headers=same)
    again = amina.post("/api/feedstock/load", json=POUR, headers=same)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert inside_mg(amina) == before + POUR["mass_mg"]


def test_the_same_key_for_something_else_is_refused(amina: httpx.Client) -> None:
    same = key()
    assert amina.post("/api/feedstock/load", json=POUR, headers=same).status_code == 201
    before = inside_mg(amina)
    other = amina.post("/api/feedstock/load", json=POUR | {"mass_mg": 999}, headers=same)
    elsewhere = amina.post("/api/feedstock/open_lot", json={"lot": "TI64-2601"}, headers=same)
    for answer in (other, elsewhere):
        assert answer.status_code == 409 and codes(answer) == ["key_used_for_another_command"]
    assert inside_mg(amina) == before


def test_twenty_at_once_with_one_key_write_one_fact(shop: Shop, amina: httpx.Client) -> None:
    before, same = inside_mg(amina), key()

    def press(_number: int) -> httpx.Response:
        with shop.caller("amina") as one:
            return one.post("/api/feedstock/load", json=POUR, headers=same)

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(press, range(20)))
    assert sorted(a.status_code for a in answers) == [200] * 19 + [201]
    assert len({a.json()["fact"] for a in answers}) == 1
    assert inside_mg(amina) == before + POUR["mass_mg"]


def test_a_network_cut_in_the_middle_is_mended_by_sending_again(shop: Shop, amina: httpx.Client) -> None:
    before, same, body = inside_mg(amina), key(), json.dumps(POUR).encode()
    head = (
        f"POST /api/feedstock/load HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {shop.tokens['amina']}\r\n"
        f"Idempotency-Key: {same['Idempotency-Key']}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    for sent in (head[:60], head, head + body[:10], head + body):
        with socket.create_connection(("127.0.0.1", shop.port)) as wire:
            wire.sendall(sent)
    # The last one was whole: it may be under way, done, or lost. Sending again settles it.
    again = amina.post("/api/feedstock/load", json=POUR, headers=same)
    assert again.status_code in (200, 201)
    assert inside_mg(amina) == before + POUR["mass_mg"]


def test_two_people_on_one_step(shop: Shop) -> None:
    """Both press at the same moment: one has done it, the other is told who."""
    with shop.caller("amina") as amina, shop.caller("bruno") as bruno:
        known = {v["procedure"] for v in amina.get("/api/procedures/versions").json()}
        assert "depowdering" in known
        started = amina.post("/api/procedures/start", json={"procedure": "depowdering"}, headers=key())
        assert started.status_code == 201, started.text
        run = int(started.json()["data"]["run"].removeprefix("run:G"))
        step = {"run": run, "step": "ppe", "entry": {"ok": True}}
        with ThreadPoolExecutor(2) as two:
            pressed = two.map(
                lambda c: c.post("/api/procedures/do_step", json=step, headers=key()), (amina, bruno)
            )
            answers = list(pressed)
        assert sorted(a.status_code for a in answers) == [201, 409], [a.text for a in answers]
        loser = next(a for a in answers if a.status_code == 409)
        assert codes(loser) == ["step_already_done"]
        done = amina.get(f"/api/procedures/runs/{run}").json()["done"]
        assert [s["step"] for s in done] == ["ppe"]


# Signing, time, language


def test_a_signed_verb_asks_for_the_pin_of_this_very_call(shop: Shop, elsa: httpx.Client) -> None:
    seen = {"identity": True, "seal": True, "certificate_conform": True}
    check = {"lot": "TI64-2602", "mass_mg": 40_000_000, **seen}
    with shop.caller("amina") as amina:
        about = amina.get("/api/attachments/about", params={"ref": "lot:TI64-2601"}).json()
        check["certificate"] = about[0]["digest"]
        checked = amina.post("/api/feedstock/check", json=check, headers=PIN)
        assert checked.status_code == 201, checked.text
    release = {"lot": "TI64-2602"}
    bare = elsa.post("/api/feedstock/release", json=release)
    assert bare.status_code == 409 and codes(bare) == ["signature_needed"]
    wrong = elsa.post("/api/feedstock/release", json=release, headers={"X-Strate-Pin": "111111"})
    assert wrong.status_code == 401 and codes(wrong) == ["pin_wrong"]
    same = key()
    signed = elsa.post("/api/feedstock/release", json=release, headers={**PIN, **same})
    assert signed.status_code == 201, signed.text
    assert signed.json()["what"] == "feedstock.released"
    assert elsa.post("/api/feedstock/release", json=release, headers={**PIN, **same}).status_code == 200


@pytest.mark.parametrize("days_off", [-1, 1])
def test_a_device_a_day_off_is_corrected_by_what_its_clock_says_now(
    amina: httpx.Client, days_off: int
) -> None:
    device = datetime.now(UTC) + timedelta(days=days_off)
    told = {"X-Happened-At": (device - timedelta(minutes=10)).isoformat(), "X-Device-Now": device.isoformat()}
    receipt = amina.post("/api/feedstock/load", json=POUR | {"mass_mg": 10}, headers={**key(), **told}).json()
    happened, recorded = (datetime.fromisoformat(receipt[f"{name}_at"]) for name in ("happened", "recorded"))
    assert timedelta(minutes=8) < recorded - happened < timedelta(minutes=12)


def test_a_device_that_says_nonsense_is_not_believed(amina: httpx.Client) -> None:
    ages = ("9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z")
    for happened, now in (("yesterday", "x"), ages, ("2026-01-01", "2026-01-02")):
        told = {"X-Happened-At": happened, "X-Device-Now": now}
        answer = amina.post("/api/feedstock/load", json=POUR | {"mass_mg": 10}, headers={**key(), **told})
        assert answer.status_code == 201
        when = datetime.fromisoformat(answer.json()["happened_at"])
        assert abs(datetime.now(UTC) - when) < timedelta(minutes=5)


def test_a_refusal_speaks_the_language_asked_for_and_tells_every_reason(shop: Shop) -> None:
    """Bruno's authorisations have expired, and the lot has not been released: he is told all of it at once."""
    with shop.caller("everything") as program:
        asked = {"lot": "F-0000-R", "machine": "FOUR-1", "mass_mg": 10**12}
        said = {}
        for language in ("fr", "en"):
            answer = program.post("/api/feedstock/load", json=asked, headers={"Accept-Language": language})
            assert answer.status_code == 409, answer.text
            said[language] = [r["why"] for r in answer.json()["reasons"]]
            assert answer.headers["Content-Language"] in ("fr", language)
        assert said["fr"] and len(said["fr"]) == len(said["en"])
        assert not any("%(" in why for why in said["fr"] + said["en"])


# What was sent is not understood


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mass_mg", -1_000_000),
        ("mass_mg", 0),
        ("mass_mg", 10**30),
        ("mass_mg", "1,5"),
        ("mass_mg", "1.5"),
        ("mass_mg", 1.5),
        ("mass_mg", None),
        ("mass_mg", "NaN"),
        ("lot", "TI64\x002601"),
        ("lot", "’ OR 1=1 --"),
        ("lot", "🧪" * 300),
        ("lot", "x" * 100_000),
        ("machine", ""),
        ("colour", "red"),
    ],
)
def test_a_bad_value_is_refused_and_nothing_is_written(
    amina: httpx.Client, field: str, value: object
) -> None:
    before = inside_mg(amina)
    answer = amina.post("/api/feedstock/load", json=POUR | {field: value}, headers=key())
    assert answer.status_code in (404, 409, 422), answer.text
    assert inside_mg(amina) == before


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"lot": "\\ud800"}', b"[" * 50_000]
)
def test_a_body_that_is_not_what_is_expected_is_no_failure(amina: httpx.Client, body: bytes) -> None:
    answer = amina.post("/api/feedstock/load", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text


def test_a_key_of_any_shape_is_no_failure(amina: httpx.Client) -> None:
    for strange in ("é" * 300, "'; --", "x" * 5000, "🔑"):
        headers = [(b"Idempotency-Key", strange.encode()), (b"Content-Type", b"application/json")]
        answer = amina.post(
            "/api/feedstock/load", content=json.dumps(POUR | {"mass_mg": 10}), headers=headers
        )
        assert answer.status_code in (200, 201, 400, 409, 422), answer.text


def test_names_with_quotes_and_emoji_come_back_as_they_were_typed(shop: Shop) -> None:
    name = 'Zoé "L’Étincelle" O’Brien-Inventée 🔥 <b>&amp;</b>'
    with shop.caller("everything") as admin:
        made = admin.post("/api/people/register", json={"name": name, "login": "zoe", "roles": ["operator"]})
        assert made.status_code == 201, made.text
        found = admin.get("/api/people/people", params={"q": "zoe"}).json()
    assert [p["name"] for p in found] == [name]
    assert name not in json.dumps(made.json(), ensure_ascii=False)  # facts never hold names


def test_nothing_left_to_do_is_a_refusal_not_a_failure(shop: Shop) -> None:
    with shop.caller("everything") as program:
        answer = program.post("/api/maintenance/load_defaults", json={})
        assert answer.status_code == 409 and codes(answer) == ["nothing_to_do"]


def test_an_unknown_address_answers_as_the_api_does(amina: httpx.Client) -> None:
    answer = amina.get("/api/nowhere")
    assert answer.status_code == 404 and codes(answer) == ["no_such_address"]


def test_after_all_this_the_server_has_logged_no_error_and_the_chain_holds(shop: Shop) -> None:
    assert shop.errors() == []
    checked = eventually(lambda: shop.command("checkup"), what="strate checkup")
    assert checked.returncode == 0, checked.stdout + checked.stderr
