"""The main job, by hand, in French: from an order in the queue to a sealed dossier, on one tablet, by six trades."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys import efforts, scenes
from tests.journeys.conftest import STOPS_AT_LAYER, start_site, stop_site
from tests.journeys.tablet import Tablet

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of its own: nobody else has touched its orders, its powder or its shift."""
    process, address = start_site(
        tmp_path_factory.mktemp("production"), "--scale", "400", "--stop-at", str(STOPS_AT_LAYER), first=True
    )
    yield address
    stop_site(process)


def test_one_production_from_order_to_sealed_dossier(
    tablet: Tablet, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    for name, scene in scenes.PRODUCTION:
        with tablet.doing(name):
            scene(tablet, tmp_path)
    counted = {name: tablet.efforts[name] for name, _scene in scenes.PRODUCTION}
    record_property(efforts.TOLD, efforts.table(counted))
    efforts.keep(tablet.shots, efforts.table(counted))
    assert sum(effort.taps for effort in counted.values()) > len(scenes.PRODUCTION)
    assert (tmp_path / "D-OF-2601.pdf").exists()
