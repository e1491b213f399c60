"""The pages of safety: what to read, what to wear, where to go, what was spilt, what is thrown away."""

from django.urls import path

from strate.workshop.safety.pages import documents, exposure, sheets, spills, waste, zones

app_name = "safety"
urlpatterns = [
    path("securite/", sheets.sheets, name="sheets"),
    path("securite/a-lire/", sheets.to_read, name="to_read"),
    path("securite/fds/nouvelle/", sheets.new_sheet, name="new_sheet"),
    path("securite/fds/<str:code>/", sheets.sheet, name="sheet"),
    path("securite/fds/<str:code>/lu/", sheets.acknowledge, name="acknowledge"),
    path("securite/fds/<str:code>/relire/", sheets.review, name="review"),
    path("securite/fds/<str:code>/rappeler/", sheets.remind, name="remind_sheet"),
    path("securite/documents/", documents.documents, name="documents"),
    path("securite/documents/nouveau/", documents.new_document, name="new_document"),
    path("securite/documents/<str:code>/", documents.document, name="document"),
    path("securite/documents/<str:code>/suivi/", documents.follow_up, name="follow_document"),
    path("securite/dispersion/", spills.report, name="spill_report"),
    path("securite/dispersion/consignes/", spills.orders, name="spill_orders"),
    path("securite/dispersions/", spills.spills, name="spills"),
    path("securite/dispersions/<str:code>/", spills.spill, name="spill"),
    path("securite/dispersions/<str:code>/fiche/", spills.record, name="record_spill"),
    path("securite/dispersions/<str:code>/clore/", spills.settle, name="settle_spill"),
    path("securite/zones/", zones.zones, name="zones"),
    path("securite/zones/materiel/nouveau/", zones.new_equipment, name="new_equipment"),
    path("securite/zones/<str:place>/", zones.zone, name="zone"),
    path("securite/zones/<str:place>/franchir/", zones.cross, name="cross_zone"),
    path("securite/zones/<str:place>/decrire/", zones.describe, name="describe_zone"),
    path("securite/zones/<str:place>/affiche/", zones.poster, name="poster"),
    path("securite/exposition/", exposure.exposure, name="exposure"),
    path("securite/dechets/", waste.waste, name="waste"),
    path("securite/dechets/nouveau-fut/", waste.new_drum, name="new_drum"),
    path("securite/dechets/registre/", waste.register, name="register"),
    path("securite/dechets/<str:code>/", waste.drum, name="drum"),
]
