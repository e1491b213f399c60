"""The streams of a part over the API: its mesh by levels of detail, the index and the blocks of its layers."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema, Status

from strate.kernels.geometry.refusal import FileRefused
from strate.workshop.journal.refusals import NotFound, RuleBroken
from strate.workshop.parts import registry, shown, views
from strate.workshop.parts.rules import DEFAULT_LAYER_UM, Layer
from strate.workshop.parts.views import Seen

router = Router(tags=["parts"])
ASK_AGAIN_S = 1
Digest = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]


class Wait(Schema):
    """It is being worked out: ask again."""

    wait_s: int


_BYTES = {"schema": {"type": "string", "format": "binary"}}
STREAM: Any = {
    "response": {202: Wait},
    "openapi_extra": {
        "responses": {
            200: {
                "description": "Little-endian binary, see docs/mesh-stream.md and docs/layer-stream.md",
                "content": {"application/octet-stream": _BYTES},
            },
            304: {"description": "What you hold is still right"},
        }
    },
}


@router.get("/files/{digest}/mesh", operation_id="parts.mesh", url_name="parts.mesh", **STREAM)
def mesh(request: HttpRequest, digest: Digest, level: Annotated[int, Query(ge=0, le=9)] = 0) -> Any:
    """The skin of a part at one level of detail, from the coarsest (0) to the finest."""
    return _answer(request, digest, lambda: views.level(digest, level))


@router.get("/files/{digest}/layers", operation_id="parts.layers", url_name="parts.layers", **STREAM)
def layers(request: HttpRequest, digest: Digest, layer_um: Layer = DEFAULT_LAYER_UM) -> Any:
    """All the layers at a glance: how many, how high, what area each."""
    return _answer(request, digest, lambda: views.layer_index(digest, layer_um))


@router.get("/files/{digest}/layers/{block}", operation_id="parts.layer_block", **STREAM)
def layer_block(
    request: HttpRequest,
    digest: Digest,
    block: Annotated[int, Path(ge=0, le=1_000_000)],
    layer_um: Layer = DEFAULT_LAYER_UM,
) -> Any:
    """Some consecutive layers, line by line; the index says how many a block holds."""
    return _answer(request, digest, lambda: views.layer_block(digest, layer_um, block))


def _answer(request: HttpRequest, digest: str, find: Any) -> Any:
    registry.must_be_shown(digest)
    try:
        found: Seen | None = find()
    except views.StillWorking:
        return Status(202, Wait(wait_s=ASK_AGAIN_S))
    except FileRefused as refused:
        why = shown.refusal_said(refused)
        raise RuleBroken("file_cannot_be_shown", why=why) from refused
    if found is None:
        raise NotFound("no_such_exchange_file", file=digest[:12])
    return _sent(request, found)


def _sent(request: HttpRequest, found: Seen) -> HttpResponse:
    """Packed as it is kept when the other side understands it (browsers take only gzip without TLS)."""
    packed = found.packed and "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{found.etag}{"-gz" if packed else ""}"'
    headers = {"ETag": etag, "Cache-Control": "private, max-age=86400", "Vary": "Accept-Encoding, Cookie"}
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    content = found.content if packed else found.plain
    return HttpResponse(content, content_type="application/octet-stream", headers=headers)
