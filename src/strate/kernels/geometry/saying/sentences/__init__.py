"""Every refusal and every finding of the geometry kernel as a sentence, in English and in French.

Each subject has its module with REFUSALS and FINDINGS: code: (English, French). French: a plain space before
; : ? ! becomes narrow when it is said (words.py); inside « » write it narrow.
"""

from __future__ import annotations

from strate.kernels.geometry.saying.sentences import (
    asked,
    compare,
    deep,
    formats,
    layerfiles,
    layers,
    parameters,
    plate,
    powder,
    reading,
    shop,
    skin,
    stl,
    threemf,
    threemf_model,
)

_SUBJECTS = (
    asked,
    reading,
    formats,
    layerfiles,
    stl,
    skin,
    layers,
    powder,
    compare,
    deep,
    threemf,
    threemf_model,
    plate,
    shop,
    parameters,
)

REFUSALS: dict[str, tuple[str, str]] = {}
FINDINGS: dict[str, tuple[str, str]] = {}
for _subject in _SUBJECTS:
    REFUSALS |= getattr(_subject, "REFUSALS", {})
    FINDINGS |= getattr(_subject, "FINDINGS", {})
