"""The pages of a build, in the order of the process."""

from django.urls import path

from strate.workshop.builds.pages import after, before, launch, live, overview, plate

app_name = "builds"
urlpatterns = [
    path("fabrications/", overview.listed, name="list"),
    path("fabrications/nouvelle/", overview.new, name="new"),
    path("fabrications/<str:code>/", overview.build, name="build"),
    path("fabrications/<str:code>/plateau/", plate.plate, name="plate"),
    path("fabrications/<str:code>/abandonner/", overview.abandon, name="abandon"),
    path("fabrications/<str:code>/lire/", before.read, name="read"),
    path("fabrications/<str:code>/moyens/", before.means, name="means"),
    path("fabrications/<str:code>/epi/", before.ppe, name="ppe"),
    path("fabrications/<str:code>/poudre/", before.powder, name="powder"),
    path("fabrications/<str:code>/ronde/", before.round_due, name="round"),
    path("fabrications/<str:code>/demarrage/", before.start_up, name="start_up"),
    path("fabrications/<str:code>/fichier/", before.file, name="file"),
    path("fabrications/<str:code>/fichier/etat/", before.file_state, name="file_state"),
    path("fabrications/<str:code>/lancer/", launch.launch, name="launch"),
    path("fabrications/<str:code>/depart/", launch.start_seen, name="start_seen"),
    path("fabrications/<str:code>/suivi/", live.follow, name="follow"),
    path("fabrications/<str:code>/suivi/etat/", live.follow_state, name="follow_state"),
    path("fabrications/<str:code>/releve/", live.reading_sheet, name="reading_sheet"),
    path("fabrications/<str:code>/interruption/", live.interruption, name="interruption"),
    path("fabrications/<str:code>/ouvrir/", after.open_chamber, name="open"),
    path("fabrications/<str:code>/peser/", after.weigh, name="weigh"),
    path("fabrications/<str:code>/peser/bilan/", after.weighed, name="weighed"),
    path("fabrications/<str:code>/clore/", after.close, name="close"),
]
