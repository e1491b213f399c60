"""The pages of inspection: pieces, scans, gauges."""

from django.urls import path

from strate.workshop.inspection.pages import gauges, pieces, scans

app_name = "inspection"
urlpatterns = [
    path("controle/moyens/", gauges.gauges, name="gauges"),
    path("controle/moyens/nouveau/", gauges.new_gauge, name="new_gauge"),
    path("controle/moyens/<str:code>/etalonner/", gauges.calibrate, name="calibrate"),
    path("controle/pieces/<str:serial>/", pieces.piece, name="piece"),
    path("controle/pieces/<str:serial>/voir/", pieces.look, name="look"),
    path("controle/pieces/<str:serial>/mesurer/<int:number>/", pieces.measure, name="measure"),
    path("controle/pieces/<str:serial>/scanner/", scans.new_scan, name="new_scan"),
    path("controle/scans/<int:number>/", scans.scan, name="scan"),
    path("controle/scans/<int:number>/image/", scans.scan_picture, name="scan_picture"),
    path("controle/fabrications/<str:code>/", pieces.pieces, name="pieces"),
]
