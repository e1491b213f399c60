"""What every answer carries: a strict content policy, the person's language, the site's time zone."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation

Handler = Callable[[HttpRequest], HttpResponse]
WAYS = ("GET", "HEAD", "POST")

CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self'",
        # The decoder of labels is WebAssembly of this site: compiled, never a text evaluated as a script.
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self'",
        "media-src 'self' blob:",
        "frame-ancestors 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "object-src 'none'",
    )
)


def policy(get_response: Handler) -> Handler:
    """Only this site's own scripts, styles and images; the camera only for this site."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        return response

    return handle


def known_ways(get_response: Handler) -> Handler:
    """A page is read or sent a form; the other ways of HTTP are for the API, which says by itself which it knows."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in WAYS and not request.path.startswith("/api/"):
            return HttpResponseNotAllowed(WAYS)
        return get_response(request)

    return handle


def readable_address(get_response: Handler) -> Handler:
    """An address with a zero byte is nobody's: PostgreSQL could not even look for it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or any(
            "\0" in value for values in request.GET.lists() for value in values[1]
        ):
            raise Http404
        return get_response(request)

    return handle


def receipt(get_response: Handler) -> Handler:
    """A form that arrived is acknowledged to the tablet, which only then forgets what was typed."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and not request.path.startswith("/api/") and response.status_code < 400:
            command = request.POST.get("command", "")
            # What was never a key of ours is not sent back: a header holds plain signs only.
            if command and command.isascii() and command.isprintable():
                response.set_cookie("strate_received", command[:80], max_age=3600, samesite="Lax")
        return response

    return handle


def titles_read_once(get_response: Handler) -> Handler:
    """While a page is drawn, how each thing is called is read once; a form that may rename it reads it anew."""
    from strate.workshop.things.registry import remembering_titles

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with remembering_titles():
            return get_response(request)

    return handle


def language_and_time_zone(get_response: Handler) -> Handler:
    """The person's own language, else this tablet's, else the site's; times on the site's wall clock."""
    from strate.workshop.site import queries as site

    def handle(request: HttpRequest) -> HttpResponse:
        person = getattr(request, "person", None)
        chosen = request.COOKIES.get("strate_language", "")
        asked = translation.get_language_from_request(request) if request.path.startswith("/api/") else ""
        language = (person.language if person else "") or chosen or asked or site.value("language")
        with (
            translation.override(language if language in ("fr", "en") else "fr"),
            timezone.override(site.value("time_zone")),
        ):
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "fr")
        return response

    return handle
