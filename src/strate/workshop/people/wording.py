"""What the people room says: refusals, facts, and what its signatures mean."""

from django.utils.translation import gettext_lazy as _

from strate.workshop.people.roles import AUTHORISATIONS

REFUSALS = {
    "nobody_is_writing": _(
        "Nobody is signed in here. Show your badge, then start again: what you typed is kept."
    ),
    "not_allowed": _("You do not have the right to do this."),
    "pin_missing": _("Type your PIN to sign."),
    "pin_wrong": _("This is not your PIN."),
    "pin_wrong_wait": _("Wrong again. Wait %(wait_s)s before the next try."),
    "pin_shut_for": _("Too many wrong tries. Wait %(wait_s)s, or ask an administrator for a new PIN."),
    "pin_is_temporary": _("Your PIN is temporary: choose your own before signing."),
    "pin_not_set": _("You have no PIN yet: choose one on your own page, then sign."),
    "pin_not_digits": _("A PIN has exactly %(digits)s digits."),
    "pin_too_easy": _("This PIN is too easy to guess: avoid one digit repeated or digits in a row."),
    "secrets_differ": _("The two are not the same."),
    "password_too_short": _("A password has at least %(least)s characters; a short sentence is best."),
    "password_too_long": _("A password has at most %(most)s characters."),
    "password_too_common": _("This password is one of the most common ones: choose another."),
    "sign_in_refused": _("This login and this password do not go together."),
    "badge_unknown": _("This badge is unknown here: %(badge)s."),
    "badge_missing": _("Scan or type the badge."),
    "badge_taken": _("Badge %(badge)s already belongs to somebody."),
    "login_taken": _("The login %(login)s is already used."),
    "name_missing": _("A name is needed."),
    "reason_missing": _("A reason is needed."),
    "station_not_enrolled": _(
        "This screen is not a station of the workshop: "
        "sign in with your password, or ask an administrator to enrol it."
    ),
    "station_code_missing": _("A station needs a short code."),
    "idle_out_of_bounds": _("The idle time is between %(least)s and %(most)s minutes."),
    "no_such_person": _("Nobody here is known as %(person)s."),
    "no_such_station": _("There is no station %(station)s."),
    "no_such_role": _("There is no role %(role)s."),
    "no_such_token": _("There is no token %(token)s."),
    "no_such_authorisation": _("There is no authorisation number %(authorisation)s."),
    "no_such_authorisation_kind": _("There is no authorisation of the kind %(kind)s."),
    "role_already_held": _("%(person)s already holds this role."),
    "role_not_held": _("%(person)s does not hold this role."),
    "not_for_oneself": _("Nobody gives themselves a role or an authorisation: somebody else decides."),
    "last_administrator": _("%(person)s is the last administrator: name another one first."),
    "already_deactivated": _("%(person)s has already left."),
    "authorisation_missing": _("You have no authorisation for this: %(what)s %(scope)s."),
    "authorisation_suspended": _("Your authorisation is suspended: %(what)s %(scope)s."),
    "authorisation_withdrawn": _("Your authorisation was ended for good: %(what)s %(scope)s."),
    "authorisation_ended_for_good": _("This authorisation was ended for good: give another one."),
    "supervisor_not_authorised": _(
        "%(person)s, under whose eyes this is done, does not hold it alone: %(what)s %(scope)s."
    ),
    "supervisor_is_oneself": _("Nobody learns under their own eyes: name somebody else."),
    "never_under_supervision": _("This is held alone, never under somebody's eyes: %(what)s."),
    "authorisation_expired": _("Your authorisation ended on %(expired_on)s: %(what)s %(scope)s."),
    "authorisation_ends_before_it_begins": _(
        "The authorisation would end on %(expires_on)s, before it begins."
    ),
    "qualification_missing": _(
        "You are not qualified for this: %(machine_model)s, %(material)s %(ability)s."
    ),
    "qualification_is_for_something_else": _(
        "Your qualification is for something else than %(machine_model)s, %(material)s %(ability)s."
    ),
    "qualification_taken_away": _("Your qualification was taken away: %(machine_model)s, %(material)s."),
    "qualification_expired": _(
        "Your qualification ended on %(expired_on)s: %(machine_model)s, %(material)s."
    ),
    "sight_test_too_old": _("Your sight test is older than %(days)s days: %(machine_model)s."),
    "certification_missing": _("You do not hold the certificate asked for here: %(reference)s."),
    "certification_withdrawn": _("Your certificate was withdrawn: %(reference)s."),
    "certification_expired": _("Your certificate ended on %(expired_on)s: %(reference)s."),
    "test_not_done": _("A test is missing: %(test)s."),
    "test_after_issue": _("The %(test)s test of %(day)s comes after the day of issue, %(issued_on)s."),
    "test_is_to_come": _("The %(test)s test is to come (%(day)s): write down what was done."),
    "ability_missing": _("Say at least one thing this person has shown."),
    "no_such_ability": _("There is no ability %(ability)s."),
    "already_disqualified": _("This qualification was taken away on %(on)s."),
    "medical_dates_only": _("Of a medical attestation only the dates are kept: write nothing beside them."),
    "national_number_refused": _("This looks like a national insurance number: it has no place here."),
    "no_such_qualification": _("There is no qualification number %(qualification)s."),
    "no_such_certification": _("There is no certificate number %(certification)s."),
    "no_such_demand": _("There is no demand number %(demand)s."),
    "no_such_gated_act": _("No act is called %(act)s."),
    "no_such_record": _("There is no record of the sort %(record)s."),
    "demand_needs_its_source": _("Say where this demand is written: a procedure, a standard, a decision."),
    "already_demanded": _("This is already demanded."),
    "no_such_team": _("There is no team %(team)s."),
    "team_exists": _("There is already a team %(team)s."),
    "still_works_here": _("%(person)s still works here: somebody is erased once they have left."),
    "already_erased": _("%(person)s is erased already."),
    "no_such_retention": _("No data is kept under the name %(retention)s."),
    "kept_without_end": _("The site keeps this without end: %(retention)s."),
    "nothing_to_purge": _("Nothing is older than %(before)s."),
    "token_only_for_oneself": _("A token is created by the person in whose name it writes."),
    "token_days_out_of_bounds": _("A token lasts between %(least)s and %(most)s days."),
    "already_installed": _("This site already has its administrator: sign in, the installation is closed."),
}

