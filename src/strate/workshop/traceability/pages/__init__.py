"""The pages of traceability: find anything, see where it comes from and where it went, recall a lot."""

from django.urls import path

from strate.workshop.traceability.pages import exports, finding, recalling, tracing

app_name = "traceability"
urlpatterns = [
    path("tracabilite/", finding.search, name="search"),
    path("tracabilite/<str:ref>/trace.csv", exports.trace_csv, name="trace_csv"),
    path("tracabilite/<str:ref>/trace.json", exports.trace_json, name="trace_json"),
    path("tracabilite/<str:ref>/pieces.csv", exports.parts_csv, name="parts_csv"),
    path("tracabilite/<str:ref>/rappel/", recalling.new, name="recall_lot"),
    path("tracabilite/<str:ref>/", tracing.trace, name="trace"),
    path("rappels/", recalling.listed, name="recalls"),
    path("rappels/<str:number>/", recalling.one, name="recall"),
]
