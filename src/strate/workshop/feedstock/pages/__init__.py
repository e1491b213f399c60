"""The pages of the powder: stock, the door, the machine, the list of materials."""

from django.urls import path

from strate.workshop.feedstock.pages import door, machine, materials, stock

app_name = "feedstock"
urlpatterns = [
    path("matieres/", stock.lots, name="lots"),
    path("matieres/annoncer/", door.announce, name="announce"),
    path("matieres/recevoir/", door.receive, name="receive"),
    path("matieres/charger/", machine.load, name="load_any"),
    path("matieres/references/", materials.listed, name="materials"),
    path("matieres/references/nouvelle/", materials.new, name="new_material"),
    path("matieres/references/importer/", materials.bring_in, name="import_materials"),
    path("matieres/references/<str:code>/", materials.change, name="material"),
    path("matieres/machines/<str:code>/", machine.content, name="content"),
    path("matieres/machines/<str:code>/charger/", machine.load_in, name="load_in"),
    path("matieres/machines/<str:code>/vider/", machine.unload, name="unload"),
    path("matieres/lots/<str:code>/", stock.lot, name="lot"),
    path("matieres/lots/<str:code>/recevoir/", door.receive_announced, name="receive_announced"),
    path("matieres/lots/<str:code>/controler/", door.check, name="check"),
    path("matieres/lots/<str:code>/liberer/", door.release, name="release"),
    path("matieres/lots/<str:code>/rejeter/", door.reject, name="reject"),
    path("matieres/lots/<str:code>/ouvrir/", machine.open_lot, name="open_lot"),
    path("matieres/lots/<str:code>/charger/", machine.load, name="load"),
    path("matieres/lots/<str:code>/tamiser/", machine.sieve, name="sieve"),
    path("matieres/lots/<str:code>/repeser/", door.weigh_again, name="weigh_again"),
]
