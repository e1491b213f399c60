"""Labels on paper: one PDF for hundreds, in the sizes of label paper, read back as they were written."""

import io
import re
import time
from datetime import UTC, datetime

import pikepdf
import pytest
import segno

from strate.workshop.things.labels import SIZES, Label, press_labels
from strate.workshop.things.labels.printing import MASK, _square

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)


def some(count: int) -> list[Label]:
    lines = ("Ti-6Al-4V · Poudres", "Lot TI-1", "Usagée 32,5 % · âge 3", "12,5 kg")
    return [
        Label(f"container:F-{n}", f"F-{n}", lines, "Libéré", ("GHS02", "GHS08"), "22/11/2026")
        for n in range(count)
    ]


def printed(count: int, size: str, skip: int = 0) -> pikepdf.Pdf:
    return pikepdf.open(
        io.BytesIO(press_labels(some(count), size=size, title="Étiquettes", at=AT, skip=skip))
    )


@pytest.mark.parametrize(("size", "pages"), [("62x29", 5), ("100x50", 5), ("a4-3x8", 1), ("a4-2x4", 1)])
def test_a_roll_has_a_page_for_each_label_and_a_sheet_many(size: str, pages: int) -> None:
    pdf = printed(5, size)
    assert len(pdf.pages) == pages
    wide, high = (float(x) * 25.4 / 72 for x in pdf.pages[0].mediabox[2:])
    assert (round(wide, 1), round(high, 1)) == tuple(round(x, 1) for x in SIZES[size].page)


def test_a_begun_sheet_leaves_its_first_places_empty() -> None:
    assert len(printed(20, "a4-3x8").pages) == 1
    assert len(printed(20, "a4-3x8", skip=5).pages) == 2


def test_the_square_code_on_paper_is_the_label_of_the_thing() -> None:
    drawing = _square("container:F-7").decode()
    code = segno.make("container:F-7", error="m", micro=False, mask=MASK)
    dark = sum(sum(1 for bit in row if bit) for row in code.matrix)
    runs = [int(n) for n in re.findall(r"h(\d+)", drawing)]
    assert sum(runs) == dark and f'height="{code.symbol_size(border=0)[0]}"' in drawing


def test_five_hundred_labels_are_one_pdf_within_three_seconds() -> None:
    # The work itself: what else runs on the machine of a test is not the printer's doing.
    start = time.process_time()
    pdf = press_labels(some(500), size="62x29", title="Étiquettes", at=AT)
    took = time.process_time() - start
    print(f"500 labels of 62 × 29 mm: {took:.2f} s, {len(pdf) // 1024} kB")
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 500
    assert took < 3
