"""The verbs of safety: sheets, documents, equipment, zones, spills, waste, exposure."""

from strate.workshop.safety.actions.documents import (
    acknowledge_document,
    publish_document,
    remind_overdue,
    remind_readers,
    remind_sheet_readers,
    withdraw_document,
)
from strate.workshop.safety.actions.exposure import (
    decide_divisors,
    record_dust_class,
    record_room_oxygen,
    record_silica,
)
from strate.workshop.safety.actions.sheets import (
    acknowledge,
    check_again,
    confirm_ppe,
    name_product,
    remind_checks,
    review_sheet,
    type_sheet,
)
from strate.workshop.safety.actions.spills import record_spill, report_spill, settle_spill, weigh_spill
from strate.workshop.safety.actions.waste import (
    choose_waste_code,
    close_drum,
    collect_drum,
    open_drum,
    remind_drums,
    reopen_drum,
    sort_waste,
)
from strate.workshop.safety.actions.zones import (
    ask_who_is_inside,
    declare_equipment,
    describe_zone,
    enter_zone,
    leave_zone,
)

__all__ = [
    "acknowledge",
    "acknowledge_document",
    "ask_who_is_inside",
    "check_again",
    "choose_waste_code",
    "close_drum",
    "collect_drum",
    "confirm_ppe",
    "decide_divisors",
    "declare_equipment",
    "describe_zone",
    "enter_zone",
    "leave_zone",
    "name_product",
    "open_drum",
    "publish_document",
    "record_dust_class",
    "record_room_oxygen",
    "record_silica",
    "record_spill",
    "remind_checks",
    "remind_drums",
    "remind_overdue",
    "remind_readers",
    "remind_sheet_readers",
    "reopen_drum",
    "report_spill",
    "review_sheet",
    "settle_spill",
    "sort_waste",
    "type_sheet",
    "weigh_spill",
    "withdraw_document",
]
