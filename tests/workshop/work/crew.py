"""A worker in its own process, for the tests that kill it: it writes what it begins and ends in a file."""

import os
import sys
import threading
import time


def main(database: str, diary: str, pause_s: float, lease_s: float) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from strate.workshop.work import registry, worker

    def write(line: str) -> None:
        handle = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{line}\n".encode())
        os.close(handle)

    @registry.handler("weigh")
    def weigh(payload: dict[str, int]) -> None:
        write(f"begin {payload['n']} {time.monotonic()}")
        time.sleep(pause_s)
        write(f"end {payload['n']} {time.monotonic()}")

    def watch() -> None:
        """Write down when this process stood still, or nearly."""
        while True:
            before = time.monotonic()
            time.sleep(0.05)
            if time.monotonic() - before > lease_s / 6:
                write("stood 0 0")

    threading.Thread(target=watch, daemon=True).start()
    write("ready 0 0")
    worker.run_forever(threading.Event(), idle_s=0.05, lease_s=lease_s)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4]))
