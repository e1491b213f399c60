"""The pages of dossiers."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from strate.workshop.doors.access import signed_in
from strate.workshop.doors.pages import show


@signed_in
def dossier(request: HttpRequest, order: str) -> HttpResponse:
    """One dossier."""
    return show(request, "dossier/dossier.html", order=order)


app_name = "dossier"
urlpatterns = [path("dossiers/<str:order>/", dossier, name="dossier")]