FACTS = {
    "people.site_installed": _("Site installed, first administrator named"),
    "people.registered": _("Person registered"),
    "people.imported": _("%(count)s people registered from a list"),
    "people.renamed": _("Name corrected"),
    "people.role_given": _("Role given: %(role)s"),
    "people.role_withdrawn": _("Role withdrawn: %(role)s"),
    "people.badge_given": _("Badge given"),
    "people.badge_withdrawn": _("Badge withdrawn"),
    "people.pin_set": _("PIN set"),
    "people.password_set": _("Password set"),
    "people.language_chosen": _("Language chosen: %(language)s"),
    "people.deactivated": _("Person deactivated"),
    "people.reactivated": _("Person reactivated"),
    "people.authorised": _("Authorised: %(kind)s %(scope)s, end: %(expires_on)s"),
    "people.authorisation_suspended": _("Authorisation suspended: %(kind)s %(scope)s"),
    "people.authorisation_reinstated": _("Authorisation reinstated: %(kind)s %(scope)s"),
    "people.authorisation_withdrawn": _("Authorisation withdrawn: %(kind)s %(scope)s"),
    "people.qualified": _("Qualified: %(machine_model)s, %(material)s, until %(expires_on)s"),
    "people.disqualified": _("Qualification taken away: %(machine_model)s, %(material)s"),
    "people.certification_recorded": _("Certificate written down: %(title)s, %(body)s"),
    "people.certification_awarded": _("Certificate awarded: %(title)s"),
    "people.certification_withdrawn": _("Certificate withdrawn: %(title)s"),
    "people.demanded": _("Demanded from now on: %(record)s (%(source)s)"),
    "people.demand_lifted": _("Demanded no more: %(record)s"),
    "people.team_named": _("Team named: %(title)s"),
    "people.team_joined": _("Team: %(team)s"),
    "people.data_exported": _("Personal data handed over"),
    "people.erased": _("Person erased: only the pseudonym is left"),
    "people.purged": _("%(count)s purged, older than %(before)s"),
    "people.station_enrolled": _("Station enrolled"),
    "people.stations_imported": _("%(count)s stations entered from a list"),
    "people.station_changed": _("Station changed: %(title)s"),
    "people.station_retired": _("Station retired"),
    "people.token_created": _("Token created for %(purpose)s"),
    "people.token_revoked": _("Token revoked"),
    "people.signed_in": _("Signed in"),
    "people.signed_out": _("Signed out"),
    "people.pin_refused": _("Wrong secret, try %(wrong_tries)s"),
    "people.tries_cleared": _("Right secret after %(wrong_tries)s wrong tries"),
}
# Of an account: for its person and for who manages accounts.
OF_ACCOUNT = frozenset(
    f"people.{what}"
    for what in (
        "badge_given",
        "badge_withdrawn",
        "pin_set",
        "password_set",
        "language_chosen",
        "data_exported",
        "token_created",
        "token_revoked",
        "signed_in",
        "signed_out",
        "pin_refused",
        "tries_cleared",
    )
)
# « kind » means other things in other rooms: here it is what somebody is authorised for.
CHOICES_OF = {what: {"kind": AUTHORISATIONS} for what in FACTS if what.startswith("people.authoris")}

MEANINGS = {
    "authorised": _("Authorised"),
    "qualified": _("Qualified"),
    "demanded": _("Demanded"),
    "erased": _("Erased for good"),
    "secret_changed": _("Changed my own secret"),
}

RECORDS = {
    "authorisation": _("authorisation"),
    "qualification": _("qualification"),
    "certification": _("certificate"),
}
CHOICES = {
    "record": RECORDS,
    "test": {"theory": _("theory"), "practice": _("practice"), "vision": _("sight")},
}
