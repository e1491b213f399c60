"""The pages of the people room: the badge screen, one's own page, the directory, the installation."""

from django.urls import path

from strate.workshop.people.pages import (
    directory,
    drafts,
    importing,
    installing,
    own,
    person,
    station,
    stations,
)

app_name = "people"
urlpatterns = [
    path("poste/", station.at_station, name="station"),
    path("poste/changer/", station.identify, name="identify"),
    path("poste/bureau/", station.desk, name="desk"),
    path("poste/quitter/", station.leave, name="sign_out"),
    path("poste/etat/", station.state, name="state"),
    path("poste/reprise/", drafts.draft, name="draft"),
    path("poste/reprise/abandon/", drafts.drop, name="drop_draft"),
    path("moi/", own.me, name="me"),
    path("moi/secret/", own.secret, name="own_secret"),
    path("moi/mot-de-passe/", own.password, name="own_password"),
    path("moi/langue/", own.language, name="own_language"),
    path("moi/jetons/", own.tokens, name="own_tokens"),
    path("moi/jetons/<str:token>/revoquer/", own.revoke, name="revoke_token"),
    path("personnes/", directory.people, name="people"),
    path("personnes/nouvelle/", directory.new_person, name="new_person"),
    path("personnes/importer/", importing.import_people, name="import_people"),
    path("personnes/habilitations/", directory.authorisations, name="authorisations"),
    path(
        "personnes/habilitations/<int:number>/<str:verb>/",
        person.change_authorisation,
        name="change_authorisation",
    ),
    path("personnes/<str:code>/", person.page, name="person"),
    path("personnes/<str:code>/role/", person.roles, name="roles"),
    path("personnes/<str:code>/badge/", person.badge, name="badge"),
    path("personnes/<str:code>/pin/", person.pin, name="pin"),
    path("personnes/<str:code>/mot-de-passe/", person.password, name="password"),
    path("personnes/<str:code>/habiliter/", person.authorise, name="authorise"),
    path("personnes/<str:code>/depart/", person.leaving, name="leaving"),
    path("postes/", stations.stations, name="stations"),
    path("postes/importer/", importing.import_stations, name="import_stations"),
    path("postes/enroler/", stations.enrol, name="enrol_station"),
    path("postes/<slug:code>/", stations.change, name="change_station"),
    path("postes/<slug:code>/retirer/", stations.retire, name="retire_station"),
    path("installation/", installing.install, name="installation"),
    path("installation/suite/", installing.then, name="installed"),
]
