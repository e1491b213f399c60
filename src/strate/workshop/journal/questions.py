"""Questions asked all day long: put in the database's words once, then only asked again."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, QuerySet
from django.db.models.query import FlatValuesListIterable, ModelIterable, get_related_populators

Found = TypeVar("Found")
# Values the database driver takes as they are; a moment is written by each database in its own way.
Value = str | int | datetime
# Beyond it no row has a number: the databases would fail instead of finding nothing.
LARGEST = 2**63
# So many values of a list are asked at once.
BITE = 512


class _Blank(Expression):
    """Where a value will be written when the question is asked."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Question(Generic[Found]):
    """`Question(lambda code: Lot.objects.filter(code=code))`, asked with `.first("A-1")` or `.all("A-1")`.

    Django's translation into SQL costs five times the asking. It is kept with each connection, for each number
    of values; what comes back is what the query set would give: rows, or the values of a `values_list`.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Found]]) -> None:
        self._ask = ask

    def all(self, *values: Value) -> list[Found]:
        return list(self._answers(values))

    def first(self, *values: Value) -> Found | None:
        """The first row found; the question itself says in which order, and that one is enough."""
        return next(self._answers(values), None)

    def among(self, values: Iterable[Value]) -> Iterator[Found]:
        """For `Question(lambda *codes: Lot.objects.filter(code__in=codes))`: a list of any length, bite by bite.

        Each bite is filled up by repeating its last value, so that ten wordings serve every length.
        """
        asked = list(dict.fromkeys(values))
        for first in range(0, len(asked), BITE):
            bite = asked[first : first + BITE]
            room = 1 << (len(bite) - 1).bit_length()
            yield from self._answers((*bite, *bite[-1:] * (room - len(bite))))

    def _answers(self, values: tuple[Value, ...]) -> Iterator[Found]:
        # With the connection, not in the module: what is kept holds on to it and must go with it.
        here = connections[DEFAULT_DB_ALIAS]
        kept = here.__dict__.setdefault("strate_questions", {})
        asked = kept.get((self, len(values)))
        if asked is None:
            asked = kept[self, len(values)] = _Asked(here, self._ask(*map(_Blank, range(len(values)))))
        answers: Iterator[Found] = asked.answers(values)
        return answers


class _Asked:
    """A question in the words of one database, with how its answers are read."""

    def __init__(self, here: BaseDatabaseWrapper, found: QuerySet[Any, Any]) -> None:
        compiler = found.query.get_compiler(connection=here)
        self.here = here
        self.sql, self.blanks = compiler.as_sql()
        columns = [each[0] for each in compiler.select[: compiler.col_count]]
        self.converters = [(n, *pair) for n, pair in compiler.get_converters(columns).items()]
        self.locks = found.query.select_for_update
        self.flat = found._iterable_class is FlatValuesListIterable
        self.model = None
        if issubclass(found._iterable_class, ModelIterable):
            assert not found._prefetch_related_lookups, "what is read beside is a question of its own"
            self._read_models(compiler)

    def _read_models(self, compiler: Any) -> None:
        kind, select = compiler.klass_info, compiler.select
        self.model = kind["model"]
        first, last = kind["select_fields"][0], kind["select_fields"][-1] + 1
        self.span = slice(first, last)
        self.names = [each[0].target.attname for each in select[self.span]]
        self.beside = get_related_populators(kind, select, self.here.alias)
        self.more = dict(compiler.annotation_col_map or {})

    def answers(self, values: tuple[Value, ...]) -> Iterator[Any]:
        if self.locks and not self.here.in_atomic_block:
            raise RuntimeError("a row is held only inside an act")
        if any(isinstance(value, int) and not -LARGEST <= value < LARGEST for value in values):
            return iter(())
        filled = [self._written(values[b.number]) if isinstance(b, _Blank) else b for b in self.blanks]
        with self.here.cursor() as cursor:
            cursor.execute(self.sql, filled)
            rows = cursor.fetchall()
        return map(self._read, rows)

    def _read(self, row: tuple[Any, ...]) -> Any:
        told = list(row)
        for number, converters, column in self.converters:
            for convert in converters:
                told[number] = convert(told[number], column, self.here)
        if self.model is None:
            return told[0] if self.flat else tuple(told)
        found = self.model.from_db(self.here.alias, self.names, told[self.span])
        for each in self.beside:
            each.populate(told, found)
        for name, number in self.more.items():
            setattr(found, name, told[number])
        return found

    def _written(self, value: Value) -> Any:
        return self.here.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
