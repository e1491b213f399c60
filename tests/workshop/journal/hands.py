"""A writer in its own process, for the tests of the chain: it writes facts and notes each one it was promised."""

import os
import sys


def main(diary: str, name: str, count: int) -> None:
    import django

    django.setup()
    from strate.workshop.journal.actions import act
    from strate.workshop.journal.actor import Actor

    handle = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"ready {name}\n".encode())
    for n in range(count):
        with act("test.said", by=Actor(person=f"p-{name}")) as done:
            done.tell(f"lot:{name}", n=n)
        os.write(handle, f"kept {done.event}\n".encode())
    os.close(handle)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
