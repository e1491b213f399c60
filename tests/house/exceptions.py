"""What may be larger or odder than the rule, each with its reason; without a good reason, remove the line."""

# Lines of a file (ceiling: 300), of a function (40), of a template (120).
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
LONG_TEMPLATES: dict[str, str] = {}
# Templates with a line over the ceiling of 200 characters: what cannot be cut is a drawing or a sentence.
LONG_TEMPLATE_LINES = {
    "src/strate/workshop/builds/templates/builds/_balance.html": "a sentence to translate",
    "src/strate/workshop/builds/templates/builds/_need.html": "a sentence to translate",
    "src/strate/web/templates/components/kiosk_art.html": "the path data of a drawing",
    "src/strate/web/templates/components/refusal.html": "a sentence to translate, singular and plural",
    "src/strate/workshop/builds/templates/builds/start_seen.html": "a sentence to translate",
}

# The floors of a room, the same names everywhere.
DOORS = frozenset({"pages", "api", "commands", "templates", "forms", "wording", "locale"})
FLOORS = DOORS | {"__init__", "actions", "queries", "models", "rules", "plugs"}
# Small organs several rooms have: where others plug in, how a thing is shown and listed, first contents.
ORGANS = frozenset(["registry", "gestures", "shown", "lists", "defaults", "following"])
OTHER_FILES = {
    "anomalies/catalogue": "what is reported most, and to whom: a table of the trade",
    "anomalies/recipients": "the addressees of an anomaly: a table of the trade",
    "attachments/tags": "whether a file is here, in a page",
    "attachments/pictures": "turning and shrinking a photo, outside any act",
    "attachments/store": "the cupboard on disk, where files lie by their digest",
    "builds/drawn": "the plate seen from above, as the tablet draws it",
    "builds/layout": "where the copies stand on a plate, worked out by the kernel outside any act",
    "builds/means": "what a build needs, each in its place, as the steps of a check",
    "builds/pace": "how long a build takes, learnt from the past of its machine",
    "builds/powder": "what a build needs of powder, what past builds took, what came back",
    "builds/path": "the way of a build from set-up to depowdering, one table",
    "doors/access": "who may enter by which door",
    "doors/fonts": "the typefaces of printed documents",
    "doors/hooks": "what a higher room gives the doors: names, labels",
    "doors/speech": "how values are spoken: units, dates, people",
    "doors/spreadsheets": "tables that a spreadsheet opens in the reader's own language",
    "doors/tags": "how the floor calls a thing, in a page",
    "doors/texts": "texts long enough to be kept apart from sentences",
    "doors/verbs": "an action becomes an API endpoint",
    "dossier/completeness": "what a whole dossier must hold",
    "dossier/document": "the Typst document and what fills it",
    "dossier/filing": "the sealed files, put in the cupboard",
    "dossier/gathering": "collecting a build's facts and files, outside any act",
    "dossier/keys": "the certificate that signs the document",
    "dossier/summary": "the figures on the first page",
    "feedstock/genealogy": "the family tree of powder, read from the ledger in one question each way",
    "inspection/scanning": "the scan of a piece beside its nominal, outside any act",
    "journal/actor": "in whose name a fact is written",
    "journal/audit": "reading the chain with the eyes of a stranger",
    "journal/checkpoints": "the signed heads, inside and outside the database",
    "journal/clock": "the only clock",
    "journal/guard": "the guard at the door of the tables",
    "journal/questions": "what is asked all day long, put in the database's words once",
    "journal/refusals": "how the house says no",
    "journal/witnesses": "who stands beside the person who acts, told in the act's own fact",
    "journal/rows": "what is written all day long, in as few words",
    "maintenance/rounds": "the rounds of first-level maintenance as procedures",
    "monitoring/outlines": "the outline of each layer, drawn from the exchange file outside any act",
    "people/hashing": "Argon2id on one core",
    "people/installation": "the first administrator of an empty site",
    "people/middleware": "who is writing, at each request",
    "people/roles": "the table of roles and rights, filled by the rooms",
    "people/sessions": "idle sign-out and what it keeps",
    "parts/comparing": "two exchange files side by side, outside any act",
    "parts/drawing": "the outline of a part, drawn from its layers",
    "parts/exchange": "reading the exchange file in a child process",
    "parts/said": "how the figures of an exchange file are written",
    "parts/shown_layers": "the measures of layer files and of closed formats",
    "parts/showing": "the streams of a part, for the screens that draw it",
    "parts/views": "what screens need of a file, worked out once and kept as a cache",
    "procedures/comparing": "two versions side by side",
    "procedures/effects": "what a finished step sets in motion in other rooms",
    "procedures/kinds": "the kinds of steps",
    "procedures/sheets": "reading a procedure written as YAML",
    "procedures/showing": "a step as the tablet shows it",
    "qualification/archiving": "a candidate's folder, readable without the product",
    "qualification/credentials": "certificates that travel: the badge, its proof, what was withdrawn",
    "qualification/documents": "the papers of the jury and what fills them",
    "qualification/issuing": "the keys certificates are signed with",
    "qualification/jury_rules": "the rules of the jury as cited data",
    "qualification/verifying": "a candidate's folder read again offline",
    "qualification/references": "the references shipped, their form, their comparison, the map of evidence",
    "safety/phrases": "the official sentences of the H and P statements: tables of the regulation",
    "site/access": "who may change a decision of the site",
    "site/fields": "the shapes a decision can have",
    "site/importing": "lists brought from a spreadsheet, with a dry run",
    "site/settings": "the decisions a site may take",
    "site/waiting": "what an empty site still lacks",
    "telemetry/gateway": "the door of the gateway",
    "things/corrections": "the correction of an entry",
    "things/labels": "labels to print",
    "things/residents": "the kinds of things that live on the lower floors",
    "traceability/drawn": "the graph of a trace laid out on a page",
    "traceability/memory": "the family tree of powder kept in memory, caught up with the journal",
    "work/worker": "the process that does the background work",
}

# Forms whose sending twice does no harm: no fact is written; the csrf token is enough.
FORMS_WITHOUT_A_FACT = {
    "language_url": "the language of the tablet",
    "people:sign_out": "leaving",
    "people:drop_draft": "forgetting what was typed",
    "draft.path": "what was typed before a sign-out, sent with the key it had then",
}
