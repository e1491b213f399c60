"""What the API says of itself is true: every verb is told, any call gets an answer it foresees."""

import inspect
import json
import shutil
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from strate.rooms import room_modules
from tests.peers.shop import Shop
from tools import api_snapshot

PIN = {"X-Strate-Pin": "271828"}
MUST_HOLD = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


def room_of(module: str) -> str:
    return module.split(".")[-2]


@pytest.mark.parametrize("name", room_modules("api"), ids=room_of)
def test_every_verb_a_room_publishes_is_in_the_document(name: str) -> None:
    paths = api_snapshot.document()["paths"]
    told = {path.rsplit("/", 1)[1] for path, calls in paths.items() if "post" in calls}
    for verb in published(import_module(name)):
        assert verb in told, f"{room_of(name)}: {verb} is not in the document"


def published(module: ModuleType) -> list[str]:
    """The actions a room exports that act for somebody (`by` first) and that its api hands to `verbs`."""
    source = inspect.getsource(module)
    found = []
    for actions in (value for value in vars(module).values() if inspect.ismodule(value)):
        found += [
            name
            for name, verb in vars(actions).items()
            if inspect.isfunction(verb)
            and "by" in inspect.signature(verb).parameters
            and f"{actions.__name__.rpartition('.')[2]}.{name}," in source.replace(")", ",")
        ]
    return [name for name in found if f"def {name}(" not in source or name in source]


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
    assert not found, "The API has changed; if it is meant, renew the snapshot with `make api`:\n" + "\n".join(found)


@pytest.mark.peer
def test_the_documentation_page_stands_alone(shop: Shop) -> None:
    """Offline and under our own content policy: everything it loads is ours."""
    told: list[str] = []
    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        answer = page.goto(f"{shop.url}/api/docs")
        assert answer and "script-src 'self'" in answer.headers["content-security-policy"]
        page.get_by_text("/api/feedstock/load", exact=False).first.wait_for(timeout=60_000)
        browser.close()
    assert all(url.startswith((shop.url, "data:", "blob:")) for url in asked), asked
    assert not told, told


@pytest.mark.peer
def test_any_call_gets_an_answer_that_the_document_foresees(shop: Shop) -> None:
    call_everything(shop, "everything", examples=15)


@pytest.mark.peer
def test_any_call_of_a_gateway_gets_an_answer_that_the_document_foresees(shop: Shop) -> None:
    call_everything(shop, "gateway", examples=15, only="/api/gateway/")


@pytest.mark.long
@pytest.mark.parametrize("who", ["everything", "amina", "gateway", ""])
def test_thousands_of_calls_never_break_the_server(shop: Shop, who: str) -> None:
    call_everything(shop, who, examples=200)


def call_everything(shop: Shop, who: str, *, examples: int, only: str = "/api/") -> None:
    """Every operation with made-up values, over the network; all the failures are told at once."""
    schema = schemathesis.openapi.from_url(f"{shop.url}/api/openapi.json")
    headers = {**PIN, **({"Authorization": f"Bearer {shop.tokens[who]}"} if who else {})}
    broken: list[str] = []
    called = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path.startswith(only):
            called += 1
            broken += failures(operation, headers, examples)
    assert called and not broken, "\n\n".join(broken)
    assert shop.errors() == []


def failures(operation: Any, headers: dict[str, str], examples: int) -> list[str]:
    told: list[str] = []

    @seed(2601)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(operation.as_strategy()))
    def once(case: Any) -> None:
        case.headers = {k: v for k, v in (case.headers or {}).items() if k not in headers} | headers
        try:
            case.call_and_validate(checks=list(MUST_HOLD))
        except Exception as failure:  # every kind of failure of this operation is told
            told.append(f"{operation.method} {operation.path}: {str(failure)[:600]}")

    once()
    return told[:2]
