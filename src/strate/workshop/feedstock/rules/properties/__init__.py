"""What may be known of matter: its words and units, the specification it is judged by, what is only reckoned.

For the other rooms and gestures: `judge(known, limits, lot=code)` gives every reason, `verdicts(known, limits)` the
same as a table, `effective(limits)` the line that counts for each code; `known` is what `queries.known_properties(lot)`
gives, `limits` what `queries.limits_for(material, machine_model=, routing=)` gives. `mixed(parts)` predicts a mixture.
"""

from strate.workshop.feedstock.rules.properties.judging import (
    BASES,
    CERTIFICATE,
    MEASURED,
    PREDICTED,
    Known,
    Limit,
    Verdict,
    compare,
    effective,
    judge,
    verdicts,
)
from strate.workshop.feedstock.rules.properties.reckoning import (
    afs_number,
    carr_percent,
    disordered,
    hausner,
    is_cmr,
    loss_on_ignition_percent,
    mixed,
    with_derived,
)
from strate.workshop.feedstock.rules.properties.units import NotRead, read
from strate.workshop.feedstock.rules.properties.vocabulary import (
    ADDITIVE,
    CERTIFICATES,
    CONTAINERS,
    DOES_NOT_FLOW,
    MAKING,
    SEALS,
    USUAL,
    VOCABULARY,
    Property,
    measurable,
    read_value,
    word,
)

__all__ = [
    "ADDITIVE",
    "BASES",
    "CERTIFICATE",
    "CERTIFICATES",
    "CONTAINERS",
    "DOES_NOT_FLOW",
    "MAKING",
    "MEASURED",
    "PREDICTED",
    "SEALS",
    "USUAL",
    "VOCABULARY",
    "Known",
    "Limit",
    "NotRead",
    "Property",
    "Verdict",
    "afs_number",
    "carr_percent",
    "compare",
    "disordered",
    "effective",
    "hausner",
    "is_cmr",
    "judge",
    "loss_on_ignition_percent",
    "measurable",
    "mixed",
    "read",
    "read_value",
    "verdicts",
    "with_derived",
    "word",
]
