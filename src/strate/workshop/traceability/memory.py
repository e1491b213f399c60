"""The family tree kept in memory by each process of the server: caught up with the ledger before every answer."""

import ctypes
import sys
import threading
from dataclasses import dataclass

import numpy as np
from django.db import connection

from strate.kernels.genealogy import Graph
from strate.kernels.genealogy.graph import merged
from strate.workshop.feedstock.genealogy import LEDGER, columns, last_line, streamed
from strate.workshop.journal import queries as journal
from strate.workshop.journal.queries import FACTS, HEADS, ChainHead
from strate.workshop.site import queries as site

# A smaller tree is read while the question waits (half a second); a larger one beside it, once.
READ_AT_ONCE = 300_000
WHOLE = (
    f"SELECT m.lot_id, m.becomes_id, m.mass_mg, (SELECT MAX(h.seq) FROM {HEADS} h WHERE h.chain = %s) "
    f"FROM {LEDGER} m WHERE m.becomes_id IS NOT NULL"
)
# By the facts, not by the numbers of the lines: facts follow one another as they were committed, while a line
# with a small number may be committed after one with a larger number.
SINCE = (
    f"SELECT m.lot_id, m.becomes_id, m.mass_mg FROM {FACTS} f JOIN {LEDGER} m ON m.event = f.event "
    f"WHERE f.chain = %s AND f.seq > %s AND f.seq <= %s AND m.becomes_id IS NOT NULL"
)


@dataclass(frozen=True)
class Tree:
    """The whole family tree as it was at one fact of the journal; `graph` is None when it is too large to keep."""

    chain: str
    seq: int
    link: str
    graph: Graph | None


class Memory:
    """What this process knows; its threads share it, and each answer is worked out on a tree that never changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tree: Tree | None = None
        self._reading = False

    def graph(self) -> Graph | None:
        """The tree as it is now; None while it is being read for the first time, or when it is too large."""
        head, most = journal.head(), int(site.value("trace_lines"))
        if head is None or not most:
            self.forget()
            return None
        with self._lock:
            if self._tree is not None and not continues(self._tree, head):
                self._tree = None
            if self._tree is None:
                self._begin(head.chain, most)
            elif self._tree.seq < head.seq:
                self._tree = caught_up(self._tree, head, most)
            return self._tree.graph if self._tree is not None else None

    def _begin(self, chain: str, most: int) -> None:
        if self._reading:
            return
        if last_line() <= READ_AT_ONCE:
            self._tree = read(chain, most)
            return
        self._reading = True
        threading.Thread(target=self._read_beside, args=(chain, most), daemon=True).start()

    def _read_beside(self, chain: str, most: int) -> None:
        """In a thread of its own, while questions are still asked of the database."""
        try:
            tree = read(chain, most)
            with self._lock:
                self._tree = tree
        finally:
            self._reading = False
            connection.close()

    def forget(self) -> None:
        """Begin again from the ledger."""
        with self._lock:
            self._tree = None

    @property
    def nbytes(self) -> int:
        """What it weighs in this process."""
        tree = self._tree
        return tree.graph.nbytes if tree is not None and tree.graph is not None else 0


memory = Memory()


def continues(tree: Tree, head: ChainHead) -> bool:
    """Whether the journal still holds the fact we stopped at: a restored backup tells another story."""
    if head.chain != tree.chain or head.seq < tree.seq:
        return False
    return (head.link if head.seq == tree.seq else journal.link_at(tree.chain, tree.seq)) == tree.link


def read(chain: str, most: int) -> Tree:
    """The whole tree, and the last fact it holds: both in one statement, hence of one moment."""
    head = journal.head()
    seq = head.seq if head is not None and head.chain == chain else 0
    tables, lines = [columns([], 4)], 0
    for rows in streamed(WHOLE, [chain]):
        tables.append(columns(rows, 4))
        seq, lines = int(tables[-1][0, 3]), lines + len(rows)
        if lines > most:
            return Tree(chain, seq, journal.link_at(chain, seq), None)
    table = np.concatenate(tables)
    tables.clear()
    graph = Graph(merged(table[:, 0], table[:, 1], table[:, 2]))
    del table
    _give_back()
    return Tree(chain, seq, journal.link_at(chain, seq), graph)


def _give_back() -> None:
    """What reading needed goes back to the system, where it can be asked for it: two thirds of the memory taken."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def caught_up(tree: Tree, head: ChainHead, most: int) -> Tree:
    """The same tree with the lines of the facts written since."""
    if tree.graph is None:
        return tree
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [head.chain, tree.seq, head.seq])
        rows = cursor.fetchall()
    graph = tree.graph.and_also(merged(*columns(rows).T)) if rows else tree.graph
    return Tree(head.chain, head.seq, head.link, graph if len(graph) <= most else None)
