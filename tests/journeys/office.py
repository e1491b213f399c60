"""What an administrator does again and again: lists, signatures, stations, badges."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

from tests.journeys.tablet import LARGE, Tablet


def give_list(tablet: Tablet, address: str, name: str, content: str) -> None:
    """A list made elsewhere, given to be checked."""
    tablet.go(address)
    tablet.page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content.encode("utf-8")}
    )
    tablet.action()


def sign(tablet: Tablet) -> None:
    """The PIN, then the big button."""
    tablet.pin()
    tablet.action()


def enrol(tablet: Tablet, code: str, title: str) -> None:
    """The screen in hand becomes a station."""
    tablet.go("/postes/enroler/")
    tablet.type("code", code)
    tablet.type("title", title)
    tablet.action()
    tablet.page.wait_for_url("**/postes/")
    tablet.sees(title)


def show_badge(tablet: Tablet, badge: str, pin: str) -> None:
    """Badge, then PIN."""
    tablet.go("/poste/changer/")
    tablet.page.locator("[name='badge']").first.fill(badge)
    tablet.page.keyboard.press("Enter")
    tablet.page.locator("[name='pin']").first.fill(pin)
    tablet.page.wait_for_url(lambda url: not url.split("?")[0].endswith("/poste/changer/"))


@contextmanager
def screen(browser: Browser, admin: Tablet, password: str) -> Iterator[Tablet]:
    """Another screen of the same site, the administrator signed in with their password."""
    context = browser.new_context(
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport=LARGE,
        base_url=admin.page.url.split("/personnes")[0],
    )
    held = Tablet(context.new_page(), admin.shots / "qualite")
    held.watch()
    held.go("/poste/bureau/")
    held.shot("bureau")
    held.type("login", "helene")
    held.type("password", password)
    held.tap(held.page.locator("main form button[type=submit]"))
    yield held
    context.close()
