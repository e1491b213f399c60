"""How fast a journal is verified offline, and whether any tampering escapes."""

import random
import sys
import time
from collections import Counter

from strate.kernels.sealing.canonical import canonical, digest
from strate.kernels.sealing.chain import Entry, Mark, genesis, link, verify_chain
from tests.kernels.sealing.shop import CHAIN, HANDS, journal

FILLER = "Poudre chargée dans la trémie, masse relevée sur la balance, opérateur identifié par badge. " * 3


def long_journal(count: int) -> list[Entry]:
    """`count` facts of about 400 bytes, made from one canonical template so that making them is quick."""
    pattern = {"chain": CHAIN, "event": "@E", "schema": 1, "seq": "@S", "why": FILLER}
    template = canonical(pattern).decode().replace('"@S"', "%(seq)d").replace("@E", "%(seq)032x")
    head, entries = genesis(CHAIN), []
    for seq in range(1, count + 1):
        text = template % {"seq": seq}
        head = link(head, digest(text.encode()))
        entries.append(Entry(seq, head, text))
    return entries


def main(count: int = 1_000_000, tamperings: int = 10_000) -> int:
    """Print a table; the exit code says whether everything was found."""
    facts = long_journal(count)
    size = sum(len(fact.envelope or "") for fact in facts[:1000]) / 1000
    begin = time.perf_counter()
    sound = verify_chain(facts, chain=CHAIN, end=Mark(count, facts[-1].link))
    whole = time.perf_counter() - begin
    damaged = facts[: count // 2] + facts[count // 2 + 1 :]
    begin = time.perf_counter()
    hole = verify_chain(damaged, chain=CHAIN, end=Mark(count, facts[-1].link))
    holed = time.perf_counter() - begin
    dice, small = random.Random(20), journal(60, sealed_only=frozenset(range(3, 60, 7)))
    tried: Counter[str] = Counter()
    found: Counter[str] = Counter()
    begin = time.perf_counter()
    for _ in range(tamperings):
        hand = dice.choice(HANDS)
        tampered, codes, seq = hand(small, dice)
        findings = verify_chain(tampered, chain=CHAIN, end=Mark(60, small[-1].link))
        tried[hand.__name__] += 1
        found[hand.__name__] += any(f.code in codes and f.seq == seq for f in findings)
    print(f"{count:,} facts of {size:.0f} bytes, sound     {whole:7.2f} s   findings: {len(sound)}")
    print(f"the same, one fact removed in the middle   {holed:7.2f} s   findings: {[f.seq for f in hole]}")
    print(f"{tamperings:,} tamperings of 60 facts            {time.perf_counter() - begin:7.2f} s")
    for name, number in sorted(tried.items()):
        print(f"  {name:36} {found[name]:6,} found of {number:6,}")
    return 0 if not sound and found == tried and len(hole) == 1 else 1


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
