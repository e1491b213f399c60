"""The printing press: tagged pages that can be archived (PDF/A-3a, PDF/UA-1), with files inside."""

from strate.kernels.printing.apart import press_apart
from strate.kernels.printing.press import FONTS, Attached, CannotPrint, press, spelt_out

__all__ = ["FONTS", "Attached", "CannotPrint", "press", "press_apart", "spelt_out"]
