"""The pages of anomalies: the list, the report in one tap, the answer, the recipients."""

from django.urls import path

from strate.workshop.anomalies.pages.administration import recipients, send_kind_to, set_recipient
from strate.workshop.anomalies.pages.following import anomaly, listed
from strate.workshop.anomalies.pages.reporting import report

app_name = "anomalies"
urlpatterns = [
    path("anomalies/", listed, name="list"),
    path("anomalies/signaler/", report, name="report"),
    path("anomalies/destinataires/", recipients, name="recipients"),
    path("anomalies/destinataires/enregistrer/", set_recipient, name="set_recipient"),
    path("anomalies/destinataires/regle/", send_kind_to, name="send_kind_to"),
    path("anomalies/<str:number>/", anomaly, name="anomaly"),
]
