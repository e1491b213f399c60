"""How each language writes what Django would write otherwise; French is Django's own."""
