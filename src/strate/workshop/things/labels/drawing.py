"""Labels: a square code that says which thing this is, with its name in letters a person can read."""

from html import escape

import segno

LINE = 34


def qr_svg(ref: str, *, size_mm: int = 30) -> str:
    """The square code alone, holding the reference `kind:code`."""
    code = segno.make(ref, error="m", micro=False)
    svg: str = code.svg_inline(border=2, unit="mm", scale=size_mm / code.symbol_size(border=2)[0])
    return svg


def label_svg(ref: str, title: str, subtitle: str = "") -> str:
    """A label of 70 × 35 mm: the code on the left, who it is on the right."""
    code = segno.make(ref, error="m", micro=False)
    side = code.symbol_size(border=2)[0]
    drawing = code.svg_inline(border=2, omitsize=True)
    lines = _wrapped(title)
    spans = "".join(
        f'<tspan x="36" dy="{0 if i == 0 else 5}">{escape(line)}</tspan>' for i, line in enumerate(lines)
    )
    below = 10 + 5 * len(lines)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="70mm" height="35mm" viewBox="0 0 70 35" '
        f'font-family="sans-serif" role="img" aria-label="{escape(title)}">'
        '<rect width="70" height="35" fill="#fff"/>'
        f'<svg x="1" y="1" width="33" height="33" viewBox="0 0 {side} {side}">{drawing}</svg>'
        f'<text x="36" y="9" font-size="4.200" font-weight="700">{spans}</text>'
        f'<text x="36" y="{below}" font-size="3">{escape(subtitle[:LINE])}</text>'
        f'<text x="36" y="32" font-size="2.800" font-family="monospace">{escape(ref[:LINE])}</text>'
        "</svg>"
    )


def _wrapped(title: str, width: int = 15, most: int = 3) -> list[str]:
    """Words on at most three lines; what does not fit ends with an ellipsis."""
    lines: list[str] = [""]
    for word in title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    short = [line if len(line) <= width else f"{line[: width - 1]}…" for line in lines[:most]]
    if len(lines) > most:
        short[-1] = f"{short[-1][: width - 1]}…"
    return short
