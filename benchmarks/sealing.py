"""How fast a journal is verified offline, and whether any tampering escapes."""

import random
import time
from collections import Counter

from benchmarks.figures import Figure
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


def figures(count: int = 1_000_000, tamperings: int = 10_000) -> list[Figure]:
    """A long journal verified as a stranger would, and every way of tampering tried."""
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
    command = "python -m benchmarks sealing"
    fast = f"{whole:.2f} s ({size:.0f} bytes each)"
    right = not sound and len(hole) == 1
    all_found = f"{sum(found.values()):,} found of {sum(tried.values()):,}, each at its place"
    return [
        Figure("G9", f"{count:,} facts verified offline", fast, "≤ 10 s", right and whole <= 10, command),
        Figure("G9", "random tamperings of a journal", all_found, "all found", found == tried, command),
    ]
