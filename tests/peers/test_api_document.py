"""What the API says of itself is true: every verb is told, any call gets an answer it foresees."""

import ast
import inspect
import json
import shutil
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from strate.rooms import ROOMS, room_modules
from tests.peers.processes import PATIENCE_S
from tests.peers.shop import Shop
from tools import api_snapshot

PIN = {"X-Strate-Pin": "271828"}
# How long the campaign of `make long` calls in the name of each person: four persons, some twenty minutes.
CAMPAIGN_S = 240.0
MUST_HOLD = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


# These take a file beside their values: the call is named after the sending.
UPLOADS = {"attachments.receive": "attachments.upload", "parts.add_file": "parts.upload"}

# Actions that no program calls by their name, and why.
NOT_VERBS = {
    "journal": {"act": "the act itself"},
    "people": {
        "set_password": "secrets are typed by people, on a page",
        "set_pin": "secrets are typed by people, on a page",
        "prove": "the header X-Strate-Pin",
        "enrol_station": "gives a cookie to a tablet",
        "create_token": "gives a secret, shown once on a page",
        "import_people": "a file read first by the page",
        "import_stations": "a file read first by the page",
        "export_person": "a file, handed over by a page",
        "award_certification": "qualification.award_whole and award_block, by the jury's decision",
    },
    "site": {"import_places": "a file read first by the page"},
    "attachments": {"attach": "attach_received, with the digest of what was sent"},
    "notices": {
        "notify": "other acts notify",
        "mark_read": "/{notice}/read",
        "mark_all_read": "a page's button",
    },
    "holds": {"place": "stop, which people say", "place_on_all": "traceability.recall"},
    "safety": {
        "ask_who_is_inside": "the worker asks",
        "remind_checks": "the worker reminds",
        "remind_drums": "the worker reminds",
        "remind_overdue": "the worker reminds",
        "weigh_spill": "record_spill, once weighed",
    },
    "procedures": {
        "ask_still_working": "the worker asks",
        "open_run": "start, for the other rooms",
        "tell_missed_readings": "the worker tells",
        "end_watches_of": "the end of a build ends them",
    },
    "machines": {
        "import_machines": "a file read first by the page",
        "answer": "the gateway's own door",
        "tell_machine": "other acts tell the machine",
        "dedicate": "feedstock, when powder is poured or a material changed",
        "settle_by_sight": "builds.say_start, signed by who looked",
    },
    "feedstock": {
        "import_materials": "a file read first by the page",
        "import_stock": "a file read first by the page",
        "import_certificates": "a file read first by the page",
        "import_limits": "a file read first by the page",
        "give_back": "builds.weigh_back",
        "clear_after": "the end of a run of material change",
    },
    "orders": {"import_orders": "a file read first by the page"},
    "inspection": {"set_right": "things.correct leads there"},
}


@pytest.mark.parametrize("room", ROOMS)
def test_every_verb_of_a_room_is_in_the_document(room: str) -> None:
    """What the room publishes is told; what it can do and does not publish is in the table above."""
    told = {
        call["operationId"] for path in api_snapshot.document()["paths"].values() for call in path.values()
    }
    verbs = published(room)
    for operation in verbs:
        assert operation in told, f"{operation} is not in the document"
    known = {operation.partition(".")[2] for operation in verbs}
    known |= {action.partition(".")[2] for action, upload in UPLOADS.items() if upload in verbs}
    done_by_somebody = acts_of(room) - known
    assert done_by_somebody == set(NOT_VERBS.get(room, {}))


def acts_of(room: str) -> set[str]:
    """The actions of a room that somebody can ask for: those with a `by`."""
    name = f"strate.workshop.{room}.actions"
    exported = vars(import_module(name)) if find_spec(name) else {}
    return {
        verb
        for verb, action in exported.items()
        if inspect.isfunction(action)
        and action.__module__.startswith(name)
        and not verb.startswith("_")
        and "by" in inspect.signature(action).parameters
    }


def sources_of_apis() -> Iterator[tuple[str, str]]:
    """What is written in the api of each room, be it a file or a folder."""
    for name in room_modules("api"):
        api = import_module(name)
        folder = getattr(api, "__path__", None)
        parts = [f"{name}.{found.name}" for found in iter_modules(folder)] if folder else []
        for part in (name, *parts):
            yield part, inspect.getsource(import_module(part))


