"""The scenes of a production in the browser, in the order of the six competences of the reference."""

from collections.abc import Callable
from pathlib import Path

from tests.journeys import after_the_launch as after
from tests.journeys import before_the_launch as before
from tests.journeys.tablet import Tablet

Scene = Callable[[Tablet, Path], None]

PRODUCTION: list[tuple[str, Scene]] = [
    ("prendre la relève", before.take_over),
    ("préparer la fabrication", before.prepare),
    ("lire et se protéger", before.read_and_protect),
    ("contrôler et libérer un lot", before.receive_powder),
    ("charger la poudre usagée", before.load_used_powder),
    ("ronde de maintenance", before.maintain),
    ("démarrer la machine", before.start_up),
    ("fichier et paramètres", before.send_file),
    ("lancer", before.launch),
    ("suivre, décider, relever", after.follow_build),
    ("sortir et peser", after.take_out),
    ("finir", after.finish),
    ("contrôler", after.inspect),
    ("signaler, trier", after.report_and_sort),
    ("transmettre", after.hand_over),
    ("sceller le dossier", after.seal),
]
