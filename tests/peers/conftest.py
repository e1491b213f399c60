"""Real peers on loopback: a printer process, a bad network, a product that speaks the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.peers.network import BadNetwork
from tests.peers.processes import Process, start_gateway, start_printer
from tests.peers.product import Product
from tests.peers.shop import Shop, furnish


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[Process]:
    with start_printer(state_file=tmp_path / "printer.json") as running:
        yield running


@pytest.fixture(scope="module")
def one_printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A printer shared by the tests of a module that leave it as they found it."""
    with start_printer(state_file=tmp_path_factory.mktemp("printer") / "printer.json") as running:
        yield running


@pytest.fixture
def product() -> Iterator[Product]:
    with Product() as listening:
        yield listening


@pytest.fixture
def network() -> Iterator[Callable[[int], BadNetwork]]:
    made: list[BadNetwork] = []

    def to(port: int) -> BadNetwork:
        made.append(BadNetwork(port))
        return made[-1]

    yield to
    for one in made:
        one.close()


@pytest.fixture
def gateway(tmp_path: Path, product: Product) -> Iterator[Callable[..., Process]]:
    made: list[Process] = []

    def to(endpoint: str, **more: object) -> Process:
        made.append(start_gateway(tmp_path, product, endpoint, **more))
        return made[-1]

    yield to
    for one in made:
        one.stop()


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The demo shop behind the real web server, with a token for each of its people."""
    home = tmp_path_factory.mktemp("shop") / "home"
    furnish(home)
    with Shop(home) as running:
        yield running
