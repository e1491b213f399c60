"""The scenes of a production, in the order of the six competences of the reference."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from strate.web.demo import hall, jobs
from strate.web.production import steps
from strate.web.production.gestures import follow
from strate.web.production.stage import Stage, wait_for
from strate.web.production.steps import BUILD, LOT, MACHINE
from strate.workshop.anomalies import actions as anomalies
from strate.workshop.builds import actions as builds
from strate.workshop.builds import queries as build_book
from strate.workshop.doors.speech import mass, percent
from strate.workshop.feedstock import actions as feedstock
from strate.workshop.feedstock import queries as powder
from strate.workshop.handover import actions as handover
from strate.workshop.inspection import actions as inspection
from strate.workshop.inspection import queries as pieces
from strate.workshop.journal import clock
from strate.workshop.monitoring import actions as layers
from strate.workshop.monitoring import queries as layer_book
from strate.workshop.orders import actions as orders
from strate.workshop.orders import queries as order_book
from strate.workshop.post_processing import actions as post_processing
from strate.workshop.post_processing import queries as furnace
from strate.workshop.procedures import actions as procedures
from strate.workshop.safety import actions as safety

ORDER = "OF-1"


def order(stage: Stage, stl: Path, quantity: int) -> None:
    """Methods add the part and its verified file; the shift leader opens the order."""
    code = "".join(c if c.isalnum() or c in "-_" else "-" for c in stl.stem)[:40] or "PIECE"
    team = {key: stage.who(key) for key in ("ines", "driss", "chloe", "elsa")}
    digest = jobs.add_part(team, code, stl.stem[:120], "A", stl.read_bytes(), stl.name)
    stage.say("gamme", f"fichier vérifié et approuvé par une seconde personne, SHA-256 {digest[:16]}…")
    due = timezone.localdate(clock.now()) + timedelta(days=3)
    jobs.open_order(team, ORDER, code, "A", quantity, due, 1, "Client Fictif")
    stage.say("ordre", f"{ORDER} ouvert : {quantity} × {code}, gamme {jobs.ROUTING}")


def prepare(stage: Stage, quantity: int) -> None:
    """Competence 1: the shift, the documents, the protective equipment, the plate to make."""
    amina = stage.who("amina")
    left = steps.take_over(amina)
    stage.say("poste", f"relève prise, {left} consigne(s) lue(s) et signée(s)")
    build = builds.prepare(by=amina, code=BUILD, machine=hall.PRINTER, quantities={ORDER: quantity})
    stage.say(
        "préparation",
        f"{BUILD} : {build.layers_planned} couches, {mass(build.need_mg)} de poudre à charger",
    )
    safety.confirm_ppe(by=amina, operation="powder", about=MACHINE, materials=["ti64"])


def receive_powder(stage: Stage) -> None:
    """A lot received by one person, checked by another, released by quality; used powder alone is refused."""
    amina, elsa = stage.who("amina"), stage.who("elsa")
    steps.check_lot(amina)
    stage.must_refuse("matière", lambda: feedstock.release(by=amina, lot=LOT))
    feedstock.release(by=elsa, lot=LOT)
    feedstock.open_lot(by=amina, lot=LOT)
    feedstock.open_lot(by=amina, lot="F-0000-R")
    # Used powder on used powder goes further above the ceiling of the routing: it is not even poured.
    stage.must_refuse(
        "matière",
        lambda: feedstock.load(by=amina, lot="F-0000-R", machine=hall.PRINTER, mass_mg=4 * hall.KG),
    )
    share = powder.in_machine(hall.PRINTER).used_share.decimal
    stage.say("matière", f"part de poudre usagée dans la machine : {percent(share)}")


def set_up(stage: Stage) -> None:
    """Competences 2, 3, 4: the round, the start-up, the file read back, the parameters compared."""
    steps.do_rounds(stage, "maintenance")
    amina = stage.who("amina")
    steps.start_up(stage, amina, "démarrage")
    builds.send_file(by=amina, build=BUILD)
    wait_for("the machine gives the hash back", lambda: build_book.build(BUILD).machine_digest)
    builds.read_parameters(by=amina, build=BUILD)
    wait_for("the parameters read back", lambda: build_book.build(BUILD).machine_parameters)
    build = build_book.build(BUILD)
    stage.say(
        "fichier",
        f"relu dans la machine : SHA-256 {build.machine_digest[:16]}… identique, paramètres comparés",
    )


def launch(stage: Stage) -> None:
    """The gate refuses the used share of what is in the machine; virgin powder is added; it passes."""
    amina = stage.who("amina")
    stage.must_refuse("lancement", lambda: builds.launch(by=amina, build=BUILD))
    need = steps.add_virgin(amina)
    stage.say("matière", f"{mass(need)} de poudre vierge ajoutés")
    builds.launch(by=amina, build=BUILD)
    stage.say("lancement", "toutes les conditions sont remplies : fabrication lancée et signée")


def follow_build(stage: Stage) -> None:
    """Competence 5: layer by layer; an interruption is decided by somebody with the right."""
    build, told = build_book.build(BUILD), 0

    def step() -> bool:
        nonlocal told
        now = build_book.build(BUILD)
        layer = layer_book.last_layer(BUILD)[0]
        if layer >= told + max(build.layers_planned // 10, 1) or (
            layer == build.layers_planned and layer > told
        ):
            told = layer
            stage.say("fabrication", f"couche {layer} / {build.layers_planned}")
        if now.state == "held":
            _decide(stage)
        return now.state in ("ended", "aborted")

    wait_for("the end of the build", step, seconds=3600, every=0.2)
    amina = stage.who("amina")
    run = procedures.start(by=amina, procedure="lpbf-reading-sheet", about=[MACHINE, build.ref])
    follow(stage, run, amina, "relevé", {})


def _decide(stage: Stage) -> None:
    stop = build_book.build(BUILD).interruptions.filter(decision="").first()
    if stop is None:
        return
    amina, chloe = stage.who("amina"), stage.who("chloe")
    why = "Alarme acquittée, lit de poudre contrôlé au hublot, chambre restée fermée."
    stage.say("interruption", f"arrêt à la couche {stop.layer} : {stop.cause}")
    stage.must_refuse(
        "interruption",
        lambda: builds.decide_interruption(by=amina, build=BUILD, decision="resume", reason=why),
    )
    builds.decide_interruption(by=chloe, build=BUILD, decision="resume", reason=why)
    stage.say("interruption", "reprise décidée et signée par la cheffe d’équipe")
    wait_for("the machine runs again", lambda: build_book.build(BUILD).state != "held")


def take_out(stage: Stage) -> None:
    """Cooling, opening, depowdering, the powder weighed back, the mass balance."""
    amina = stage.who("amina")
    if build_book.open_reasons(build_book.build(BUILD)):
        stage.must_refuse("ouverture", lambda: builds.open_chamber(by=amina, build=BUILD))
    wait_for("the chamber is cool", lambda: not build_book.open_reasons(build_book.build(BUILD)), seconds=600)
    builds.open_chamber(by=amina, build=BUILD)
    build = build_book.build(BUILD)
    left = powder.in_machine(hall.PRINTER).mass_mg - build.parts_mg
    recovered, oversize, waste = left // 2, 55_000, 45_000
    residual = left - recovered - oversize - waste - 20_000
    builds.weigh_back(
        by=amina,
        build=BUILD,
        recovered_mg=recovered,
        oversize_mg=oversize,
        waste_mg=waste,
        residual_mg=residual,
        container="FUT-R2",
    )
    layers.keep_layers(by=amina, build=BUILD)
    share = Decimal(build_book.build(BUILD).balance["unexplained_share"])
    stage.say("dépoudrage", f"{mass(recovered)} récupérés, bilan matière : {percent(share)} inexpliqué")


def finish(stage: Stage) -> None:
    """Competence 6: the furnace cycle, the plate, the eye and the gauge."""
    amina = stage.who("amina")
    steps.heat_and_cut(amina)
    post_processing.finish(by=amina, build=BUILD, operation="supports", means="Pince et disque")
    stage.say("finition", f"{len(furnace.cycles(BUILD))} cycle de four conforme, pièces séparées du plateau")
    made = steps.look_at_all(stage, amina)
    for control in pieces.controls(BUILD):
        value = control.nominal if control.nominal is not None else control.lower or Decimal(0)
        stage.must_refuse(
            "contrôle",
            lambda c=control, v=value: inspection.measure(
                by=amina, piece=made[0].serial, control=c.name, value=v, gauge="PAC-2"
            ),
        )
        inspection.measure(by=amina, piece=made[0].serial, control=control.name, value=value, gauge="PAC-4")
    for piece in made:
        inspection.sort(by=amina, piece=piece.serial, verdict="good")
    stage.say("contrôle", f"{len(made)} pièces vues, mesurées avec un moyen étalonné, bonnes")


def close(stage: Stage) -> None:
    """One anomaly to the right person, waste sorted, the note for the next shift, everything closed."""
    amina, chloe, farid = stage.who("amina"), stage.who("chloe"), stage.who("farid")
    found = anomalies.report(
        by=amina,
        about=[MACHINE, f"build:{BUILD}"],
        kind="wear_or_leak",
        to="maintenance",
        text="Le joint de porte marque : poussière fine sur le bord droit.",
    )
    anomalies.answer(
        by=farid, anomaly=found.ref, text="Joint nettoyé et contrôlé, à remplacer au prochain entretien."
    )
    anomalies.close(by=farid, anomaly=found.ref, conclusion="Remplacement inscrit au plan de maintenance.")
    stage.say("anomalie", "signalée à la maintenance, répondue, close")
    safety.sort_waste(
        by=amina, stream="oversize", mass_mg=55_000, container="DECHET-1", about=f"build:{BUILD}"
    )
    safety.sort_waste(by=amina, stream="wipes", mass_mg=45_000, container="DECHET-2", about=f"build:{BUILD}")
    builds.close(by=amina, build=BUILD)
    handover.write_handover(
        by=amina,
        text="Fabrication terminée, machine vide et froide. Joint de porte à surveiller.",
        place="hall",
        machines=[MACHINE],
    )
    if order_book.order(ORDER).state != "closed":
        orders.close_order(by=chloe, order=ORDER)
    stage.say("clôture", "déchets triés, consigne écrite, fabrication et ordre clos")
