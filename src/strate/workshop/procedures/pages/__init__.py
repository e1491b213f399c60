"""The pages of the procedures: following one on a tablet, writing one at a desk."""

from django.urls import path

from strate.workshop.procedures.pages import (
    authoring,
    importing,
    readings,
    running,
    starting,
    steps,
    versions,
)

app_name = "procedures"
GESTURE, SHEET = "gestes/<int:run>/", "modes-operatoires/<str:code>/<int:number>/"
following = [
    path("gestes/", starting.gestures, name="gestures"),
    path("gestes/tous/", starting.every, name="every"),
    path("gestes/commencer/<str:code>/", starting.begin, name="start"),
    path("gestes/dispersion/", starting.spill, name="spill"),
    path(GESTURE, running.follow, name="run"),
    path(f"{GESTURE}etapes/", running.steps, name="steps"),
    path(f"{GESTURE}etapes/<str:step>/corriger/", running.correct, name="correct"),
    path(f"{GESTURE}etapes/<str:step>/commencer/", running.sub, name="sub"),
    path(f"{GESTURE}porter/", running.wear, name="wear"),
    path(f"{GESTURE}interrompre/", running.stop, {"verb": "interrupt"}, name="interrupt"),
    path(f"{GESTURE}abandonner/", running.stop, {"verb": "abandon"}, name="abandon"),
    path(f"{GESTURE}reprendre/", running.go_on, {"verb": "resume"}, name="resume"),
    path(f"{GESTURE}toujours/", running.go_on, {"verb": "still_working"}, name="still_working"),
    path("releves/", readings.listed, name="readings"),
    path("releves/<int:watch>/", readings.sheet, name="reading_sheet"),
    path("releves/<int:watch>/relever/", readings.begin, name="begin_reading"),
    path("releves/<int:watch>/finir/", readings.end, name="end_readings"),
]
writing = [
    path("modes-operatoires/", authoring.listed, name="list"),
    path("modes-operatoires/nouveau/", authoring.new, name="new"),
    path("modes-operatoires/importer/", importing.bring, name="import"),
    path("modes-operatoires/schema.json", importing.schema, name="schema"),
    path("modes-operatoires/defauts/", authoring.defaults, name="defaults"),
    path("modes-operatoires/<str:code>/", authoring.procedure, name="procedure"),
    path(SHEET, versions.version, name="version"),
    path(f"{SHEET}apercu/", versions.preview, name="preview"),
    path(f"{SHEET}entete/", steps.head, name="head"),
    path(f"{SHEET}copier/", steps.copied, name="copy"),
    path(f"{SHEET}texte/", steps.text, name="text"),
    path("modes-operatoires/<str:code>/<int:number>.yaml", versions.export, name="export"),
    path(f"{SHEET}<str:verb>/", versions.decide, name="decide"),
    path(f"{SHEET}etapes/ajouter/", steps.step, name="add_step"),
    path(f"{SHEET}etapes/ajouter/apercu/", steps.fresh, name="fresh_step"),
    path(f"{SHEET}etapes/<str:step>/", steps.step, name="step"),
    path(f"{SHEET}etapes/<str:step>/apercu/", steps.fresh, name="fresh"),
    path(f"{SHEET}etapes/<str:step>/<str:verb>/", steps.arrange, name="arrange"),
]
urlpatterns = following + writing
