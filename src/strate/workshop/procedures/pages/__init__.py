"""The pages of the procedures: following one on a tablet, writing one at a desk."""

from django.urls import path

from strate.workshop.procedures.pages import authoring, running, versions

app_name = "procedures"
urlpatterns = [
    path("gestes/", running.gestures, name="gestures"),
    path("gestes/commencer/<str:code>/", running.begin, name="start"),
    path("gestes/dispersion/", running.spill, name="spill"),
    path("gestes/<int:run>/", running.follow, name="run"),
    path("gestes/<int:run>/etapes/", running.steps, name="steps"),
    path("gestes/<int:run>/etapes/<str:step>/corriger/", running.correct, name="correct"),
    path("gestes/<int:run>/etapes/<str:step>/commencer/", running.sub, name="sub"),
    path("gestes/<int:run>/interrompre/", running.stop, {"verb": "interrupt"}, name="interrupt"),
    path("gestes/<int:run>/abandonner/", running.stop, {"verb": "abandon"}, name="abandon"),
    path("gestes/<int:run>/reprendre/", running.go_on, {"verb": "resume"}, name="resume"),
    path("gestes/<int:run>/toujours/", running.go_on, {"verb": "still_working"}, name="still_working"),
    path("modes-operatoires/", authoring.listed, name="list"),
    path("modes-operatoires/nouveau/", authoring.new, name="new"),
    path("modes-operatoires/defauts/", authoring.defaults, name="defaults"),
    path("modes-operatoires/<str:code>/", authoring.procedure, name="procedure"),
    path("modes-operatoires/<str:code>/<int:number>/", versions.version, name="version"),
    path("modes-operatoires/<str:code>/<int:number>/texte/", versions.text, name="text"),
    path("modes-operatoires/<str:code>/<int:number>.yaml", versions.export, name="export"),
    path("modes-operatoires/<str:code>/<int:number>/<str:verb>/", versions.decide, name="decide"),
    path("modes-operatoires/<str:code>/<int:number>/etapes/ajouter/", versions.step, name="add_step"),
    path("modes-operatoires/<str:code>/<int:number>/etapes/<str:step>/", versions.step, name="step"),
]
