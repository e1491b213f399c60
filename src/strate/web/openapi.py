"""What the API says of itself: for every call, the refusals it may answer and the headers of a command."""

from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

UNREADABLE = {
    "title": "Unreadable",
    "type": "object",
    "description": "What was sent is not understood: each field with what is wrong in it.",
    "properties": {"detail": {"anyOf": [{"type": "array", "items": {"type": "object"}}, {"type": "string"}]}},
    "required": ["detail"],
}
# Any call may meet these; each room says only what it answers when all goes well.
REFUSED = {
    "401": "Nobody is writing, or the PIN is wrong",
    "403": "Not allowed",
    "404": "No such thing",
    "409": "Refused, with every reason",
}
NOT_UNDERSTOOD = {"400": "Not JSON", "422": "Not understood"}


def _text(title: str, *, longest: int = 80, **more: Any) -> dict[str, Any]:
    return {"type": "string", "title": title, "maxLength": longest, **more}


# Visible ASCII: what a header can carry.
HEADERS = {
    "Idempotency-Key": _text(
        "The name of this command: sent twice, it is done once", pattern="^[!-~]{1,80}$"
    ),
    "X-Strate-Pin": _text("The PIN, to sign what this verb asks to be signed", pattern="^[0-9]{6}$"),
    "X-Happened-At": _text("When it happened, by the clock of the device", longest=40, format="date-time"),
    "X-Device-Now": _text(
        "What that clock says now: the offset is corrected", longest=40, format="date-time"
    ),
}


_answer_of = Operation._create_response_model


@cache
def _answer_once(kind: Any) -> Any:
    return _answer_of(None, kind)


# Ninja makes a model for each status of each verb, eight hundred for some sixty types: a second at every start.
Operation._create_response_model = lambda _self, kind: _answer_once(kind)


class DocumentedAPI(NinjaAPI):
    """The API, whose document tells all that a caller may meet."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        document = super().get_openapi_schema(*args, **kwargs)
        components = document["components"]
        components["schemas"]["Unreadable"] = UNREADABLE
        components["responses"] = {
            status: _answer(why, schema)
            for refused, schema in ((REFUSED, "Refusal"), (NOT_UNDERSTOOD, "Unreadable"))
            for status, why in refused.items()
        }
        components["parameters"] = {name: _header(name, schema) for name, schema in HEADERS.items()}
        for path in document["paths"].values():
            for method, operation in path.items():
                _complete(operation, command=method == "post")
        return document


def _header(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": False, "description": schema["title"], "schema": schema}


def _complete(operation: dict[str, Any], *, command: bool) -> None:
    answers = operation["responses"]
    for status in (*REFUSED, *NOT_UNDERSTOOD):
        answers.pop(int(status), None)
        answers[status] = {"$ref": f"#/components/responses/{status}"}
    if command:
        named = {p.get("name") for p in operation["parameters"]}
        wanted = [name for name in HEADERS if name not in named]
        operation["parameters"] += [{"$ref": f"#/components/parameters/{name}"} for name in wanted]


def _answer(why: str, schema: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": why, "content": content}
