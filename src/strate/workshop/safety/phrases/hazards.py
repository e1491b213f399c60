"""Hazard statements: what a product may do (CLP, annex III)."""

HAZARDS: dict[str, tuple[str, str]] = {
    "H200": ("Explosif instable.", "Unstable explosives."),
    "H220": ("Gaz extrêmement inflammable.", "Extremely flammable gas."),
    "H221": ("Gaz inflammable.", "Flammable gas."),
    "H222": ("Aérosol extrêmement inflammable.", "Extremely flammable aerosol."),
    "H223": ("Aérosol inflammable.", "Flammable aerosol."),
    "H224": ("Liquide et vapeurs extrêmement inflammables.", "Extremely flammable liquid and vapour."),
    "H225": ("Liquide et vapeurs très inflammables.", "Highly flammable liquid and vapour."),
    "H226": ("Liquide et vapeurs inflammables.", "Flammable liquid and vapour."),
    "H228": ("Matière solide inflammable.", "Flammable solid."),
    "H229": (
        "Récipient sous pression : peut éclater sous l’effet de la chaleur.",
        "Pressurised container: May burst if heated.",
    ),
    "H240": ("Peut exploser en cas d’échauffement.", "Heating may cause an explosion."),
    "H241": ("Peut s’enflammer ou exploser en cas d’échauffement.", "Heating may cause a fire or explosion."),
    "H242": ("Peut s’enflammer en cas d’échauffement.", "Heating may cause a fire."),
    "H250": ("S’enflamme spontanément au contact de l’air.", "Catches fire spontaneously if exposed to air."),
    "H251": ("Matière auto-échauffante ; peut s’enflammer.", "Self-heating: may catch fire."),
    "H252": (
        "Matière auto-échauffante en grandes quantités ; peut s’enflammer.",
        "Self-heating in large quantities; may catch fire.",
    ),
    "H260": (
        "Dégage au contact de l’eau des gaz inflammables qui peuvent s’enflammer spontanément.",
        "In contact with water releases flammable gases which may ignite spontaneously.",
    ),
    "H261": (
        "Dégage au contact de l’eau des gaz inflammables.",
        "In contact with water releases flammable gases.",
    ),
    "H270": ("Peut provoquer ou aggraver un incendie ; comburant.", "May cause or intensify fire; oxidiser."),
    "H271": (
        "Peut provoquer un incendie ou une explosion ; comburant puissant.",
        "May cause fire or explosion; strong oxidiser.",
    ),
    "H272": ("Peut aggraver un incendie ; comburant.", "May intensify fire; oxidiser."),
    "H280": (
        "Contient un gaz sous pression ; peut exploser sous l’effet de la chaleur.",
        "Contains gas under pressure; may explode if heated.",
    ),
    "H281": (
        "Contient un gaz réfrigéré ; peut causer des brûlures ou blessures cryogéniques.",
        "Contains refrigerated gas; may cause cryogenic burns or injury.",
    ),
    "H290": ("Peut être corrosif pour les métaux.", "May be corrosive to metals."),
    "H300": ("Mortel en cas d’ingestion.", "Fatal if swallowed."),
    "H301": ("Toxique en cas d’ingestion.", "Toxic if swallowed."),
    "H302": ("Nocif en cas d’ingestion.", "Harmful if swallowed."),
    "H304": (
        "Peut être mortel en cas d’ingestion et de pénétration dans les voies respiratoires.",
        "May be fatal if swallowed and enters airways.",
    ),
    "H310": ("Mortel par contact cutané.", "Fatal in contact with skin."),
    "H311": ("Toxique par contact cutané.", "Toxic in contact with skin."),
    "H312": ("Nocif par contact cutané.", "Harmful in contact with skin."),
    "H314": (
        "Provoque des brûlures de la peau et de graves lésions des yeux.",
        "Causes severe skin burns and eye damage.",
    ),
    "H315": ("Provoque une irritation cutanée.", "Causes skin irritation."),
    "H317": ("Peut provoquer une allergie cutanée.", "May cause an allergic skin reaction."),
    "H318": ("Provoque de graves lésions des yeux.", "Causes serious eye damage."),
    "H319": ("Provoque une sévère irritation des yeux.", "Causes serious eye irritation."),
    "H330": ("Mortel par inhalation.", "Fatal if inhaled."),
    "H331": ("Toxique par inhalation.", "Toxic if inhaled."),
    "H332": ("Nocif par inhalation.", "Harmful if inhaled."),
    "H334": (
        "Peut provoquer des symptômes allergiques ou d’asthme ou des difficultés respiratoires par "
        "inhalation.",
        "May cause allergy or asthma symptoms or breathing difficulties if inhaled.",
    ),
    "H335": ("Peut irriter les voies respiratoires.", "May cause respiratory irritation."),
    "H336": ("Peut provoquer somnolence ou vertiges.", "May cause drowsiness or dizziness."),
    "H340": ("Peut induire des anomalies génétiques.", "May cause genetic defects."),
    "H341": ("Susceptible d’induire des anomalies génétiques.", "Suspected of causing genetic defects."),
    "H350": ("Peut provoquer le cancer.", "May cause cancer."),
    "H350i": ("Peut provoquer le cancer par inhalation.", "May cause cancer by inhalation."),
    "H351": ("Susceptible de provoquer le cancer.", "Suspected of causing cancer."),
    "H360": ("Peut nuire à la fertilité ou au fœtus.", "May damage fertility or the unborn child."),
    "H360F": ("Peut nuire à la fertilité.", "May damage fertility."),
    "H360D": ("Peut nuire au fœtus.", "May damage the unborn child."),
    "H360FD": (
        "Peut nuire à la fertilité. Peut nuire au fœtus.",
        "May damage fertility. May damage the unborn child.",
    ),
    "H360Fd": (
        "Peut nuire à la fertilité. Susceptible de nuire au fœtus.",
        "May damage fertility. Suspected of damaging the unborn child.",
    ),
    "H360Df": (
        "Peut nuire au fœtus. Susceptible de nuire à la fertilité.",
        "May damage the unborn child. Suspected of damaging fertility.",
    ),
    "H361": (
        "Susceptible de nuire à la fertilité ou au fœtus.",
        "Suspected of damaging fertility or the unborn child.",
    ),
    "H361f": ("Susceptible de nuire à la fertilité.", "Suspected of damaging fertility."),
    "H361d": ("Susceptible de nuire au fœtus.", "Suspected of damaging the unborn child."),
    "H361fd": (
        "Susceptible de nuire à la fertilité. Susceptible de nuire au fœtus.",
        "Suspected of damaging fertility. Suspected of damaging the unborn child.",
    ),
    "H362": (
        "Peut être nocif pour les bébés nourris au lait maternel.",
        "May cause harm to breast-fed children.",
    ),
    "H370": ("Risque avéré d’effets graves pour les organes.", "Causes damage to organs."),
    "H371": ("Risque présumé d’effets graves pour les organes.", "May cause damage to organs."),
    "H372": (
        "Risque avéré d’effets graves pour les organes à la suite d’expositions répétées ou d’une "
        "exposition prolongée.",
        "Causes damage to organs through prolonged or repeated exposure.",
    ),
    "H373": (
        "Risque présumé d’effets graves pour les organes à la suite d’expositions répétées ou "
        "d’une exposition prolongée.",
        "May cause damage to organs through prolonged or repeated exposure.",
    ),
    "H400": ("Très toxique pour les organismes aquatiques.", "Very toxic to aquatic life."),
    "H410": (
        "Très toxique pour les organismes aquatiques, entraîne des effets néfastes à long terme.",
        "Very toxic to aquatic life with long lasting effects.",
    ),
    "H411": (
        "Toxique pour les organismes aquatiques, entraîne des effets néfastes à long terme.",
        "Toxic to aquatic life with long lasting effects.",
    ),
    "H412": (
        "Nocif pour les organismes aquatiques, entraîne des effets néfastes à long terme.",
        "Harmful to aquatic life with long lasting effects.",
    ),
    "H413": (
        "Peut être nocif à long terme pour les organismes aquatiques.",
        "May cause long lasting harmful effects to aquatic life.",
    ),
    "H420": (
        "Nuit à la santé publique et à l’environnement en détruisant l’ozone dans la haute atmosphère.",
        "Harms public health and the environment by destroying ozone in the upper atmosphere.",
    ),
    "EUH014": ("Réagit violemment au contact de l’eau.", "Reacts violently with water."),
    "EUH018": (
        "Lors de l’utilisation, formation possible de mélange vapeur-air inflammable/explosif.",
        "In use may form flammable/explosive vapour-air mixture.",
    ),
    "EUH019": ("Peut former des peroxydes explosifs.", "May form explosive peroxides."),
    "EUH029": ("Au contact de l’eau, dégage des gaz toxiques.", "Contact with water liberates toxic gas."),
    "EUH031": ("Au contact d’un acide, dégage un gaz toxique.", "Contact with acids liberates toxic gas."),
    "EUH032": (
        "Au contact d’un acide, dégage un gaz très toxique.",
        "Contact with acids liberates very toxic gas.",
    ),
    "EUH044": (
        "Risque d’explosion si chauffé en ambiance confinée.",
        "Risk of explosion if heated under confinement.",
    ),
    "EUH066": (
        "L’exposition répétée peut provoquer dessèchement ou gerçures de la peau.",
        "Repeated exposure may cause skin dryness or cracking.",
    ),
    "EUH070": ("Toxique par contact oculaire.", "Toxic by eye contact."),
    "EUH071": ("Corrosif pour les voies respiratoires.", "Corrosive to the respiratory tract."),
    "EUH208": (
        "Contient un sensibilisant (nommé par la FDS). Peut produire une réaction allergique.",
        "Contains a sensitising substance (named by the sheet). May produce an allergic reaction.",
    ),
    "EUH210": (
        "Fiche de données de sécurité disponible sur demande.",
        "Safety data sheet available on request.",
    ),
    "EUH211": (
        "Attention ! Des gouttelettes respirables dangereuses peuvent se former lors de la pulvérisation.",
        "Warning! Hazardous respirable droplets may be formed when sprayed.",
    ),
    "EUH212": (
        "Attention ! Une poussière respirable dangereuse peut se former lors de l’utilisation. Ne "
        "pas respirer cette poussière.",
        "Warning! Hazardous respirable dust may be formed when used. Do not breathe dust.",
    ),
}
