"""The papers of the demo shop: invented sheets of one page, so that a reader has something to open."""

HEIGHT, LEADING = 842, 18


def pdf(*lines: str) -> bytes:
    """One A4 page with these lines, as a small file that any reader opens."""
    shown = [f"1 0 0 1 56 {HEIGHT - 72 - LEADING * n} Tm ({_plain(line)}) Tj" for n, line in enumerate(lines)]
    drawing = ("BT /F1 12 Tf\n" + "\n".join(shown) + "\nET").encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    text, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(text))
        text += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    end = (len(objects) + 1, table, len(objects) + 1, len(text))
    return (
        text
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % end
    )


def _plain(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