def published(room: str) -> set[str]:
    """What the api of the rooms hands to `verbs(router, room, ...)`, and the uploads that carry out an action."""
    found: set[str] = set()
    for name, source in sources_of_apis():
        for call in ast.walk(ast.parse(source)):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            if call.func.id == "verbs" and ast.literal_eval(call.args[1]) == room:
                found |= {f"{room}.{ast.unparse(verb).rpartition('.')[2]}" for verb in call.args[2:]}
            if call.func.id == "perform" and name.split(".")[2] == room:
                found |= {UPLOADS.get(f"{room}.{ast.unparse(call.args[1]).rpartition('.')[2]}", "")} - {""}
    return found


def test_no_two_schemas_of_different_rooms_share_a_name() -> None:
    """The document keeps one schema a name: a second one would silently take the place of the first."""
    seen: dict[str, Any] = {}
    for name in room_modules("api"):
        for label, value in vars(import_module(name)).items():
            if inspect.isclass(value) and value.__module__ == name and label.endswith(("Out", "In")):
                assert label not in seen, f"{label} is in {name} and in {seen[label]}"
                seen[label] = name
    assert seen


def test_the_document_is_the_one_that_is_kept() -> None:
    kept = json.loads(api_snapshot.KEPT.read_text(encoding="utf-8"))
    found = api_snapshot.changes(kept, api_snapshot.document())
    assert not found, (
        "The API has changed; if it is meant, renew the snapshot with `make api`:\n" + "\n".join(found)
    )


@pytest.mark.peer
def test_the_documentation_page_stands_alone(shop: Shop) -> None:
    """Offline and under our own content policy: everything it loads is ours."""
    told: list[str] = []
    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(1000 * PATIENCE_S)
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        answer = page.goto(f"{shop.url}/api/docs")
        assert answer and "script-src 'self'" in answer.headers["content-security-policy"]
        page.get_by_text("/api/feedstock/load", exact=False).first.wait_for()
        browser.close()
    assert all(url.startswith((shop.url, "data:", "blob:")) for url in asked), asked
    assert not told, told


@pytest.mark.peer
def test_any_call_gets_an_answer_that_the_document_foresees(shop: Shop) -> None:
    call_everything(shop, "everything", examples=3)


@pytest.mark.peer
def test_any_call_of_a_gateway_gets_an_answer_that_the_document_foresees(shop: Shop) -> None:
    call_everything(shop, "gateway", examples=5, only="/api/gateway/")


@pytest.mark.long
@pytest.mark.parametrize("who", ["everything", "amina", "gateway", ""])
def test_thousands_of_calls_never_break_the_server(shop: Shop, who: str) -> None:
    """Round after round, five other calls of every operation, for as long as the campaign of this person lasts."""
    calls, rounds, until = 0, 0, time.monotonic() + CAMPAIGN_S
    while not rounds or time.monotonic() < until:
        calls += call_everything(shop, who, examples=5, drawn=rounds)
        rounds += 1
    print(f"{who or 'nobody'}: {calls:,} calls in {rounds} rounds, no failure of the server")


def call_everything(shop: Shop, who: str, *, examples: int, only: str = "/api/", drawn: int = 0) -> int:
    """Every operation with made-up values, over the network; all the failures are told at once."""
    schema = schemathesis.openapi.from_url(f"{shop.url}/api/openapi.json", timeout=PATIENCE_S)
    headers = {**PIN, **({"Authorization": f"Bearer {shop.tokens[who]}"} if who else {})}
    broken: list[str] = []
    made: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.startswith(only):
            broken += failures(operation, headers, examples, made, drawn)
    assert made and not broken, "\n\n".join(broken)
    assert shop.errors() == []
    return len(made)


def failures(
    operation: Any, headers: dict[str, str], examples: int, made: list[str], drawn: int
) -> list[str]:
    told: list[str] = []

    @seed(2601 + drawn)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(operation.as_strategy()))
    def once(case: Any) -> None:
        made.append(operation.path)
        case.headers = {k: v for k, v in (case.headers or {}).items() if k not in headers} | headers
        try:
            case.call_and_validate(checks=list(MUST_HOLD), timeout=PATIENCE_S)
        except Exception as failure:  # every kind of failure of this operation is told
            told.append(f"{operation.method} {operation.path}: {str(failure)[:600]}")

    once()
    return told[:2]
