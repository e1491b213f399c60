"""The computations alone, on a computer that may be busy."""

import tests.patience  # noqa: F401  loaded before the first test that draws examples
