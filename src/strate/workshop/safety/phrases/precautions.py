"""Precautionary statements: what is done about it (CLP, annex IV)."""

PRECAUTIONS: dict[str, tuple[str, str]] = {
    "P101": (
        "En cas de consultation d’un médecin, garder à disposition le récipient ou l’étiquette.",
        "If medical advice is needed, have product container or label at hand.",
    ),
    "P102": ("Tenir hors de portée des enfants.", "Keep out of reach of children."),
    "P103": (
        "Lire attentivement et bien respecter toutes les instructions.",
        "Read carefully and follow all instructions.",
    ),
    "P201": (
        "Se procurer les instructions spéciales avant utilisation.",
        "Obtain special instructions before use.",
    ),
    "P202": (
        "Ne pas manipuler avant d’avoir lu et compris toutes les précautions de sécurité.",
        "Do not handle until all safety precautions have been read and understood.",
    ),
    "P203": (
        "Se procurer, lire et appliquer toutes les instructions de sécurité avant utilisation.",
        "Obtain, read and follow all safety instructions before use.",
    ),
    "P210": (
        "Tenir à l’écart de la chaleur, des surfaces chaudes, des étincelles, des flammes nues et "
        "de toute autre source d’inflammation. Ne pas fumer.",
        "Keep away from heat, hot surfaces, sparks, open flames and other ignition sources. No smoking.",
    ),
    "P220": (
        "Tenir à l’écart des vêtements et d’autres matières combustibles.",
        "Keep away from clothing and other combustible materials.",
    ),
    "P222": ("Ne pas laisser au contact de l’air.", "Do not allow contact with air."),
    "P223": ("Éviter tout contact avec l’eau.", "Do not allow contact with water."),
    "P230": (
        "Maintenir humidifié avec la substance nommée par la FDS.",
        "Keep wetted with the substance named by the sheet.",
    ),
    "P231": (
        "Manipuler et stocker le contenu sous gaz inerte.",
        "Handle and store contents under inert gas.",
    ),
    "P231+P232": (
        "Manipuler et stocker le contenu sous gaz inerte. Protéger de l’humidité.",
        "Handle and store contents under inert gas. Protect from moisture.",
    ),
    "P232": ("Protéger de l’humidité.", "Protect from moisture."),
    "P233": ("Maintenir le récipient fermé de manière étanche.", "Keep container tightly closed."),
    "P234": ("Conserver uniquement dans l’emballage d’origine.", "Keep only in original packaging."),
    "P235": ("Tenir au frais.", "Keep cool."),
    "P240": (
        "Mise à la terre et liaison équipotentielle du récipient et du matériel de réception.",
        "Ground and bond container and receiving equipment.",
    ),
    "P241": ("Utiliser du matériel antidéflagrant.", "Use explosion-proof equipment."),
    "P242": ("Utiliser des outils ne produisant pas d’étincelles.", "Use non-sparking tools."),
    "P243": (
        "Prendre des mesures de précaution contre les décharges électrostatiques.",
        "Take action to prevent static discharges.",
    ),
    "P250": (
        "Éviter les abrasions, les chocs, les frottements.",
        "Do not subject to grinding, shock, friction.",
    ),
    "P251": ("Ne pas perforer, ni brûler, même après usage.", "Do not pierce or burn, even after use."),
    "P260": (
        "Ne pas respirer les poussières, fumées, gaz, brouillards, vapeurs, aérosols.",
        "Do not breathe dust, fume, gas, mist, vapours, spray.",
    ),
    "P261": (
        "Éviter de respirer les poussières, fumées, gaz, brouillards, vapeurs, aérosols.",
        "Avoid breathing dust, fume, gas, mist, vapours, spray.",
    ),
    "P262": (
        "Éviter tout contact avec les yeux, la peau ou les vêtements.",
        "Do not get in eyes, on skin, or on clothing.",
    ),
    "P263": (
        "Éviter tout contact avec la substance au cours de la grossesse et pendant l’allaitement.",
        "Avoid contact during pregnancy and while nursing.",
    ),
    "P264": ("Se laver soigneusement après manipulation.", "Wash thoroughly after handling."),
    "P270": (
        "Ne pas manger, boire ou fumer en manipulant ce produit.",
        "Do not eat, drink or smoke when using this product.",
    ),
    "P271": (
        "Utiliser seulement en plein air ou dans un endroit bien ventilé.",
        "Use only outdoors or in a well-ventilated area.",
    ),
    "P272": (
        "Les vêtements de travail contaminés ne devraient pas sortir du lieu de travail.",
        "Contaminated work clothing should not be allowed out of the workplace.",
    ),
    "P273": ("Éviter le rejet dans l’environnement.", "Avoid release to the environment."),
    "P280": (
        "Porter des gants de protection, des vêtements de protection, un équipement de protection "
        "des yeux, du visage, une protection auditive.",
        "Wear protective gloves, protective clothing, eye protection, face protection, hearing protection.",
    ),
    "P282": (
        "Porter des gants isolants contre le froid et un équipement de protection du visage ou des yeux.",
        "Wear cold insulating gloves and either face shield or eye protection.",
    ),
    "P283": (
        "Porter des vêtements résistant au feu ou ignifuges.",
        "Wear fire resistant or flame retardant clothing.",
    ),
    "P284": ("Porter un équipement de protection respiratoire.", "Wear respiratory protection."),
    "P301": ("EN CAS D’INGESTION :", "IF SWALLOWED:"),
    "P302": ("EN CAS DE CONTACT AVEC LA PEAU :", "IF ON SKIN:"),
    "P303": ("EN CAS DE CONTACT AVEC LA PEAU (ou les cheveux) :", "IF ON SKIN (or hair):"),
    "P304": ("EN CAS D’INHALATION :", "IF INHALED:"),
    "P305": ("EN CAS DE CONTACT AVEC LES YEUX :", "IF IN EYES:"),
    "P306": ("EN CAS DE CONTACT AVEC LES VÊTEMENTS :", "IF ON CLOTHING:"),
    "P308": ("EN CAS d’exposition prouvée ou suspectée :", "IF exposed or concerned:"),
    "P310": (
        "Appeler immédiatement un CENTRE ANTIPOISON ou un médecin.",
        "Immediately call a POISON CENTER or doctor.",
    ),
    "P311": ("Appeler un CENTRE ANTIPOISON ou un médecin.", "Call a POISON CENTER or doctor."),
    "P312": (
        "Appeler un CENTRE ANTIPOISON ou un médecin en cas de malaise.",
        "Call a POISON CENTER or doctor if you feel unwell.",
    ),
    "P313": ("Consulter un médecin.", "Get medical advice/attention."),
    "P314": ("Consulter un médecin en cas de malaise.", "Get medical advice/attention if you feel unwell."),
    "P315": ("Consulter immédiatement un médecin.", "Get immediate medical advice/attention."),
    "P318": (
        "EN CAS D’EXPOSITION prouvée ou suspectée, consulter un médecin.",
        "IF exposed or concerned, get medical advice.",
    ),
    "P320": ("Un traitement spécifique est urgent.", "Specific treatment is urgent."),
    "P321": ("Traitement spécifique.", "Specific treatment."),
    "P330": ("Rincer la bouche.", "Rinse mouth."),
    "P331": ("NE PAS faire vomir.", "Do NOT induce vomiting."),
    "P332": ("En cas d’irritation cutanée :", "If skin irritation occurs:"),
    "P333": ("En cas d’irritation ou d’éruption cutanée :", "If skin irritation or rash occurs:"),
    "P334": (
        "Rincer à l’eau fraîche ou poser une compresse humide.",
        "Immerse in cool water or wrap in wet bandages.",
    ),
    "P335": (
        "Enlever avec précaution les particules déposées sur la peau.",
        "Brush off loose particles from skin.",
    ),
    "P336": (
        "Dégeler les parties gelées avec de l’eau tiède. Ne pas frotter les zones touchées.",
        "Thaw frosted parts with lukewarm water. Do not rub affected area.",
    ),
    "P337": ("Si l’irritation oculaire persiste :", "If eye irritation persists:"),
    "P338": (
        "Enlever les lentilles de contact si la victime en porte et si elles peuvent être "
        "facilement enlevées. Continuer à rincer.",
        "Remove contact lenses, if present and easy to do. Continue rinsing.",
    ),
    "P340": (
        "Transporter la personne à l’extérieur et la maintenir dans une position où elle peut "
        "confortablement respirer.",
        "Remove person to fresh air and keep comfortable for breathing.",
    ),
    "P342": ("En cas de symptômes respiratoires :", "If experiencing respiratory symptoms:"),
    "P351": (
        "Rincer avec précaution à l’eau pendant plusieurs minutes.",
        "Rinse cautiously with water for several minutes.",
    ),
    "P352": ("Laver abondamment à l’eau.", "Wash with plenty of water."),
    "P353": ("Rincer la peau à l’eau ou se doucher.", "Rinse skin with water or shower."),
    "P360": (
        "Rincer immédiatement et abondamment avec de l’eau les vêtements contaminés et la peau "
        "avant de les enlever.",
        "Rinse immediately contaminated clothing and skin with plenty of water before removing clothes.",
    ),
    "P361": (
        "Enlever immédiatement tous les vêtements contaminés.",
        "Take off immediately all contaminated clothing.",
    ),
    "P362": ("Enlever les vêtements contaminés.", "Take off contaminated clothing."),
    "P363": (
        "Laver les vêtements contaminés avant réutilisation.",
        "Wash contaminated clothing before reuse.",
    ),
    "P364": ("Et les laver avant réutilisation.", "And wash it before reuse."),
    "P370": ("En cas d’incendie :", "In case of fire:"),
    "P371": (
        "En cas d’incendie important et s’il s’agit de grandes quantités :",
        "In case of major fire and large quantities:",
    ),
    "P372": ("Risque d’explosion.", "Explosion risk."),
    "P373": (
        "NE PAS combattre l’incendie lorsque le feu atteint les explosifs.",
        "DO NOT fight fire when fire reaches explosives.",
    ),
    "P375": (
        "Combattre l’incendie à distance à cause du risque d’explosion.",
        "Fight fire remotely due to the risk of explosion.",
    ),
    "P376": ("Obturer la fuite si cela peut se faire sans danger.", "Stop leak if safe to do so."),
    "P377": (
        "Fuite de gaz enflammé : ne pas éteindre si la fuite ne peut pas être arrêtée sans danger.",
        "Leaking gas fire: Do not extinguish, unless leak can be stopped safely.",
    ),
    "P378": (
        "Utiliser pour l’extinction l’agent nommé par la FDS, section 5.",
        "Use the agent named by section 5 of the sheet to extinguish.",
    ),
    "P380": ("Évacuer la zone.", "Evacuate area."),
    "P381": (
        "En cas de fuite, éliminer toutes les sources d’ignition.",
        "In case of leakage, eliminate all ignition sources.",
    ),
    "P390": (
        "Absorber toute substance répandue pour éviter qu’elle attaque les matériaux environnants.",
        "Absorb spillage to prevent material damage.",
    ),
    "P391": ("Recueillir le produit répandu.", "Collect spillage."),
    "P401": (
        "Stocker selon les règles nommées par la FDS.",
        "Store in accordance with the rules named by the sheet.",
    ),
    "P402": ("Stocker dans un endroit sec.", "Store in a dry place."),
    "P402+P404": (
        "Stocker dans un endroit sec. Stocker dans un récipient fermé.",
        "Store in a dry place. Store in a closed container.",
    ),
    "P403": ("Stocker dans un endroit bien ventilé.", "Store in a well-ventilated place."),
    "P404": ("Stocker dans un récipient fermé.", "Store in a closed container."),
    "P405": ("Garder sous clef.", "Store locked up."),
    "P406": (
        "Stocker dans un récipient résistant à la corrosion avec doublure intérieure.",
        "Store in a corrosion resistant container with a resistant inner liner.",
    ),
    "P407": (
        "Maintenir un intervalle d’air entre les piles ou les palettes.",
        "Maintain air gap between stacks or pallets.",
    ),
    "P410": ("Protéger du rayonnement solaire.", "Protect from sunlight."),
    "P411": (
        "Stocker à une température ne dépassant pas celle nommée par la FDS.",
        "Store at temperatures not exceeding that named by the sheet.",
    ),
    "P412": (
        "Ne pas exposer à une température supérieure à 50 °C/122 °F.",
        "Do not expose to temperatures exceeding 50 °C/122 °F.",
    ),
    "P420": ("Stocker séparément.", "Store separately."),
    "P422": (
        "Stocker le contenu sous l’agent nommé par la FDS.",
        "Store contents under the agent named by the sheet.",
    ),
    "P501": (
        "Éliminer le contenu/récipient selon la réglementation.",
        "Dispose of contents/container in accordance with regulations.",
    ),
    "P502": (
        "S’adresser au fabricant ou au fournisseur pour des informations relatives à la "
        "récupération ou au recyclage.",
        "Refer to manufacturer or supplier for information on recovery or recycling.",
    ),
    "P503": (
        "S’adresser au fabricant ou au fournisseur pour des informations relatives à "
        "l’élimination, à la récupération ou au recyclage.",
        "Refer to manufacturer/supplier for information on disposal/recovery/recycling.",
    ),
}
