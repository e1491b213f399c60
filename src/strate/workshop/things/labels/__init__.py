"""Labels: a square code that says which thing this is, with its name in letters a person can read.

`label_svg` draws one on a screen; `press_labels(labels, size=…)` prints any number as one PDF in a size of label
paper. A room tells more on the labels of its things with `registry.labelled(kind)`.
"""

from strate.workshop.things.labels.drawing import label_svg, qr_svg
from strate.workshop.things.labels.printing import MOST, SIZES, Label, Size, press_labels

__all__ = ["MOST", "SIZES", "Label", "Size", "label_svg", "press_labels", "qr_svg"]
