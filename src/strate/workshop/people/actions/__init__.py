"""What can be done about people: register, give rights, authorise, enrol a tablet, sign in and out."""

from strate.workshop.people.actions.authorising import authorise, reinstate, suspend, withdraw
from strate.workshop.people.actions.demanding import demand, join_team, lift_demand, new_team
from strate.workshop.people.actions.forgetting import erase, export_person, purge
from strate.workshop.people.actions.qualifying import (
    Certificate,
    award_certification,
    disqualify,
    qualify,
    record_certification,
    withdraw_certification,
)
from strate.workshop.people.actions.registering import (
    Newcomer,
    choose_language,
    deactivate,
    give_badge,
    give_role,
    import_people,
    reactivate,
    register,
    rename,
    set_password,
    set_pin,
    withdraw_badge,
    withdraw_role,
)
from strate.workshop.people.actions.signing_in import prove, sign_in, signed_out, verify_password, verify_pin
from strate.workshop.people.actions.stations import (
    Expected,
    change_station,
    enrol_station,
    import_stations,
    retire_station,
)
from strate.workshop.people.actions.tokens import create_token, revoke_token

__all__ = [
    "Certificate",
    "Expected",
    "Newcomer",
    "authorise",
    "award_certification",
    "change_station",
    "choose_language",
    "create_token",
    "deactivate",
    "demand",
    "disqualify",
    "enrol_station",
    "erase",
    "export_person",
    "give_badge",
    "give_role",
    "import_people",
    "import_stations",
    "join_team",
    "lift_demand",
    "new_team",
    "prove",
    "purge",
    "qualify",
    "reactivate",
    "record_certification",
    "register",
    "reinstate",
    "rename",
    "retire_station",
    "revoke_token",
    "set_password",
    "set_pin",
    "sign_in",
    "signed_out",
    "suspend",
    "verify_password",
    "verify_pin",
    "withdraw",
    "withdraw_badge",
    "withdraw_certification",
    "withdraw_role",
]
