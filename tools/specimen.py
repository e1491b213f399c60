"""Photographs the visual language: each specimen page, wide and narrow, by day and in the hall.

`python tools/specimen.py [page ...]` takes the pictures; `--serve` shows the pages at the printed address.
"""

from __future__ import annotations

import shutil
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
WEB = ROOT / "src/strate/web"
PAGES = {
    "specimen": "specimen.html",
    "tablet": "specimen/at_the_machine.html",
    "kiosk": "specimen/locked.html",
    "desk": "specimen/at_the_desk.html",
}
SCREENS = {"desk": (1280, 800), "phone": (390, 844), "narrow": (320, 640)}
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
POLICY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'"

WIDE = """[...document.querySelectorAll("body *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 4)
    .map((e) => `${e.tagName}.${e.getAttribute("class")} ${e.textContent.trim().slice(0, 20)}`).join(" ")"""


def shell(request: Any) -> dict[str, Any]:
    """The frame's values, invented; `?nobody` shows the amber header."""
    known = "nobody" not in request.GET
    rooms = ("order", "routing", "powder", "build", "inspect", "dossier", "maintenance", "shield")
    return {
        "person": SimpleNamespace(name="Amina Testard", pk="p-1") if known else None,
        "station": SimpleNamespace(title="Poste fusion 2", shared=True, idle_minutes=5),
        "site_name": "Atelier Démo",
        "notices_count": 3,
        "rooms": [
            {
                "title": "",
                "rooms": [{"label": r, "url": "#", "icon": r, "current": r == "order"} for r in rooms],
            }
        ],
    }


def configure() -> None:
    settings.configure(
        DEBUG=True, SECRET_KEY="specimen", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True,
        TIME_ZONE="Europe/Paris", LANGUAGE_CODE="fr", LOCALE_PATHS=[WEB / "locale"], STATIC_URL="/static/",
        INSTALLED_APPS=["django.contrib.staticfiles", "django_htmx"], STATICFILES_DIRS=[WEB / "static"],
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [WEB / "templates"],
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request", f"{__name__}.shell"],
                "builtins": ["strate.templatetags.strate_ui", "django.templatetags.i18n"],
                "libraries": {"strate_ui": "strate.templatetags.strate_ui"},
            },
        }],
    )  # fmt: skip
    django.setup()


POSTS: list[dict[str, str]] = []


def addresses() -> list[Any]:
    from django.http import HttpRequest, HttpResponse, JsonResponse
    from django.shortcuts import render
    from django.urls import path

    from strate.web.specimen import context

    def page(request: HttpRequest, name: str) -> HttpResponse:
        if request.method == "POST":
            POSTS.append(request.POST.dict())
        answer = render(request, PAGES[name], context())
        answer.headers["Content-Security-Policy"] = POLICY
        return answer

    def posts(request: HttpRequest) -> HttpResponse:
        return JsonResponse(POSTS, safe=False)

    return [
        path("posts/", posts),
        path("<str:name>/", page),
        path("", page, {"name": "specimen"}, name="home"),
    ]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: Any) -> None:
        """The photographer does not want to hear about each request."""


def photograph(address: str, folder: Path, wanted: list[str]) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        for theme in ("light", "dark"):
            for screen, (width, height) in SCREENS.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=theme, locale="fr-FR"
                )
                page.on("console", lambda said: print(said.type, said.text, file=sys.stderr))
                page.on("pageerror", lambda error: print("error", error, file=sys.stderr))
                for name in wanted:
                    page.goto(f"{address}/{name}/", wait_until="networkidle")
                    if screen != "narrow":
                        picture = folder / f"{name}-{screen}-{theme}.png"
                        page.screenshot(path=picture, full_page=name != "tablet")
                    spill = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    if spill > 0:
                        print(page.evaluate(WIDE), file=sys.stderr)
                        print(f"{name} spills {spill} px at {width} px", file=sys.stderr)
                page.close()
        browser.close()


def main() -> None:
    sys.path.insert(0, str(ROOT / "src"))
    configure()
    global urlpatterns
    urlpatterns = addresses()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application

    server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    if sys.argv[1:] == ["--serve"]:
        print(address, flush=True)
        server.serve_forever()
    folder = ROOT / "screenshots" / "specimen"
    folder.mkdir(parents=True, exist_ok=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    photograph(address, folder, sys.argv[1:] or list(PAGES))
    server.shutdown()
    print(folder.relative_to(ROOT))


if __name__ == "__main__":
    main()
