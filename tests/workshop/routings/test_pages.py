"""Routings by hand, at the desk, in French."""

from typing import Any

from django.test import Client

from strate.workshop.journal.actor import Actor
from strate.workshop.routings import actions, queries
from tests.workshop.at_tablet import PIN, Signs, at_tablet, tablet, with_secrets

__all__ = ["at_tablet", "tablet", "with_secrets"]


def on_the_page(client: Client, address: str) -> dict[str, Any]:
    """Everything the edit form holds, as a browser would send it back."""
    sheet = client.get(address).context["sheet"]
    sent: dict[str, Any] = {"command": "k-edit"}
    for form in sheet.forms:
        loose = [form.management_form, *form.forms] if hasattr(form, "management_form") else [form]
        for each in loose:
            for field in each:
                value = field.value()
                sent |= {} if value is None or value is False else {field.html_name: value}
    return sent


def test_a_routing_is_written_submitted_and_approved_by_hand(
    ti64: None, complete: dict[str, Any], driss: Actor, ines: Actor, at_tablet: Signs
) -> None:
    his, hers = at_tablet(driss), at_tablet(ines)
    started = his.post("/gammes/nouvelle/", {"code": "G-12", "title": "Support", "command": "k-new"})
    assert started.headers["Location"] == "/gammes/G-12/1/ecrire/"
    actions.edit(by=driss, routing="G-12", number=1, content=complete)
    sent = on_the_page(his, "/gammes/G-12/1/ecrire/")
    sent |= {"limit-used_share_ceiling-value": "0,4", "parameters-laser_w": "285,5"}
    assert his.post("/gammes/G-12/1/ecrire/", sent).status_code == 302
    content = queries.version("G-12", 1).content
    assert content["limits"]["used_share_ceiling"] == {"value": "0.4", "source": "décision site 2026-03"}
    assert content["parameters"]["laser_w"] == "285.5" and len(content["operations"]) == 5
    assert his.post("/gammes/G-12/1/soumettre/", {"command": "k-submit"}).status_code == 302
    assert his.post("/gammes/G-12/1/approuver/", {"command": "k-a", "pin": PIN}).status_code == 409
    assert hers.post("/gammes/G-12/1/approuver/", {"command": "k-b", "pin": PIN}).status_code == 302
    assert queries.released("G-12").approved_by == ines.person


def test_a_wrong_limit_is_refused_and_what_was_typed_stays(
    ti64: None, complete: dict[str, Any], driss: Actor, at_tablet: Signs
) -> None:
    actions.new_routing(by=driss, code="G-12", title="Support", content=complete)
    his = at_tablet(driss)
    sent = on_the_page(his, "/gammes/G-12/1/ecrire/") | {"limit-used_share_ceiling-value": "50"}
    page = his.post("/gammes/G-12/1/ecrire/", sent)
    assert page.status_code == 409 and 'value="50"' in page.content.decode()


def test_every_page_opens(ti64: None, complete: dict[str, Any], driss: Actor, at_tablet: Signs) -> None:
    actions.new_routing(by=driss, code="G-12", title="Support", content=complete)
    his = at_tablet(driss)
    pages = ("", "nouvelle/", "G-12/1/", "G-12/1/ecrire/", "G-12/1/soumettre/", "G-12/1/comparer/1/")
    for address in pages:
        assert his.get(f"/gammes/{address}").status_code == 200, address
    assert his.get("/gammes/NOPE/1/").status_code == 404
    assert his.get("/choses/routing:G-12/").status_code == 200
