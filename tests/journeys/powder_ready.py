"""A build prepared on the demo printer, its papers read by Amina: only its powder lacks (a process of its own)."""


def main() -> None:
    import django

    django.setup()
    from strate.web.demo import hall
    from strate.web.production.stage import Stage
    from strate.workshop.builds import actions as builds
    from strate.workshop.safety import actions as safety
    from strate.workshop.safety import queries as sheets

    amina = Stage(quiet=True).who("amina")
    builds.prepare(by=amina, code="F-0001", machine=hall.PRINTER, quantities={"OF-2601": 2})
    for sheet in sheets.in_force(["ti64"]):
        safety.acknowledge(by=amina, sheet=sheet.code, version=sheet.version)
    for document in sheets.to_read(amina, [f"machine:{hall.PRINTER}"]):
        safety.acknowledge_document(by=amina, document=document.code, version=document.version)


if __name__ == "__main__":
    main()
