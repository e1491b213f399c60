"""Photos made fit to keep: upright, no larger than needed, without the place where they were taken."""

from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from strate.workshop.attachments.rules import LARGEST_PICTURE_PX
from strate.workshop.journal.refusals import RuleBroken

JPEG_QUALITY = 88
KEPT_FORMATS = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP"}


@dataclass(frozen=True)
class Picture:
    content: bytes
    width: int
    height: int


def cleaned(source: IO[bytes]) -> Picture:
    """The picture re-drawn from its pixels alone: nothing that was written beside them remains."""
    try:
        with Image.open(source) as opened:
            target = KEPT_FORMATS.get(opened.format or "", "PNG")
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LARGEST_PICTURE_PX, LARGEST_PICTURE_PX))
            if target == "JPEG" and upright.mode not in ("RGB", "L"):
                upright = upright.convert("RGB")
            out = BytesIO()
            upright.info.clear()
            upright.save(out, target, **({"quality": JPEG_QUALITY} if target != "PNG" else {}))
            return Picture(out.getvalue(), *upright.size)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        # Pillow says "broken file" in all these ways; a full disk cannot happen here, it writes to memory.
        raise RuleBroken("picture_unreadable") from error
